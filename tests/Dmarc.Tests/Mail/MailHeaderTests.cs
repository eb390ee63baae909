using System.Text;
using Dmarc.Mail;

namespace Dmarc.Tests.Mail;

public class MailHeaderTests
{
    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Fields_and_body_keep_their_bytes(string lineEnd)
    {
        string text = "Received: one\n by two\nSUBJECT :  folded\n\tvalue \n\nfirst line\n\nsecond\n".ReplaceLineEndings(lineEnd);
        MailMessage message = MailMessage.Parse(Encoding.ASCII.GetBytes(text));

        Assert.Equal(2, message.Headers.Count);
        Assert.Equal("Received: one" + lineEnd + " by two" + lineEnd, MailText.Ascii(message.Headers[0].Raw));
        Assert.Equal("SUBJECT", message.Headers[1].Name);
        Assert.Equal("  folded" + lineEnd + "\tvalue " + lineEnd, MailText.Ascii(message.Headers[1].RawValue));
        Assert.Equal("folded\tvalue", message.Headers[1].Value);
        Assert.Equal(text.IndexOf("SUBJECT", StringComparison.Ordinal), message.Headers[1].Position);
        Assert.Equal(1, message.Headers[1].Index);
        Assert.Equal("first line" + lineEnd + lineEnd + "second" + lineEnd, MailText.Ascii(message.Body));
        Assert.Equal(text, MailText.Ascii(message.Raw));
        Assert.Empty(message.Findings);
    }

    [Fact]
    public void A_header_without_body_ends_with_the_bytes()
    {
        MailMessage message = MailMessage.Parse("From: a@b.example\r\nSubject: x"u8.ToArray());
        Assert.Equal("x", message.Subject);
        Assert.Equal("Subject: x", MailText.Ascii(message.Headers[1].Raw));
        Assert.Equal(0, message.Body.Length);
    }

    [Fact]
    public void Fields_of_a_name_are_found_in_any_case_and_in_order()
    {
        MailMessage message = MailText.Parse("received: 1\nFrom: a@b\nReceived: 2\n\n");
        Assert.Equal(["1", "2"], message.GetHeaders("RECEIVED").Select(header => header.Value));
        Assert.Equal("1", message.GetHeader("Received")!.Value);
        Assert.Null(message.GetHeader("Recei"));
    }

    [Theory]
    [InlineData("\uFEFFFrom: a@b\n\nbody")]
    [InlineData("\n\nFrom: a@b\n\nbody")]
    [InlineData("From a@b Sat Nov 21 20:14:34 2026\nFrom: a@b\n\nbody")]
    [InlineData(">From a@b Sat Nov 21 20:14:34 2026\nFrom: a@b\n\nbody")]
    public void What_may_stand_before_the_first_field_is_passed_over(string text)
    {
        MailMessage message = MailText.Parse(text);
        Assert.Equal("a@b", Assert.Single(message.Headers).Value);
        Assert.Equal("body", MailText.Ascii(message.Body));
        Assert.Empty(message.Findings);
    }

    [Fact]
    public void A_line_that_is_no_field_is_left_out_with_a_finding()
    {
        MailMessage message = MailText.Parse("From: a@b\nthis is no field\nSubject: x\n\nbody");
        Assert.Equal(["From", "Subject"], message.Headers.Select(header => header.Name));
        Assert.Equal("MailHeaderLineUnreadable", Assert.Single(message.Findings).Code);
        Assert.Equal(11, message.Findings[0].Position);
        Assert.Contains("this is no field", message.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_header_has_a_finding()
    {
        MailMessage message = MailText.Parse("\njust text\n");
        Assert.Empty(message.Headers);
        Assert.Contains(message.Findings, finding => finding.Code == "MailNoHeader");
    }

    [Fact]
    public void Values_that_are_not_ASCII_are_read_as_UTF8_or_as_Windows_1252()
    {
        Assert.Equal("Grüße", MailText.Parse("Subject: Grüße\n\n").Subject);
        Assert.Equal("Grü", MailMessage.Parse(Encoding.Latin1.GetBytes("Subject: Grü\r\n\r\n")).Subject);
    }

    [Fact]
    public void Limits_of_the_header_are_kept()
    {
        MailReadOptions options = new() { MaximumHeaderCount = 3 };
        MailMessage message = MailText.Parse("A: 1\nB: 2\nC: 3\nD: 4\nE: 5\n\nbody", options);
        Assert.Equal(3, message.Headers.Count);
        Assert.Equal("body", MailText.Ascii(message.Body));
        Assert.Equal("MailTooManyHeaders", Assert.Single(message.Findings).Code);

        options = new MailReadOptions { MaximumHeaderBytes = 100 };
        message = MailText.Parse("A: 1\nB: " + new string('x', 200) + "\nC: 3\n\nbody", options);
        Assert.Equal("A", Assert.Single(message.Headers).Name);
        Assert.Equal("body", MailText.Ascii(message.Body));
        Assert.Equal("MailHeaderTooLong", Assert.Single(message.Findings).Code);
    }

    [Fact]
    public void A_message_larger_than_the_limit_is_cut_and_says_so()
    {
        byte[] bytes = MailText.Crlf("Subject: x\n\n" + new string('y', 50_000));
        MailReadOptions options = new() { MaximumMessageBytes = 40_000 };
        foreach (MailMessage message in new[] { MailMessage.Parse(bytes, options), MailMessage.Read(new MemoryStream(bytes), options) })
        {
            Assert.True(message.IsTruncated);
            Assert.Equal(40_000, message.Raw.Length);
            Assert.Contains(message.Findings, finding => finding.Code == "MailTooLarge");
        }

        MailMessage whole = MailMessage.Read(new MemoryStream(bytes), new MailReadOptions { MaximumMessageBytes = bytes.Length });
        Assert.False(whole.IsTruncated);
        Assert.Equal(bytes, whole.Raw.ToArray());
    }

    [Theory]
    [InlineData("Received: from x\nFrom: a@b\n\nbody", MailFormat.Message)]
    [InlineData("X-Odd: 1\n continued\nsubject: a\n\nbody", MailFormat.Message)]
    [InlineData("\r\nSubject: a", MailFormat.Message)]
    [InlineData("From a@b Sat Nov 21 20:14:34 2026\nFrom: a@b\n\nbody", MailFormat.Mbox)]
    [InlineData("", MailFormat.None)]
    [InlineData("<?xml version=\"1.0\"?>\n<feedback>", MailFormat.None)]
    [InlineData("{ \"organization-name\": 1 }", MailFormat.None)]
    [InlineData("PK\u0003\u0004", MailFormat.None)]
    [InlineData("Some text.\nFrom: nobody\n", MailFormat.None)]
    [InlineData("Colour: red\nSize: 4\n\nSubject: no\n", MailFormat.None)]
    public void Mail_is_told_by_its_first_bytes(string text, object expectedValue)
    {
        MailFormat expected = (MailFormat)expectedValue;
        Assert.Equal(expected, MailDetector.Detect(MailText.Lf(text)));
        Assert.Equal(expected, MailDetector.Detect(MailText.Crlf(text)));
    }
}

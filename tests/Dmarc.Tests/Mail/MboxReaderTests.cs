using System.Text;
using Dmarc.Mail;

namespace Dmarc.Tests.Mail;

public class MboxReaderTests
{
    private const string Envelope = "From a@b.example Sat Nov 21 20:14:34 2026\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Messages_come_one_by_one_without_their_envelope(bool crlf)
    {
        string text = Envelope + "Subject: one\n\nbody one\n\n" + Envelope + "Subject: two\n\n>From the start\n>>From quoted twice\nFrom me\n\n"
            + Envelope + "Subject: three\n\nlast\n";
        MailMessage[] messages = Read(text, crlf);
        string end = crlf ? "\r\n" : "\n";
        Assert.Equal(["one", "two", "three"], messages.Select(message => message.Subject));
        Assert.Equal("body one" + end, MailText.Ascii(messages[0].Body));
        Assert.Equal("From the start" + end + ">From quoted twice" + end + "From me" + end, MailText.Ascii(messages[1].Body));
        Assert.Equal("last" + end, MailText.Ascii(messages[2].Body));
    }

    [Fact]
    public void An_envelope_line_counts_only_after_an_empty_line_and_with_a_date()
    {
        string text = Envelope + "Subject: one\n\ntext\n" + Envelope + "more\n\nFrom now on: no date\n\nFrom 10:30 on we meet\n";
        Assert.Single(Read(text));
    }

    [Fact]
    public void A_content_length_that_is_right_keeps_what_would_end_the_message()
    {
        string body = "text\n\n" + Envelope + ">From x\n";
        string text = Envelope + "Content-Length: " + body.Length + "\nSubject: one\n\n" + body + "\n" + Envelope + "Subject: two\n\nx\n";
        MailMessage[] messages = Read(text);
        Assert.Equal(["one", "two"], messages.Select(message => message.Subject));
        Assert.Equal(body, MailText.Ascii(messages[0].Body));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("99999")]
    [InlineData("99999999999999999999")]
    [InlineData("-1")]
    [InlineData("x")]
    public void A_content_length_that_is_wrong_is_not_followed(string length)
    {
        string text = Envelope + "Content-Length: " + length + "\nSubject: one\n\nbody\n\n" + Envelope + "Subject: two\n\nx\n";
        Assert.Equal(["one", "two"], Read(text).Select(message => message.Subject));
    }

    [Fact]
    public void A_message_over_the_limit_is_cut_and_the_next_one_found()
    {
        string text = Envelope + "Subject: one\n\n" + string.Concat(Enumerable.Repeat("a line of text\n", 20_000)) + "\n" + Envelope + "Subject: two\n\nx\n";
        MailMessage[] messages = [.. MailText.ReadMbox(new MemoryStream(MailText.Lf(text)), new MailReadOptions { MaximumMessageBytes = 10_000 })];
        Assert.Equal(["one", "two"], messages.Select(message => message.Subject));
        Assert.True(messages[0].IsTruncated);
        Assert.Equal(10_000, messages[0].Raw.Length);
        Assert.False(messages[1].IsTruncated);
    }

    [Fact]
    public void Messages_over_the_edge_of_the_buffer_are_whole()
    {
        StringBuilder text = new();
        for (int i = 0; i < 300; i++)
        {
            text.Append(Envelope).Append("Subject: ").Append(i).Append("\n\n").Append('x', i * 7).Append("\n\n");
        }

        int number = 0;
        foreach (MailMessage message in MailText.ReadMbox(new SlowStream(MailText.Lf(text.ToString()))))
        {
            Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), message.Subject);
            Assert.Equal((number * 7) + 1, message.Body.Length);
            number++;
        }

        Assert.Equal(300, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("From a@b.example Sat Nov 21 20:14:34 2026")]
    [InlineData("From a@b.example Sat Nov 21 20:14:34 2026\n\n")]
    public void An_empty_file_has_no_message_with_a_header(string text) =>
        Assert.DoesNotContain(Read(text), message => message.Headers.Count > 0);

    [Fact]
    public void A_file_without_envelope_lines_is_one_message() =>
        Assert.Equal("one", Assert.Single(Read("Subject: one\n\nbody\n")).Subject);

    private static MailMessage[] Read(string text, bool crlf = false) =>
        [.. MailText.ReadMbox(new MemoryStream(crlf ? MailText.Crlf(text) : MailText.Lf(text)))];

    /// <summary>Gives a few bytes at a time.</summary>
    private sealed class SlowStream(byte[] data) : MemoryStream(data)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 17));

#if !NETFRAMEWORK
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 17)]);
#endif
    }
}

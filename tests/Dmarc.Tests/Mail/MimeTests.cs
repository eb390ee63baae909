using System.Text;
using Dmarc.Mail;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Mail;

public class MimeTests
{
    private const string Report = """
        From: noreply@reporter.example
        Subject: Report Domain: a.example
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"

        preamble
        --outer
        Content-Type: multipart/alternative; boundary=outer-inner

        --outer-inner
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        Gr=FC=DFe =
        joined =20

        --outer-inner
        Content-Type: text/html

        <p>Hi</p>
        --outer-inner--

        --outer
        Content-Type: application/octet-stream; name="folder/a!b!1!2.xml.gz"
        Content-Disposition: attachment; filename="a!b!1!2.xml.gz"
        Content-Transfer-Encoding: base64

        SGVsbG8s
        IHdvcmxk

        --outer
        Content-Type: message/rfc822

        Subject: inner
        Content-Type: multipart/mixed; boundary=x

        --x

        inner text
        --x--
        --outer--
        epilogue
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tree_is_read_to_its_leaves(bool crlf)
    {
        MailMessage message = MailMessage.Parse(crlf ? MailText.Crlf(Report) : MailText.Lf(Report));
        Assert.Empty(message.Findings);
        Assert.Equal(
            [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/octet-stream a!b!1!2.xml.gz",
                "message/rfc822", "multipart/mixed", "text/plain",
            ],
            message.Root.SelfAndDescendants().Select(part => part.ToString()));
        MimePart[] parts = [.. message.Root.SelfAndDescendants()];
        Assert.Equal("Grüße joined  ", parts[2].ReadText().TrimEnd('\r', '\n'));
        Assert.Equal("<p>Hi</p>", parts[3].ReadText());
        Assert.Equal("Hello, world", parts[4].ReadText());
        Assert.Equal("inner", parts[5].Message!.Subject);
        Assert.Equal("inner text", parts[7].ReadText());
    }

    [Fact]
    public void Content_can_be_read_in_pieces_of_any_size()
    {
        byte[] data = new byte[10_000];
        new Random(1).NextBytes(data);
        string text = Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks);
        MailMessage message = MailText.Parse("Content-Transfer-Encoding: BASE64\n\n" + text);
        foreach (int size in new[] { 1, 2, 3, 5, 77, 4096 })
        {
            using Stream stream = message.Root.OpenContent();
            using MemoryStream copy = new();
            byte[] buffer = new byte[size];
            for (int read = stream.Read(buffer, 0, size); read > 0; read = stream.Read(buffer, 0, size))
            {
                copy.Write(buffer, 0, read);
            }

            Assert.Equal(data, copy.ToArray());
        }

        Assert.Equal(data[..100], message.Root.ReadContent(100));
    }

    [Theory]
    [InlineData("SGVsbG8=", "Hello")]
    [InlineData("SGVsbG8", "Hello")]
    [InlineData("SGV sbG\r\n8!=", "Hello")]
    [InlineData("SGVsbG8=SGVsbG8=", "HelloHello")]
    [InlineData("====", "")]
    [InlineData("S", "")]
    [InlineData("", "")]
    public void Damaged_base64_gives_what_it_holds(string text, string expected) =>
        Assert.Equal(expected, MailText.Parse("Content-Transfer-Encoding: base64\n\n" + text).Root.ReadText());

    [Theory]
    [InlineData("a=3Db", "a=b")]
    [InlineData("a=3db", "a=b")]
    [InlineData("a=\r\nb", "ab")]
    [InlineData("a= \t\r\nb", "ab")]
    [InlineData("a=", "a")]
    [InlineData("a \t\r\nb", "a\r\nb")]
    [InlineData("a  b", "a  b")]
    [InlineData("100=% =x =", "100=% =x ")]
    [InlineData("=C3=BC", "ü")]
    public void Damaged_quoted_printable_gives_what_it_holds(string text, string expected) =>
        Assert.Equal(expected, MailText.Parse("Content-Transfer-Encoding: Quoted-Printable\n\n" + text).Root.ReadText());

    [Theory]
    [InlineData("multipart/mixed", "--guess\n\none\n--guess\n\ntwo\n--guess--\n", 2, "MailBoundaryMissing")]
    [InlineData("multipart/mixed; boundary=wrong", "--guess\n\none\n--guess\n\ntwo\n--guess--\n", 2, "MailBoundaryNotFound")]
    [InlineData("multipart/mixed; boundary=b", "--b\n\none\n--b\n\ntwo\n", 2, "MailBoundaryUnclosed")]
    [InlineData("multipart/mixed; boundary=b", "nothing here\n", 0, "MailBoundaryNotFound")]
    [InlineData("multipart/mixed; boundary=b", "", 0, "MailBoundaryNotFound")]
    public void A_broken_boundary_is_told_and_read_as_far_as_possible(string type, string body, int parts, string code)
    {
        MailMessage message = MailText.Parse("Content-Type: " + type + "\n\n" + body);
        Assert.Equal(parts, message.Root.Parts.Count);
        Assert.Equal(code, Assert.Single(message.Findings).Code);
        if (parts == 2)
        {
            Assert.Equal(["one", "two"], message.Root.Parts.Select(part => part.ReadText().Trim()));
        }
    }

    [Fact]
    public void A_boundary_counts_only_as_a_whole_line()
    {
        MailMessage message = MailText.Parse(
            "Content-Type: multipart/mixed; boundary=b\n\n--b  \n\nx --b\n--bb\n --b\n--b--x\n--b--\n--b\n\nepilogue");
        Assert.Equal("x --b\r\n--bb\r\n --b\r\n--b--x", Assert.Single(message.Root.Parts).ReadText());
    }

    [Fact]
    public void A_part_may_lack_its_header_or_the_line_after_it()
    {
        MailMessage message = MailText.Parse(
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nno header\n--b\nContent-Type: text/html\n--b\njust text\n--b--");
        Assert.Equal(["text/plain", "text/html", "text/plain"], message.Root.Parts.Select(part => part.MediaType));
        Assert.Equal(["no header", "", "just text"], message.Root.Parts.Select(part => part.ReadText()));
    }

    [Fact]
    public void Parts_of_a_digest_are_messages()
    {
        MailMessage message = MailText.Parse("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\ntext\n--b--");
        Assert.Equal("one", message.Root.Parts[0].Message!.Subject);
    }

    [Fact]
    public void An_attached_message_may_be_encoded_against_the_rules()
    {
        string inner = Convert.ToBase64String(Encoding.ASCII.GetBytes("Subject: inner\r\n\r\ntext"));
        MailMessage message = MailText.Parse("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + inner);
        Assert.Equal("inner", message.Root.Message!.Subject);
    }

    [Fact]
    public void Depth_and_number_of_parts_are_limited()
    {
        StringBuilder deep = new("Content-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 100; i++)
        {
            deep.Append("--b").Append(i).Append("\nContent-Type: multipart/mixed; boundary=b").Append(i + 1).Append("\n\n");
        }

        MailMessage message = MailText.Parse(deep.ToString());
        Assert.Equal(MailReadOptions.Default.MaximumDepth + 1, message.Root.SelfAndDescendants().Count());
        Assert.Contains(message.Findings, finding => finding.Code == "MailNestingTooDeep");

        string many = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 5000)) + "--b--";
        message = MailText.Parse(many);
        Assert.Equal(MailReadOptions.Default.MaximumPartCount, message.Root.SelfAndDescendants().Count());
        Assert.Contains(message.Findings, finding => finding.Code == "MailTooManyParts");

        string attached = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 200)) + "Subject: x\n\n";
        message = MailText.Parse(attached);
        Assert.Contains(message.Findings, finding => finding.Code == "MailNestingTooDeep");
    }

    [Fact]
    public void An_unknown_transfer_encoding_leaves_the_content_as_it_is()
    {
        MailMessage message = MailText.Parse("Content-Transfer-Encoding: x-odd\n\nSGVsbG8=");
        Assert.Equal("SGVsbG8=", message.Root.ReadText());
        Assert.Equal(TransferEncoding.Unknown, message.Root.TransferEncoding);
        Assert.Equal("MailTransferEncodingUnknown", Assert.Single(message.Findings).Code);
    }

    [ConformanceFact]
    public void Every_report_that_came_by_mail_has_its_attachment()
    {
        int messages = 0;
        foreach (string file in Directory.EnumerateFiles(TestFiles.Conformance("reports"), "*.eml", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(file);
            if (MailDetector.Detect(bytes) == MailFormat.None)
            {
                continue;
            }

            MailMessage message = MailMessage.Parse(bytes);
            messages++;
            Assert.NotEmpty(message.Headers);
            Assert.All(message.Root.SelfAndDescendants(), part => Assert.NotNull(part.ReadContent()));
        }

        Assert.True(messages >= 5, "Only " + messages + " messages were found.");
    }
}

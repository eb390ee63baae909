using System.Text;
using Dmarc.Reports.Reading;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Mail as it is not sent but found in files: other encodings and line ends, and reports where no part is.</summary>
public class MailFormTests
{
    private static readonly string Packed = Convert.ToBase64String(ContainerTests.Gzip(Encoding.UTF8.GetBytes(Xml(Record(), Record()))), Base64FormattingOptions.InsertLineBreaks);

    private static readonly string Part = "--x\nContent-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n" + Packed.Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";

    private static readonly string Message = Mail(Part);

    private static readonly string Mailbox = Envelope + Message + "\n" + Envelope + Mail(Part.Replace("application/gzip", "application/octet-stream", StringComparison.Ordinal)) + "\n";

    private const string Envelope = "From a@reporter.example Sun Oct 27 10:00:00 2024\n";

    private static string Mail(string parts, string before = "", string after = "") =>
        "From: a@reporter.example\nTo: b@example.com\nSubject: Report Domain: example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        + before + parts + "--x--\n" + after;

    public static TheoryData<string, byte[], int> Forms() => new()
    {
        { "carriage returns", Encoding.UTF8.GetBytes(Message.Replace('\n', '\r')), 2 },
        { "carriage returns, mailbox", Encoding.UTF8.GetBytes(Mailbox.Replace('\n', '\r')), 4 },
        { "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Message)], 2 },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Message), 2 },
        { "UTF-16, big end first", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Message)], 2 },
        { "UTF-16, big end first, without a mark", Encoding.BigEndianUnicode.GetBytes(Mailbox), 4 },
        { "UTF-16, base64 alone", Encoding.Unicode.GetBytes(Packed), 2 },
        { "UTF-8 with a mark, mailbox", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Mailbox)], 4 },
        { "Apple Mail", Encoding.UTF8.GetBytes("1234      \n" + Message + "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"x\" \"y\">\n<plist version=\"1.0\"><dict/></plist>\n"), 2 },
        { "XML that says it is base64", Encoding.UTF8.GetBytes(Mail("--x\nContent-Type: text/xml\nContent-Transfer-Encoding: base64\n\n" + Xml(Record()))), 1 },
        { "mailbox in a part", Encoding.UTF8.GetBytes(Mail("--x\nContent-Type: application/mbox\n\n" + Mailbox.Replace("--x", "--y", StringComparison.Ordinal).Replace("boundary=x", "boundary=y", StringComparison.Ordinal))), 4 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Mail_is_read_in_every_form(string form, byte[] content, int rows)
    {
        ReadResult result = ReadResult.OfBytes(content);

        Assert.True(rows == result.Rows.Count, form);
        Assert.Empty(result.Problems);
        Assert.DoesNotContain("MessageDamaged", string.Join(" ", result.Codes), StringComparison.Ordinal);
    }

    /// <summary>Behind the last part or before the first, a report is read and told; text for people is neither.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_report_outside_the_parts_is_read_and_told(bool before, bool after)
    {
        string other = Xml(Record(count: "7")).Replace("id-1", "id-2", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfBytes(Encoding.UTF8.GetBytes(Mail(Part, before ? other : "This is a message in parts.\n", after ? other : "-- \na list\n")));

        Assert.Equal(2 + (before ? 1 : 0) + (after ? 1 : 0), result.Rows.Count);
        Assert.Equal((before ? 1 : 0) + (after ? 1 : 0), result.Codes.Count(code => code == "ReportMessageDamaged"));
    }

    [Fact]
    public void A_piece_of_a_message_does_not_take_the_rest_of_a_mailbox_with_it()
    {
        string piece = "From: a@b.example\nContent-Type: message/partial; number=1; total=2\n\n" + Message.Substring(0, Message.IndexOf("--x--", StringComparison.Ordinal));

        // The line between the two is missing.
        ReadResult result = ReadResult.OfBytes(Encoding.UTF8.GetBytes(Envelope + piece.Substring(0, piece.Length - 60) + "\n" + Envelope + Message));

        Assert.Contains(result.Problems, problem => problem.Message.Contains("message/partial", StringComparison.Ordinal));
        Assert.NotEmpty(result.Rows);
    }

    [Fact]
    public void An_encrypted_message_is_said_to_be_encrypted() => Assert.Contains(
        "encrypted",
        ReadResult.OfBytes(Encoding.UTF8.GetBytes("From: a@b.example\nContent-Type: multipart/encrypted; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x\n\nx\n--x--\n")).Problem.Message,
        StringComparison.Ordinal);

    /// <summary>What says to be a message of Outlook and cannot be read as one may have held a report.</summary>
    [Theory]
    [InlineData("report.msg", true)]
    [InlineData("letter.doc", false)]
    public void A_damaged_message_of_Outlook_in_a_mailbox_is_a_problem(string name, bool isProblem)
    {
        byte[] damaged = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        string part = $"--x\nContent-Type: application/octet-stream; name={name}\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(damaged)}\n";
        ReadResult result = ReadResult.OfBytes(Encoding.UTF8.GetBytes(Envelope + Mail(part) + "\n" + Envelope + Message));

        Assert.Equal(2, result.Rows.Count);
        Assert.Equal(isProblem ? 1 : 0, result.Problems.Count);
    }

    [Fact]
    public void A_reference_to_a_file_elsewhere_is_no_report()
    {
        string reference = "--x\nContent-Type: message/external-body; access-type=URL; URL=\"http://x.example/r.gz\"\n\nContent-Type: application/gzip\n\n";

        ReportProblem problem = ReadResult.OfBytes(Encoding.UTF8.GetBytes(Mail(reference))).Problem;

        Assert.Contains("no report in it", problem.Message, StringComparison.Ordinal);
    }
}

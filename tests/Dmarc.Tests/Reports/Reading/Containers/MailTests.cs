using System.Text;
using Dmarc.Reports;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>Messages and mailboxes: what was looked at and gave nothing is told, what damage moved is found.</summary>
public class MailTests
{
    private static byte[] Report(int number) =>
        Encoding.UTF8.GetBytes(Xml(Record(ip: "192.0.2." + (number % 250))).Replace("id-1", "id-" + number, StringComparison.Ordinal));

    private static string Base64(byte[] content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);

    private static string Part(byte[] content, string type = "application/gzip; name=r.xml.gz") =>
        $"--b\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n\r\n{Base64(content)}\r\n";

    private static string Mail(string parts, string type = "multipart/mixed; boundary=b") =>
        $"From: a@reporter.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\n\r\n{parts}";

    private static ReadResult Read(string mail, ReportReadLimits? limits = null, ReportTypes types = ReportTypes.Aggregate) =>
        ReadResult.OfBytes(Encoding.Latin1.GetBytes(mail), limits, types);

    private static string Mailbox(params string[] messages) =>
        string.Concat(messages.Select(message => "From a@b Sat Nov 21 00:00:00 2026\r\n" + message + "\r\n\r\n"));

    [Fact]
    public void A_message_with_1200_reports_is_read_as_it_is()
    {
        string mail = Mail(string.Concat(Enumerable.Range(0, 1200).Select(number => Part(ContainerTests.Gzip(Report(number))))) + "--b--\r\n");
        ReadResult result = Read(mail);

        Assert.Equal(1200, result.Rows.Count);
        Assert.Empty(result.Problems);
        Assert.Empty(result.Findings);
    }

    [Fact]
    public void The_number_of_parts_is_bounded_and_said()
    {
        string mail = Mail(string.Concat(Enumerable.Range(0, 5).Select(number => Part(ContainerTests.Gzip(Report(number))))) + "--b--\r\n");

        // The message itself is a part.
        ReadResult at = Read(mail, ReportReadLimits.Default with { MaxContainerEntries = 6 });
        ReadResult beyond = Read(mail, ReportReadLimits.Default with { MaxContainerEntries = 5 });

        Assert.Equal(5, at.Rows.Count);
        Assert.Empty(at.Problems);
        Assert.Equal(4, beyond.Rows.Count);
        Assert.Equal(ReportErrorIds.LimitExceeded, beyond.Problem.ErrorId);
        Assert.Contains("MaxContainerEntries", beyond.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(4, beyond.Problem.RowsBefore);
    }

    private static string Nested(int depth)
    {
        string inner = Part(ContainerTests.Gzip(Report(1))) + "--b--\r\n";
        for (int level = 1; level < depth; level++)
        {
            string boundary = "b" + level;
            inner = $"--{boundary}\r\nContent-Type: multipart/mixed; boundary={(level == 1 ? "b" : "b" + (level - 1))}\r\n\r\n{inner}\r\n--{boundary}--\r\n";
        }

        return Mail(inner, $"multipart/mixed; boundary={(depth == 1 ? "b" : "b" + (depth - 1))}");
    }

    [Fact]
    public void The_depth_of_parts_is_bounded_and_said()
    {
        ReadResult at = Read(Nested(20));
        ReadResult beyond = Read(Nested(21));
        ReadResult raised = Read(Nested(21), ReportReadLimits.Default with { MaxMessageDepth = 21 });

        Assert.Single(at.Rows);
        Assert.Empty(at.Problems);
        Assert.Equal(ReportErrorIds.LimitExceeded, Assert.Single(beyond.Problems).ErrorId);
        Assert.Contains("MaxMessageDepth", beyond.Problems[0].Message, StringComparison.Ordinal);
        Assert.Single(raised.Rows);
        Assert.Empty(raised.Problems);
    }

    [Theory]
    [InlineData("html fragment", "text/html", "<p>Hello<br>world</p>")]
    [InlineData("page", "text/html", "<!DOCTYPE html><html><body>x</body></html>")]
    [InlineData("text", "text/plain", "See you at noon")]
    [InlineData("empty", "text/plain", "")]
    [InlineData("other XML", "text/xml", "<a><b/></a>")]
    [InlineData("broken XML", "text/xml", "<?xml vers")]
    [InlineData("binary", "application/octet-stream", "\u0001\u0002\u0003")]
    public void A_message_without_a_report_is_an_error(string what, string type, string body)
    {
        ReadResult result = Read(Mail(body, type));

        Assert.NotEmpty(what);
        Assert.Empty(result.Rows);
        Assert.NotEmpty(result.Problems);
        Assert.DoesNotContain(result.Problems, problem => problem.ErrorId is ReportErrorIds.DtdProhibited or ReportErrorIds.Unexpected);
    }

    [Theory]
    [InlineData("application/gzip; name=r.xml.gz", "")]
    [InlineData("application/zip; name=r.zip", "PK")]
    [InlineData("application/octet-stream; name=reporter.example!example.com!1751328000!1751414399.xml.gz", "abc")]
    [InlineData("application/octet-stream; name=reporter.example!example.com!1751328000!1751414399.zip", "")]
    [InlineData("text/xml; name=r.xml", "")]
    [InlineData("application/gzip; name=r.gz", "\u001f\u008b")]
    public void An_attachment_that_should_be_a_report_is_an_error_beside_others_and_in_a_mailbox(string type, string content)
    {
        string mail = Mail(Part(ContainerTests.Gzip(Report(1))) + Part(Encoding.Latin1.GetBytes(content), type) + "--b--\r\n");

        foreach (string input in new[] { mail, Mailbox(mail) })
        {
            ReadResult result = Read(input);
            Assert.Single(result.Rows);
            Assert.Single(result.Problems);
        }
    }

    [Theory]
    [InlineData("smime.p7m", "application/pkcs7-mime", "MIAGCSqGSIb3DQEHAqCAMIACAQExDzANBglghkgBZQMEAgEFADCABgkqhkiG9w0BBwE=", "S/MIME")]
    [InlineData("r.7z", "application/octet-stream", "N3q8ryccAAQAAAAAAAAAAAAA", "7-Zip")]
    [InlineData("r.bz2", "application/octet-stream", "QlpoOTFBWSZTWQAAAAAAAAA=", "bzip2")]
    public void Containers_that_are_not_read_are_errors_that_say_what_they_are(string name, string type, string base64, string told)
    {
        string mail = Mail($"--b\r\nContent-Type: {type}; name={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}\r\n--b--\r\n");

        Assert.Contains(told, Read(mail).Problem.Message, StringComparison.Ordinal);
        Assert.Contains(Read(Mailbox(mail)).Problems, problem => problem.Message.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void A_signature_beside_the_message_is_no_news()
    {
        string mail = Mail(Part(ContainerTests.Gzip(Report(1))) + "--b\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHAqCA\r\n--b--\r\n");
        ReadResult result = Read(mail);

        Assert.Single(result.Rows);
        Assert.Empty(result.Problems);
        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData("--b\r\n", 1, "-xb\r\n")]
    [InlineData("--b\r\n", 2, "-xb\r\n")]
    [InlineData("--b\r\n", 3, "")]
    [InlineData("--b\r\n", 2, "--b--\r\n")]
    [InlineData("boundary=b", 1, "bounxary=b")]
    [InlineData("multipart/mixed", 1, "mxltipart/mixed")]
    [InlineData("Content-Type", 1, "Cxntent-Type")]
    public void Parts_that_damage_has_hidden_are_found(string damaged, int occurrence, string by)
    {
        string mail = Mail(string.Concat(Enumerable.Range(1, 3).Select(number => Part(ContainerTests.Gzip(Report(number))))) + "--b--\r\n");
        int at = -1;
        for (int times = 0; times < occurrence; times++)
        {
            at = mail.IndexOf(damaged, at + 1, StringComparison.Ordinal);
        }

        ReadResult result = Read(Mailbox(mail.Remove(at, damaged.Length).Insert(at, by)));

        Assert.Equal(3, result.Rows.Select(row => row.SourceIP).Distinct().Count());
    }

    [Fact]
    public void A_message_that_runs_on_from_another_is_found()
    {
        string mail(int number) => Mail(Part(ContainerTests.Gzip(Report(number))) + "--b--\r\n");
        string box = Mailbox(mail(1), mail(2), mail(3));
        int at = box.IndexOf("From a@b", 10, StringComparison.Ordinal);
        ReadResult result = Read(box.Remove(at, 8).Insert(at, "Frxm a@b"));

        Assert.Equal(3, result.Rows.Count);
        Assert.Contains(result.Findings, finding => finding.Code == "ReportMessageDamaged" && finding.Severity == Severity.Warning);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u00EF\u00BB\u00BF")]
    [InlineData("\r\n\r\n")]
    public void Base64_is_decoded_whatever_stands_in_it(string before)
    {
        byte[] packed = ContainerTests.Gzip(Encoding.UTF8.GetBytes(Xml([.. Enumerable.Range(0, 3000).Select(number => Record(
            ip: $"192.0.{number / 250}.{number % 250}", count: (number * 7919 % 10007).ToString(System.Globalization.CultureInfo.InvariantCulture)))])));
        string base64 = Base64(packed);
        Assert.True(base64.Length > 3 * 8192);
        string junk = before + base64.Insert(base64.IndexOf('\n', 9000) + 1, "*** junk: ***\r\n");

        // Junk that has letters costs what it stands in, as in any reader.
        foreach (string text in new[] { before + base64, before + base64.Replace("\r\n", "\n", StringComparison.Ordinal), before + base64.Replace("\r\n", "", StringComparison.Ordinal), junk.Replace("junk", "", StringComparison.Ordinal) })
        {
            Assert.Equal(3000, Read(text).Rows.Count);
            Assert.Equal(3000, Read(Mail(text, "application/gzip\r\nContent-Transfer-Encoding: base64")).Rows.Count);
        }

        ReadResult damaged = Read(junk);
        Assert.True(damaged.Rows.Count > 100 && (damaged.Problems.Count > 0 || damaged.Codes.Contains("ReportCompressionDamaged")));
    }

    [Fact]
    public void Padding_at_the_ends_of_buffers_is_decoded()
    {
        for (int shift = 0; shift < 4; shift++)
        {
            string base64 = Base64(ContainerTests.Gzip(Report(1)));
            string text = new string(' ', 8192 - (base64.Length % 8192) - 2 + shift) + base64;

            Assert.Single(Read(base64 + new string('\n', (8192 * 2) - base64.Length - 2 + shift)).Rows);
            Assert.Single(Read(Mail(text, "application/gzip\r\nContent-Transfer-Encoding: base64")).Rows);
        }
    }
}

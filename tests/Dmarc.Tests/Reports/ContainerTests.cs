using System.IO.Compression;
using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Mail.Outlook;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Containers, told by their first bytes, as reporters nest them.</summary>
public class ContainerTests
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes(Xml(Record()));

    internal static byte[] Gzip(byte[] content)
    {
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    internal static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    private static byte[] Mail(string headers, string body, string subject = "Report Domain: example.com") =>
        Encoding.UTF8.GetBytes(("From: a@reporter.example\nTo: b@example.com\nSubject: " + subject + "\nMIME-Version: 1.0\n" + headers + "\n\n" + body)
            .Replace("\n", "\r\n", StringComparison.Ordinal));

    private static string Base64(byte[] content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks);

    public static TheoryData<string, byte[], int> Containers()
    {
        byte[] second = Encoding.UTF8.GetBytes(Xml(Record(), Record()).Replace("id-1", "id-2", StringComparison.Ordinal));
        string multipart = "Content-Type: multipart/mixed; boundary=x";
        string part(string type, string encoding, string body) => $"--x\nContent-Type: {type}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n";
        byte[] message = Mail(multipart, part("text/plain", "7bit", "unused") + part("application/gzip; name=r.xml.gz", "base64", Base64(Gzip(Report))) + "--x--");
        return new()
        {
            { "xml", Report, 1 },
            { "gzip", Gzip(Report), 1 },
            { "gzip twice", Gzip(Gzip(Report)), 1 },
            { "gzip of a zip", Gzip(Zip(("a.xml", Report))), 1 },
            { "zip", Zip(("a.xml", Report)), 1 },
            { "zip with folders and junk", Zip(("f/", []), ("f/a.xml", Report), ("__MACOSX/._a.xml", [0, 5, 22, 7]), ("README.txt", Encoding.UTF8.GetBytes("hello")), ("g/b.dat", second)), 3 },
            { "zip with a zip", Zip(("a.zip", Zip(("b.xml.gz", Gzip(Report)))), ("c.xml", second)), 3 },
            { "Outlook message", new OutlookMessageWriter().Received("Subject: x\r\n").Attach("logo.png", "image/png", [0x89, 0x50, 0x4E, 0x47]).Attach("r.xml.gz", "application/gzip", Gzip(Report)).ToBytes(), 1 },
            { "Outlook message attached to another", new OutlookMessageWriter().Received("Subject: x\r\n").AttachMessage(inner => inner.Received("Subject: y\r\n").Attach("r.zip", "", Zip(("a.xml", Report)))).ToBytes(4), 1 },
            { "zip with an Outlook message", Zip(("a.msg", new OutlookMessageWriter().Attach("r.xml", "text/xml", Report).ToBytes())), 1 },
            { "zip with names that climb", Zip(("../../x", Report), ("/etc/passwd", second)), 3 },
            { "base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(Gzip(Report))), 1 },
            { "base64 in lines", Encoding.ASCII.GetBytes(Base64(Report)), 1 },
            { "message with base64 gzip", message, 1 },
            { "message that is the attachment", Mail("Content-Type: application/zip\nContent-Transfer-Encoding: base64", Base64(Zip(("a.xml", Report)))), 1 },
            { "message with a wrong media type", Mail("Content-Type: text/html\nContent-Transfer-Encoding: base64", Base64(Gzip(Report))), 1 },
            { "message with an uncompressed report under a gzip type", Mail("Content-Type: application/gzip\nContent-Transfer-Encoding: base64", Base64(Report)), 1 },
            { "message in quoted-printable", Mail("Content-Type: text/xml\nContent-Transfer-Encoding: quoted-printable", Encoding.UTF8.GetString(Report).Replace("=", "=3D", StringComparison.Ordinal)), 1 },
            { "message with the report as its text", Mail("Content-Type: text/plain", "Hello\n\n" + Encoding.UTF8.GetString(Report)), 1 },
            { "message in a message", Mail(multipart, "--x\nContent-Type: message/rfc822\n\n" + Encoding.UTF8.GetString(message).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n--x--"), 1 },
            { "message with two reports", Mail(multipart, part("application/zip", "base64", Base64(Zip(("a", Report)))) + part("application/octet-stream", "base64", Base64(Gzip(second))) + "--x--"), 3 },
            { "mailbox", [.. "From a@b Sat Nov 21 00:00:00 2026\r\n"u8, .. message, .. "\r\n\r\nFrom a@b Sat Nov 21 00:00:00 2026\r\n"u8, .. message], 2 },
            { "gzip of a message", Gzip(message), 1 },
        };
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Rows_come_out_of(string container, byte[] content, int rows)
    {
        ReadResult result = ReadResult.OfBytes(content);

        Assert.Empty(result.Problems);
        Assert.True(rows == result.Rows.Count, container);
        Assert.All(result.Rows, row => Assert.StartsWith("test", row.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Other_mail_in_a_mailbox_is_passed_over()
    {
        byte[] report = Mail("Content-Type: application/gzip\nContent-Transfer-Encoding: base64", Base64(Gzip(Report)));
        byte[] chat = Mail("Content-Type: text/plain", "See you at noon");
        byte[] letter = Mail("Content-Type: application/vnd.oasis.opendocument.text\nContent-Transfer-Encoding: base64", Base64(Zip(("content.xml", "<a/>"u8.ToArray()))));
        byte[] start = "From a@b Sat Nov 21 00:00:00 2026\r\n"u8.ToArray();
        byte[] end = "\r\n\r\n"u8.ToArray();

        ReadResult mixed = ReadResult.OfBytes([.. start, .. chat, .. end, .. start, .. report, .. end, .. start, .. letter]);
        ReadResult none = ReadResult.OfBytes([.. start, .. chat, .. end, .. start, .. letter]);

        Assert.Empty(mixed.Problems);
        Assert.Equal("test!2!1", mixed.Row.Path);
        Assert.Equal(["test!1", "test!3"], mixed.Findings
            .Where(finding => finding.Code == "ReportEntryIgnored")
            .Select(finding => finding.Message.Split('\'')[1])
            .Where(path => path.Split('!').Length == 2));
        Assert.All(mixed.Findings, finding => Assert.Equal(Severity.Information, finding.Severity));
        Assert.Equal(ReportErrorIds.Unreadable, none.Problem.ErrorId);
        Assert.Equal("test", none.Problem.Path);
        Assert.Equal(ReportErrorIds.Unreadable, ReadResult.OfBytes(chat).Problem.ErrorId);
        Assert.Equal(ReportErrorIds.Unreadable, ReadResult.OfBytes(letter).Problem.ErrorId);
    }

    /// <summary>Mail that was cut off at the end of a line of its header looks like mail without a body.</summary>
    [Theory]
    [InlineData("From: a@reporter.example\r\nTo: b@example.com\r\n", "ReportMessageCutOff")]
    [InlineData("From: a@reporter.example\nSubject: Report Domain: example.com\n", "ReportMessageCutOff")]
    [InlineData("From: a@reporter.example\r\nSubject: hello\r\n", null)]
    [InlineData("From: a@reporter.example\r\nSubject: hello\r\nTo: b@exam", "ReportMessageCutOff")]
    [InlineData("From: a@reporter.example\r\nSubject: x\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\nA rep", "ReportPartsMisplaced")]
    [InlineData("From: a@reporter.example\r\nSubject: x\r\n\r\n--b1\r\nCon", "ReportPartsMisplaced")]
    [InlineData("From: a@reporter.example\r\nSubject: x\r\n\r\n-- \r\nThe sender", null)]
    [InlineData("From: a@reporter.example\r\nSubject: x\r\n\r\n", null)]
    [InlineData("From: a@reporter.example\nSubject: x\n\n", null)]
    [InlineData("From: a@reporter.example\n\nHello", null)]
    public void A_message_of_a_Maildir_that_ends_in_its_header_is_a_warning(string message, string? code)
    {
        string root = Directory.CreateTempSubdirectory("dmarc-test").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "new"));
            Directory.CreateDirectory(Path.Combine(root, "cur"));
            string file = Path.Combine(root, "cur", "1");
            File.WriteAllText(file, message);

            ReadResult result = ReadResult.Of(new DmarcReportReader(TwoLabels.Instance).ReadFile(file));

            Assert.Empty(result.Problems);
            Assert.Equal(code is null ? ["ReportEntryIgnored"] : [code, "ReportEntryIgnored"], result.Findings.Select(finding => finding.Code));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Theory]
    [InlineData("From: a@reporter.example\r\nSubject: hel")]
    [InlineData("From: a@reporter.example\r\nTo: b@exam")]
    [InlineData("From: a@reporter.example\r\nSubject: Report Domain: example.com\r\nTo: b@exam")]
    [InlineData("From: a@reporter.example\r\nSubject: x\r\nContent-Type: application/gzip; name=r.xml.gz\r\n")]
    [InlineData("From: a@reporter.example\r\nSubject: x\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\r\n")]
    public void Mail_that_may_have_held_a_report_and_ends_in_its_header_is_an_error(string message)
    {
        string mailbox = "From a@b Sat Nov 21 00:00:00 2026\r\n" + Encoding.UTF8.GetString(Mail("Content-Type: application/gzip\nContent-Transfer-Encoding: base64", Base64(Gzip(Report))))
            + "\r\n\r\nFrom a@b Sat Nov 21 00:00:00 2026\r\n" + message;

        ReadResult result = ReadResult.OfBytes(Encoding.UTF8.GetBytes(mailbox));

        Assert.NotEmpty(result.Rows);
        Assert.StartsWith("test!2", result.Problem.Path, StringComparison.Ordinal);
    }

    /// <summary>The empty line that ends a header belongs to the message, also where the next message of the mailbox follows it.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Mail_without_a_body_loses_nothing_in_a_mailbox(string end)
    {
        string mailbox = "From a@b Sat Nov 21 00:00:00 2026\nFrom: a@b.example\n\nFrom a@b Sat Nov 21 00:00:00 2026\nFrom: c@b.example\nSubject: DMARC report\n\n\nFrom a@b Sat Nov 21 00:00:00 2026\n"
            .Replace("\n", end, StringComparison.Ordinal)
            + Encoding.UTF8.GetString(Mail("Content-Type: application/gzip\nContent-Transfer-Encoding: base64", Base64(Gzip(Report))));

        ReadResult result = ReadResult.OfBytes(Encoding.UTF8.GetBytes(mailbox));

        Assert.Single(result.Rows);
        Assert.Empty(result.Problems);
        Assert.All(result.Findings, finding => Assert.Equal("ReportEntryIgnored", finding.Code));
    }

    [Theory]
    [InlineData("From ", true)]
    [InlineData("From a@b Sat Nov 21 00:0", true)]
    [InlineData("From", false)]
    [InlineData("From: a quoted line", false)]
    [InlineData("See you at noon", false)]
    public void A_mailbox_that_ends_before_a_further_message_is_a_warning(string end, bool isTold)
    {
        byte[] report = Mail("Content-Type: application/gzip\nContent-Transfer-Encoding: base64", Base64(Gzip(Report)));

        ReadResult result = ReadResult.OfBytes([.. "From a@b Sat Nov 21 00:00:00 2026\n"u8, .. report, .. Encoding.ASCII.GetBytes("\n\n" + end)]);

        Assert.Single(result.Rows);
        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == "ReportMailboxCutOff"));
    }

    /// <summary>Damage to the field that says what an attachment is leaves bytes that nobody asked for.</summary>
    [Theory]
    [InlineData("Contet-Type: application/zip", true)]
    [InlineData("Content-Type: applicationzip", true)]
    [InlineData("Content-Type: application/zip", true)]
    [InlineData("Content-Type: image/png", false)]
    [InlineData("X-Other: 1\nContent-Type: text/plain", false)]
    public void Bytes_of_a_kind_that_is_not_named_are_an_error(string field, bool isError)
    {
        // Neither zip nor anything else, in a message whose subject says nothing.
        byte[] junk = [0x01, 0x02, 0x03, .. Enumerable.Range(0, 200).Select(at => (byte)(at * 7))];
        byte[] mail = Mail(field + "\nContent-Transfer-Encoding: base64", Base64(junk), "hello");

        ReadResult result = ReadResult.OfBytes([.. "From a@b Sat Nov 21 00:00:00 2026\n"u8, .. mail]);

        Assert.Equal(isError, result.Problems.Any(problem => problem.Path.StartsWith("test!1", StringComparison.Ordinal)));
    }

    [Fact]
    public void Other_mail_in_a_Maildir_is_passed_over()
    {
        string root = Directory.CreateTempSubdirectory("dmarc-test").FullName;
        try
        {
            string maildir = Path.Combine(root, "mail");
            Directory.CreateDirectory(Path.Combine(maildir, "new"));
            Directory.CreateDirectory(Path.Combine(maildir, "cur"));
            byte[] chat = Mail("Content-Type: text/plain", "See you at noon");
            File.WriteAllBytes(Path.Combine(maildir, "new", "1"), chat);
            File.WriteAllBytes(Path.Combine(maildir, "cur", "2"), Mail("Content-Type: application/gzip\nContent-Transfer-Encoding: base64", Base64(Gzip(Report))));
            File.WriteAllBytes(Path.Combine(root, "a.eml"), chat);
            DmarcReportReader reader = new(TwoLabels.Instance);

            ReadResult result = ReadResult.Of(ReportFiles.Enumerate(maildir, false).SelectMany(file => reader.ReadFile(file)));

            Assert.Empty(result.Problems);
            Assert.Single(result.Rows);
            Assert.Equal("ReportEntryIgnored", Assert.Single(result.Findings).Code);
            Assert.Equal(ReportErrorIds.Unreadable, ReadResult.Of(reader.ReadFile(Path.Combine(root, "a.eml"))).Problem.ErrorId);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Paths_name_the_entries()
    {
        ReadResult result = ReadResult.OfBytes(Zip(("f/a.xml", Report), ("b.zip", Zip(("c.xml", Report)))));

        Assert.Equal(["test!f/a.xml", "test!b.zip!c.xml"], result.Rows.Select(row => row.Path));
    }

    [Fact]
    public void Junk_in_a_zip_is_named_and_passed_over()
    {
        ReadResult result = ReadResult.OfBytes(Zip(("readme.txt", Encoding.UTF8.GetBytes("hello")), ("a.xml", Report)));

        Assert.Single(result.Rows);
        Assert.Contains(result.Findings, finding => finding.Code == "ReportEntryIgnored" && finding.Message.Contains("test!readme.txt", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_entry_leaves_the_others_whole()
    {
        byte[] cut = Report[..(Report.Length / 2)];
        ReadResult result = ReadResult.OfBytes(Zip(("bad.xml", cut), ("empty.gz", Gzip([])), ("good.xml", Report)));

        Assert.Equal("test!good.xml", Assert.Single(result.Rows, row => row.Path.EndsWith("good.xml", StringComparison.Ordinal)).Path);
        Assert.Contains("ReportCutOff", result.Codes);
    }

    [Fact]
    public void A_compressed_file_damaged_from_the_start_is_a_problem_wherever_it_stands()
    {
        byte[] damaged = Gzip(Report);
        damaged.AsSpan(10, 40).Fill(0xFF);
        ReadResult result = ReadResult.OfBytes(Zip(("a.xml.gz", damaged), ("b.xml", Report)));

        Assert.Equal("test!b.xml", result.Row.Path);
        Assert.Equal("test!a.xml.gz", result.Problem.Path);
        Assert.Contains("compressed data is damaged", ReadResult.OfBytes(damaged).Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zip without a report", "no report in it")]
    [InlineData("message without a report", "no report in it")]
    [InlineData("Outlook message without a report", "no report in it")]
    [InlineData("compound file", "Save the message as .eml")]
    public void Containers_without_a_report_are_problems(string container, string reason)
    {
        byte[] content = container switch
        {
            "zip without a report" => Zip(("a.txt", Encoding.UTF8.GetBytes("hello"))),
            "message without a report" => Mail("Content-Type: text/plain", "unused"),
            "Outlook message without a report" => new OutlookMessageWriter().Received("Subject: x\r\n").Attach("a.txt", "text/plain", [1, 2]).ToBytes(),
            _ => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0],
        };
        ReadResult result = ReadResult.OfBytes(content);

        Assert.Empty(result.Rows);
        Assert.Contains(reason, result.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_cut_off_before_its_directory_gives_its_first_entry()
    {
        string xml = Xml([.. Enumerable.Range(0, 2000).Select(i => Record(ip: $"192.0.{i / 250}.{i % 250}", count: (i * 7919 % 10007).ToString(System.Globalization.CultureInfo.InvariantCulture)))]);
        byte[] whole = Zip(("a.xml", Encoding.UTF8.GetBytes(xml)));
        ReadResult result = ReadResult.OfBytes(whole[..(whole.Length * 3 / 4)]);

        // Rows came, so it is a warning.
        Assert.InRange(result.Rows.Count, 500, 1999);
        Assert.Empty(result.Problems);
        Assert.Contains("ReportArchiveDamaged", result.Codes);
        Assert.Contains("ReportCompressionDamaged", result.Codes);
    }

    /// <summary>What follows an archive may hold a report; padding and further archives are not worth a warning.</summary>
    [Fact]
    public void Data_after_an_archive_is_reported_unless_it_is_padding()
    {
        byte[] archive = Zip(("a.xml", Report));
        foreach (byte[] behind in new byte[][] { Gzip(Report), Report, [0, 0, 1], [.. new byte[70_000], 7] })
        {
            ReadResult result = ReadResult.OfBytes([.. archive, .. behind]);

            Assert.Single(result.Rows);
            Finding warning = Assert.Single(result.Findings, finding => finding.Code == "ReportArchiveDamaged");
            Assert.Contains($"({behind.Length} bytes after its end were skipped)", warning.Message, StringComparison.Ordinal);
        }

        foreach (byte[] behind in new byte[][] { [], [0], "\r\n"u8.ToArray(), new byte[70_000] })
        {
            Assert.DoesNotContain("ReportArchiveDamaged", ReadResult.OfBytes([.. archive, .. behind]).Codes);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Streams_are_read_whether_they_can_go_back_or_not(bool seekable)
    {
        using MemoryStream memory = new([1, 2, .. Zip(("a.xml", Report))]);
        memory.Position = 2;
        using Stream stream = seekable ? memory : new ForwardOnlyStream(memory);
        ReadResult result = ReadResult.Of(new DmarcReportReader(TwoLabels.Instance).ReadStream(stream, "stream"));

        Assert.Equal("stream!a.xml", result.Row.Path);
        Assert.True(memory.CanRead);
    }

    [Fact]
    public void Text_is_base64_or_the_report_itself()
    {
        DmarcReportReader reader = new(TwoLabels.Instance);

        Assert.Single(ReadResult.Of(reader.ReadText(Convert.ToBase64String(Gzip(Report)), "text")).Rows);
        string xml = Encoding.UTF8.GetString(Report).Replace("Reporter", "受信者", StringComparison.Ordinal).Replace("UTF-8", "iso-2022-jp", StringComparison.Ordinal);
        Assert.Equal("受信者", ReadResult.Of(reader.ReadText(xml, "text")).Row.OrganizationName);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        ReportProblem problem = ReadResult.Of(new DmarcReportReader(TwoLabels.Instance).ReadFile(path)).Problem;

        Assert.Equal(ReportErrorIds.FileNotReadable, problem.ErrorId);
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        Assert.IsType<FileNotFoundException>(problem.Exception);
    }

    private sealed class ForwardOnlyStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 7));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

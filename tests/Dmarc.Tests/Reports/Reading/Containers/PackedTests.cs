using System.Text;
using Dmarc.Libraries;
using Dmarc.Mail.Packed;
using Dmarc.Reports;
using Dmarc.Standards.Dkim;
using Dmarc.Tests.Support;
using Dmarc.Text;
using static Dmarc.Tests.Reports.Reading.Containers.PackedMaker;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>Forms that a library opens: winmail.dat, S/MIME, uuencode and yEnc, with the limits and errors of all others.</summary>
public class PackedTests
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes(Xml(Record()));
    private static readonly byte[] Second = Encoding.UTF8.GetBytes(Xml(Record(), Record()).Replace("id-1", "id-2", StringComparison.Ordinal));
    private static readonly byte[] Packed = ContainerTests.Gzip(Report);

    private static string Mail(string type, string body, string encoding = "7bit") =>
        $"From: a@reporter.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}";

    private static string Mail(string type, byte[] content) => Mail(type, Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks), "base64");

    private static string Mailbox(string message) => "From a@b Sat Nov 21 00:00:00 2026\r\n" + message + "\r\n\r\n";

    private static byte[] Entity(byte[] report) =>
        Encoding.ASCII.GetBytes("Content-Type: application/gzip; name=r.xml.gz\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(ContainerTests.Gzip(report)) + "\r\n");

    private static ReadResult Read(string mail, ReportReadLimits? limits = null) => ReadResult.OfBytes(Encoding.Latin1.GetBytes(mail), limits);

    private static string Signed(string signature = "application/pkcs7-signature") => Mail(
        $"multipart/signed; protocol=\"{signature}\"; micalg=sha-256; boundary=b",
        $"--b\r\n{Encoding.ASCII.GetString(Entity(Report))}\r\n--b\r\nContent-Type: {signature}; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(PackedMaker.Signed(null))}\r\n--b--\r\n");

    public static TheoryData<string, string, int> Forms() => new()
    {
        { "winmail.dat", Mail("application/ms-tnef; name=winmail.dat", Tnef(("r.xml.gz", Packed))), 1 },
        { "winmail.dat under a wrong type", Mail("application/octet-stream; name=att00001.bin", Tnef(("r.xml.gz", Packed))), 1 },
        { "winmail.dat with several", Mail("application/ms-tnef", Tnef(("logo.png", [0x89, 0x50]), ("r.xml.gz", Packed), ("s.xml", Second))), 3 },
        { "winmail.dat with properties", Mail("application/ms-tnef", TnefProperties("bericht-ü.xml.gz", Packed, isMessage: false)), 1 },
        { "winmail.dat with a message", Mail("application/ms-tnef", TnefProperties("Report", Tnef(("r.zip", ContainerTests.Zip(("a.xml", Report)))), isMessage: true)), 1 },
        { "opaque S/MIME", Mail("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", PackedMaker.Signed(Entity(Report))), 1 },
        { "opaque S/MIME in pieces", Mail("application/pkcs7-mime", SignedInPieces(Entity(Report))), 1 },
        { "a signed file", Mail("application/octet-stream; name=r.xml.gz.p7m", PackedMaker.Signed(Packed)), 1 },
        { "opaque S/MIME in opaque S/MIME", Mail("application/x-pkcs7-mime", PackedMaker.Signed(Encoding.ASCII.GetBytes(Mail("application/x-pkcs7-mime", PackedMaker.Signed(Entity(Report)))))), 1 },
        { "compressed S/MIME", Mail("application/pkcs7-mime; smime-type=compressed-data", Compressed(Entity(Report))), 1 },
        { "S/MIME in the clear", Signed(), 1 },
        { "S/MIME in the clear, older type", Signed("application/x-pkcs7-signature"), 1 },
        { "uuencode as an encoding", Mail("application/gzip; name=r.xml.gz", Uuencode("r.xml.gz", Packed), "x-uuencode"), 1 },
        { "uuencode as an encoding by another name", Mail("application/zip", Uuencode("r.zip", ContainerTests.Zip(("a.xml", Report))), "uuencode"), 1 },
        { "uuencode without blanks at the ends", Mail("application/octet-stream", Uuencode("r.xml", Report, trimmed: true), "x-uue"), 1 },
        { "uuencode in a text", Mail("text/plain", "Hello,\r\n\r\n" + Uuencode("r.xml.gz", Packed) + "\r\nRegards\r\n"), 1 },
        { "two files in a text", Mail("text/plain", Uuencode("r.xml.gz", Packed) + "\r\n" + Uuencode("s.xml", Second)), 3 },
        { "uuencode far behind", Mail("text/plain", string.Concat(Enumerable.Repeat("A line of text that people write.\r\n", 2000)) + Uuencode("r.xml.gz", Packed)), 1 },
        { "yEnc in a text", Mail("text/plain", "Hello\r\n" + Yenc("r.xml.gz", Packed), "8bit"), 1 },
        { "yEnc as an encoding", Mail("application/octet-stream", Yenc("a file.xml", Report), "x-yencode"), 1 },
        { "yEnc in one part", Mail("text/plain", Yenc("r.xml.gz", Packed, begin: "part=1 total=1 "), "8bit"), 1 },
        { "uuencode of a winmail.dat", Mail("text/plain", Uuencode("winmail.dat", Tnef(("r.xml.gz", Packed)))), 1 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_report_in_a_packed_attachment_is_read(string form, string mail, int rows)
    {
        foreach (string input in new[] { mail, Mailbox(mail) })
        {
            ReadResult result = Read(input);
            Assert.True(rows == result.Rows.Count, form + ": " + string.Join(" | ", result.Problems) + string.Join(" | ", result.Findings.Select(finding => finding.Message)));
            Assert.Empty(result.Problems);
            bool isSigned = form.Contains("S/MIME", StringComparison.Ordinal) ? !form.StartsWith("compressed", StringComparison.Ordinal) : form == "a signed file";
            Assert.Equal(isSigned, result.Codes.Contains("ReportSignatureNotChecked"));
        }
    }

    [Theory]
    [InlineData("report-in-winmail-dat.eml")]
    [InlineData("report-in-opaque-smime.eml")]
    [InlineData("report-x-uuencode.eml")]
    public void Messages_as_other_programs_make_them_are_read(string name)
    {
        ReadResult result = ReadResult.OfFile(TestFiles.Repository("tests", "Dmarc.Tests", "Reports", "Reading", "Containers", "packed", name), ReportTypes.Aggregate);

        Assert.Equal("shop.example", result.Row.HeaderFrom);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Files_by_themselves_are_read()
    {
        foreach (byte[] content in new[] { Tnef(("r.xml", Report)), PackedMaker.Signed(Report), Encoding.ASCII.GetBytes(Uuencode("r.xml", Report)), Encoding.Latin1.GetBytes(Yenc("r.xml", Report)) })
        {
            ReadResult result = ReadResult.OfBytes(content);
            Assert.Single(result.Rows);
            Assert.Empty(result.Problems);
        }
    }

    [Fact]
    public void Names_of_attachments_stand_in_the_path()
    {
        Assert.Equal("test!1!r.xml.gz", Read(Mail("application/ms-tnef", Tnef(("C:\\x\\r.xml.gz", Packed)))).Row.Path);
        Assert.Equal("test!1!a file.xml", Read(Mail("text/plain", Yenc("../a file.xml", Report), "8bit")).Row.Path);
    }

    [Theory]
    [InlineData("encrypted", "encrypted with S/MIME")]
    [InlineData("signature", "without the signed message")]
    [InlineData("cut", "S/MIME message that is damaged")]
    [InlineData("piece", "part 2 of 3")]
    [InlineData("yEnc part", "part 1 of 4")]
    [InlineData("cut uuencode", "breaks off")]
    [InlineData("wrong check sum", "checksum")]
    [InlineData("wrong size", "should have 9999 bytes")]
    [InlineData("no size at the end", "breaks off")]
    [InlineData("no check sum where one begins", "breaks off")]
    [InlineData("data in the line of the name", "could not be read")]
    public void What_cannot_be_opened_is_told(string what, string told)
    {
        string mail = what switch
        {
            "encrypted" => Mail("application/pkcs7-mime; smime-type=enveloped-data", Enveloped()),
            "signature" => Mail("application/octet-stream; name=reporter.example!example.com!1751328000!1751414399.xml.gz", PackedMaker.Signed(null)),
            "cut" => Mail("application/pkcs7-mime", PackedMaker.Signed(Entity(Report))[..300]),
            "piece" => Mail("message/partial; id=\"x@reporter.example\"; number=2; total=3", Convert.ToBase64String(Packed)),
            "yEnc part" => Mail("text/plain", Yenc("r.xml.gz", Packed, begin: "part=1 total=4 "), "8bit"),
            "cut uuencode" => Mail("text/plain", Uuencode("r.xml.gz", ContainerTests.Gzip(Second)).Split("\r\n")[0] + "\r\n" + Uuencode("r", Packed).Split("\r\n")[1] + "\r\n"),
            "wrong check sum" => Mail("text/plain", Yenc("r.dat", [1, 2, 3], checkSum: "00000001"), "8bit"),
            "no size at the end" => Mail("text/plain", Yenc("r.dat", [1, 2, 3]).Replace("=yend size=3", "=yend size=3egin l", StringComparison.Ordinal), "8bit"),
            "no check sum where one begins" => Mail("text/plain", Yenc("r.dat", [1, 2, 3], checkSum: ""), "8bit"),
            "data in the line of the name" => Mail("text/plain", Uuencode("r1.xml.gz", Packed).Replace("r1.xml.gz\r\nM'XL(", "r1.xmX", StringComparison.Ordinal), "7bit"),
            _ => Mail("text/plain", Yenc("r.dat", [1, 2, 3], size: "9999"), "8bit"),
        };
        ReadResult result = Read(mail);

        Assert.Contains(result.Problems.Select(problem => problem.Message).Concat(result.Findings.Select(finding => finding.Message)), message => message.Contains(told, StringComparison.Ordinal));
        Assert.NotEmpty(result.Problems);
        Assert.DoesNotContain(result.Problems, problem => problem.ErrorId == ReportErrorIds.Unexpected);
    }

    [Fact]
    public void Damage_beside_a_row_is_a_warning()
    {
        byte[] tnef = Tnef(("r.xml.gz", Packed), ("s.xml.gz", ContainerTests.Gzip(Second)));
        Assert.Contains("ReportContainerDamaged", ReadResult.OfBytes(tnef[..^100]).Codes);
        Assert.Single(ReadResult.OfBytes(tnef[..^100]).Rows);
        Assert.Equal(["ReportCompressionDamaged"], Read(Mail("text/plain", Yenc("r.xml", Report, checkSum: "00000001"), "8bit")).Codes);
        Assert.Single(Read(Mail("text/plain", Yenc("r.xml", Report, checkSum: "00000001"), "8bit")).Rows);
    }

    [Fact]
    public void Other_mail_in_these_forms_is_no_news_in_a_mailbox()
    {
        foreach (string mail in new[]
        {
            Mail("application/ms-tnef; name=winmail.dat", Tnef(("photo.jpg", [0xFF, 0xD8]))),
            Mail("application/pkcs7-mime; smime-type=signed-data", PackedMaker.Signed(Encoding.ASCII.GetBytes("Content-Type: text/plain\r\n\r\nHello\r\n"))),
            Mail("text/plain", "Hello\r\n" + Uuencode("photo.jpg", [0xFF, 0xD8])),
            Mail("text/plain", "At last we begin 644 times\r\nbegin 644 of it\r\nand so on"),
        })
        {
            ReadResult result = ReadResult.OfBytes(Encoding.Latin1.GetBytes(Mailbox(mail) + Mailbox(Mail("application/gzip; name=r.xml.gz", Packed))));
            Assert.Single(result.Rows);
            Assert.Empty(result.Problems);
            Assert.DoesNotContain(result.Findings, finding => finding.Severity > Severity.Information);
        }
    }

    [Fact]
    public void The_number_of_entries_is_bounded_and_said()
    {
        byte[] tnef = Tnef(("r.xml", Report), ("s.xml", Second), ("t", [1]));
        string text = Mail("text/plain", Uuencode("r.xml", Report) + Uuencode("s.xml", Second) + Uuencode("t", [1]));
        foreach (int most in new[] { 3, 2 })
        {
            ReportReadLimits limits = ReportReadLimits.Default with { MaxContainerEntries = most };
            foreach (ReadResult result in new[] { ReadResult.OfBytes(tnef, limits), Read(text, limits) })
            {
                Assert.Equal(3, result.Rows.Count);
                Assert.Equal(most < 3, result.Problems.Any(problem => problem.ErrorId == ReportErrorIds.LimitExceeded && problem.Message.Contains("MaxContainerEntries", StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public void The_size_of_what_is_held_is_bounded_and_said()
    {
        foreach (byte[] content in new[] { Tnef(("r.xml", Report)), PackedMaker.Signed(Report), Encoding.ASCII.GetBytes(Uuencode("r.xml", Report)) })
        {
            Assert.Single(ReadResult.OfBytes(content, ReportReadLimits.Default with { MaxHeldBytes = content.Length }).Rows);
            Assert.Equal(ReportErrorIds.LimitExceeded, ReadResult.OfBytes(content, ReportReadLimits.Default with { MaxHeldBytes = content.Length - 1 }).Problem.ErrorId);
        }
    }

    [Fact]
    public void The_depth_of_containers_is_bounded_and_said()
    {
        foreach (Func<byte[], byte[]> wrap in new Func<byte[], byte[]>[]
        {
            content => Tnef(("x", content)), content => PackedMaker.Signed(content), Compressed,
            content => Encoding.ASCII.GetBytes(Uuencode("x", content)), content => Encoding.Latin1.GetBytes(Yenc("x", content)),
        })
        {
            byte[] content = Report;
            for (int depth = 0; depth < 8; depth++)
            {
                content = wrap(content);
            }

            Assert.Single(ReadResult.OfBytes(content).Rows);
            Assert.Contains("MaxContainerDepth", ReadResult.OfBytes(wrap(content)).Problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bomb_in_compressed_S_MIME_is_refused_by_its_ratio()
    {
        byte[] bomb = Compressed([.. "<feedback>"u8, .. Enumerable.Repeat((byte)' ', 40 << 20)]);
        ReadResult result = ReadResult.OfBytes(bomb, ReportReadLimits.Default with { MaxTextBytes = int.MaxValue });

        Assert.Contains("MaxCompressionRatio", result.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_nested_without_end_ends_in_an_error()
    {
        // Half a million sequences, each in the other, closed by nothing.
        byte[] open = [0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, .. Enumerable.Repeat<byte[]>([0xA0, 0x80], 500_000).SelectMany(pair => pair)];
        byte[] pieces = [0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, 0xA0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80,
            0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01, 0xA0, 0x80, .. Enumerable.Repeat<byte[]>([0x24, 0x80], 500_000).SelectMany(pair => pair)];

        Assert.Equal(ReportErrorIds.Unreadable, ReadResult.OfBytes(open).Problem.ErrorId);
        Assert.Equal(ReportErrorIds.Unreadable, ReadResult.OfBytes(pieces).Problem.ErrorId);
    }

    [Theory]
    [InlineData("7-Zip", new byte[] { 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, 0, 0, 0, 0 })]
    [InlineData("xz", new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4, 0, 0, 0, 0 })]
    [InlineData("bzip2", new byte[] { 0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0, 0, 0 })]
    [InlineData("Zstandard", new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0 })]
    [InlineData("RAR", new byte[] { 0x52, 0x61, 0x72, 0x21, 0x1A, 7, 1, 0, 0, 0 })]
    public void Archives_that_are_not_read_are_called_by_their_name(string name, byte[] content)
    {
        Assert.Contains("compressed as " + name, ReadResult.OfBytes(content).Problem.Message, StringComparison.Ordinal);
        Assert.Contains("compressed as " + name, ReadResult.OfBytes(Encoding.ASCII.GetBytes(Mail("application/octet-stream", content))).Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tar_archive_in_gzip_is_called_by_its_name()
    {
        byte[] tar = new byte[1024];
        "r.xml"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));

        Assert.Contains("tar", ReadResult.OfBytes(ContainerTests.Gzip(tar)).Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_interface_to_a_library_has_its_adapter()
    {
        Type[] contracts = [typeof(IEd25519), typeof(IPackedMailReader), typeof(ICmsReader)];
        Assert.All(contracts, contract => Assert.True(contract.IsAssignableFrom(LibraryAdapters.TypeFor(contract))));
    }

    [Fact]
    public void Text_is_scanned_once()
    {
        // Each line looks like a beginning.
        string text = string.Concat(Enumerable.Repeat("begin 644 x\r\n!\r\n", 100_000));
        Assert.Equal(100_000, PackedText.ReadAll(Encoding.ASCII.GetBytes(text), out _).Count);
    }
}

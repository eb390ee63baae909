using System.Text;
using Dmarc.Reports;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Reading.Containers;

/// <summary>Every container in every other: what is in it comes out, or something says why it does not.</summary>
public class NestingTests
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes(Xml(Record()));
    private static readonly byte[] Other = Encoding.UTF8.GetBytes(Xml(Record(), Record()).Replace("id-1", "id-2", StringComparison.Ordinal));

    private static readonly (string Name, Func<byte[], byte[]> Wrap)[] Forms =
    [
        ("gzip", ContainerTests.Gzip),
        ("zip", content => ContainerTests.Zip(("inner.dat", content))),
        ("message", content => Encoding.Latin1.GetBytes(Message("application/octet-stream; name=inner.dat", content))),
        ("attached message", content => Encoding.Latin1.GetBytes(Message("message/rfc822", Encoding.Latin1.GetBytes(Message("application/octet-stream", content))))),
        ("mbox", content => Encoding.Latin1.GetBytes("From a@b Sat Nov 21 00:00:00 2026\r\n" + Message("application/octet-stream", content) + "\r\n\r\n")),
        ("winmail.dat", content => PackedMaker.Tnef(("inner.dat", content))),
        ("signed", PackedMaker.Signed),
        ("signed in pieces", PackedMaker.SignedInPieces),
        ("compressed", PackedMaker.Compressed),
        ("uuencode", content => Encoding.ASCII.GetBytes(PackedMaker.Uuencode("inner.dat", content))),
        ("yEnc", content => Encoding.Latin1.GetBytes(PackedMaker.Yenc("inner.dat", content))),
    ];

    private static string Message(string type, byte[] content) =>
        $"From: a@reporter.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks) + "\r\n";

    public static TheoryData<string, string> Pairs()
    {
        TheoryData<string, string> pairs = [];
        foreach ((string outer, _) in Forms)
        {
            foreach ((string inner, _) in Forms)
            {
                pairs.Add(outer, inner);
            }
        }

        return pairs;
    }

    private static Func<byte[], byte[]> Form(string name) => Forms.Single(form => form.Name == name).Wrap;

    private static string Said(ReadResult result) =>
        string.Join(" | ", result.Problems.Select(problem => problem.Message).Concat(result.Findings.Select(finding => finding.Message)));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_report_comes_out_of_any_two(string outer, string inner)
    {
        ReadResult result = ReadResult.OfBytes(Form(outer)(Form(inner)(Report)));

        Assert.True(result.Rows.Count == 1, Said(result));
        Assert.Empty(result.Problems);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_report_comes_out_of_any_three(string outer, string inner)
    {
        foreach ((string name, Func<byte[], byte[]> wrap) in Forms)
        {
            ReadResult result = ReadResult.OfBytes(Form(outer)(wrap(Form(inner)(Report))));

            Assert.True(result.Rows.Count == 1 && result.Problems.Count == 0, name + ": " + Said(result));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_archive_that_is_not_read_is_called_by_its_name_in_any_two(string outer, string inner)
    {
        byte[] tar = new byte[1024];
        "r.xml"u8.CopyTo(tar);
        "ustar"u8.CopyTo(tar.AsSpan(257));
        foreach ((string name, byte[] content) in new (string, byte[])[]
        {
            ("7-Zip", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, 0, 0, 0, 0]),
            ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4, 0, 0, 0, 0]),
            ("bzip2", [0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0, 0, 0]),
            ("tar", ContainerTests.Gzip(tar)),
        })
        {
            ReadResult result = ReadResult.OfBytes(Form(outer)(Form(inner)(content)));

            Assert.Empty(result.Rows);
            Assert.True(result.Problems.Count == 1 && result.Problems[0].Message.Contains(name, StringComparison.Ordinal), name + ": " + Said(result));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Wherever_the_inside_breaks_off_something_says_so(string outer, string inner)
    {
        byte[] whole = Form(inner)(Other);
        foreach (int length in new[] { 1, whole.Length / 4, whole.Length / 2, whole.Length - 60, whole.Length - 9 })
        {
            ReadResult result = ReadResult.OfBytes(Form(outer)(whole[..length]));

            bool isTold = result.Problems.Count > 0 || result.Findings.Any(finding => finding.Severity > Severity.Information);
            Assert.True(isTold || result.Rows.Count == 2, $"{length} of {whole.Length}: {result.Rows.Count} rows, {Said(result)}");
            Assert.DoesNotContain(result.Problems, problem => problem.ErrorId == ReportErrorIds.Unexpected);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Where_one_entry_of_two_is_no_report_the_other_is_read_and_it_is_told(string outer, string inner)
    {
        byte[] broken = ContainerTests.Gzip(Report)[..30];
        byte[] both = ContainerTests.Zip(("reporter.example!example.com!1!2.xml.gz", broken), ("inner.dat", Form(inner)(Report)));
        ReadResult result = ReadResult.OfBytes(Form(outer)(both));

        Assert.True(result.Rows.Count == 1, Said(result));
        Assert.True(result.Problems.Count == 1 && result.Problems[0].Message.Contains("example.com!1!2.xml.gz", StringComparison.Ordinal), Said(result));
    }
}

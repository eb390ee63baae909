using System.Globalization;
using System.IO.Compression;
using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Text;

namespace Dmarc.Tests.Reports.Conservation;

/// <summary>
/// Rows in, rows out: whatever one to three edits do to a report, the rows that come out were put in, and what is missing is
/// told. DMARC_TEST_SEEDS runs that many reports of each kind instead of the usual few.
/// </summary>
public class ConservationTests
{
    private const int Usual = 100;
    private static readonly DmarcReportReader Reader = new(TwoLabels.Instance, null, ReportTypes.Aggregate | ReportTypes.Tls);

    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("DMARC_TEST_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) ? seeds : Usual;

    public static TheoryData<string> Wrappings => ["xml", "gzip", "zip", "mail", "mailbox"];

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void Rows_of_an_edited_aggregate_report(string wrapping)
    {
        List<string> wrong = [];
        for (int seed = 0; seed < Seeds; seed++)
        {
            GeneratedReport report = new(seed);
            List<Edit> edits = RandomEdits.Make(new Random((seed * 31) + wrapping.Length), report.Bytes);
            byte[] content = Wrap(wrapping, RandomEdits.Apply(report.Bytes, edits), "report.xml");
            if (RowConservation.Check(report, edits, Reader.ReadBytes(content, "file"), "file") is { } reason)
            {
                wrong.Add($"seed {seed}: {reason} ({string.Join("; ", edits)})");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void Rows_of_an_edited_TLS_report(string wrapping)
    {
        List<string> wrong = [];
        for (int seed = 0; seed < Seeds; seed++)
        {
            GeneratedTlsReport report = new(seed);
            List<Edit> edits = RandomEdits.Make(new Random((seed * 31) + wrapping.Length), report.Bytes);
            byte[] content = Wrap(wrapping, RandomEdits.Apply(report.Bytes, edits), "report.json");
            if (report.Check(edits, Reader.ReadBytes(content, "file"), "file") is { } reason)
            {
                wrong.Add($"seed {seed}: {reason} ({string.Join("; ", edits)})");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void An_untouched_report_gives_every_row_and_no_warning(string wrapping)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            GeneratedReport report = new(seed);
            ReadResult result = ReadResult.OfBytes(Wrap(wrapping, report.Bytes, "report.xml"));

            Assert.Equal(
                report.Records.Select(record => (record.SourceIP.Value, record.Count.Value, record.HeaderFrom.Value)),
                result.Rows.Select(row => (row.SourceIP, row.Count.ToString(CultureInfo.InvariantCulture), row.HeaderFrom)));
            Assert.DoesNotContain(result.Findings, finding => finding.Severity > Severity.Information);
            Assert.Empty(result.Problems);
        }
    }

    [Fact]
    public void Every_single_tag_of_a_report_may_be_cut_without_a_row_lost_in_silence()
    {
        GeneratedReport report = new(12);
        string text = report.Text;
        for (int start = text.IndexOf('<', StringComparison.Ordinal); start >= 0; start = text.IndexOf('<', start + 1))
        {
            Edit cut = new(start, text.IndexOf('>', start) + 1, [], "cut tag");
            List<ReportReadItem> items = [.. Reader.ReadBytes(RandomEdits.Apply(report.Bytes, [cut]), "file")];

            Assert.Null(RowConservation.Check(report, [cut], items, "file"));
            Assert.Equal(report.Records.Count, items.Count(item => item.Row is not null));
        }
    }

    [Theory]
    [InlineData((byte)'<')]
    [InlineData((byte)'>')]
    [InlineData((byte)'&')]
    [InlineData((byte)'1')]
    [InlineData((byte)0xFF)]
    public void One_stray_byte_anywhere_costs_one_row_at_most_and_never_in_silence(byte stray)
    {
        GeneratedReport report = Enumerable.Range(0, 200).Select(seed => new GeneratedReport(seed)).First(each => each.Records.Count == 2);
        for (int at = 0; at <= report.Bytes.Length; at++)
        {
            Edit insert = new(at, at, [stray], "insert");
            List<ReportReadItem> items = [.. Reader.ReadBytes(RandomEdits.Apply(report.Bytes, [insert]), "file")];

            string? wrong = RowConservation.Check(report, [insert], items, "file");
            Assert.True(wrong is null, $"At {at}: {wrong}");
            int rows = items.Count(item => item.Row is not null);
            Assert.True(rows >= report.Records.Count - 1, $"At {at}: {rows} of {report.Records.Count} rows");
        }
    }

    [Theory]
    [InlineData((byte)'<')]
    [InlineData((byte)'>')]
    public void A_stray_bracket_inside_of_an_end_tag_changes_no_value(byte stray)
    {
        GeneratedReport report = Enumerable.Range(0, 200).Select(seed => new GeneratedReport(seed)).First(each => each.Records.Count == 2);
        string text = report.Text;
        for (int start = text.IndexOf("</", StringComparison.Ordinal); start >= 0; start = text.IndexOf("</", start + 1, StringComparison.Ordinal))
        {
            int end = text.IndexOf('>', start);
            for (int at = start + 1; at <= end; at++)
            {
                List<ReportReadItem> items = [.. Reader.ReadBytes(RandomEdits.Apply(report.Bytes, [new Edit(at, at, [stray], "insert")]), "file")];

                Assert.Equal(
                    report.Records.Select(record => (at, report.Domain.Value, record.SourceIP.Value, record.Count.Value, record.HeaderFrom.Value)),
                    items.Where(item => item.Row is not null).Select(item => item.Row!).Select(row => (at, row.Domain, row.SourceIP, row.Count.ToString(CultureInfo.InvariantCulture), row.HeaderFrom)));
            }
        }
    }

    private static byte[] Wrap(string wrapping, byte[] report, string name)
    {
        switch (wrapping)
        {
            case "gzip":
                MemoryStream packed = new();
                using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
                {
                    gzip.Write(report);
                }

                return packed.ToArray();
            case "zip":
                MemoryStream archive = new();
                using (ZipArchive zip = new(archive, ZipArchiveMode.Create, leaveOpen: true))
                {
                    using Stream entry = zip.CreateEntry(name).Open();
                    entry.Write(report);
                }

                return archive.ToArray();
            case "mail":
                return Encoding.ASCII.GetBytes(Mail(report, name));
            case "mailbox":
                const string Line = "From reporter@reporter.example Sat Nov 28 00:00:00 2026\n";
                string other = Line + "From: a@b.example\nSubject: hello\n\nNo report.\n\n";
                return Encoding.ASCII.GetBytes(other + Line + Mail(report, name) + "\n" + other);
            default:
                return report;
        }
    }

    private static string Mail(byte[] report, string name) =>
        "From: dmarc@reporter.example\nTo: rua@shop.example\nSubject: Report\nMIME-Version: 1.0\n"
        + "Content-Type: application/octet-stream; name=\"" + name + "\"\nContent-Transfer-Encoding: base64\n\n"
        + Convert.ToBase64String(report, Base64FormattingOptions.InsertLineBreaks).Replace("\r", "", StringComparison.Ordinal) + "\n";
}

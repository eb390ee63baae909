using System.Globalization;
using System.IO.Compression;
using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Reading;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Hostile files end in an error that names the limit and the way to raise it, and in bounded memory.</summary>
public class LimitTests
{
    private const string Dtd = "<?xml version=\"1.0\"?><!DOCTYPE feedback [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";

    [Theory]
    [InlineData("entities", Dtd + "<feedback>&b;</feedback>")]
    [InlineData("external entity", "<!DOCTYPE feedback [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><feedback>&x;</feedback>")]
    [InlineData("external subset", "<!DOCTYPE feedback SYSTEM \"http://192.0.2.1/x.dtd\"><feedback/>")]
    [InlineData("after damage", "junk <feedback>&<!doctype x></feedback>")]
    public void Document_types_are_refused(string kind, string xml)
    {
        ReadResult result = ReadResult.OfXml(xml);

        Assert.True(result.Rows.Count == 0, kind);
        Assert.Equal(ReportErrorIds.DtdProhibited, result.Problem.ErrorId);
    }

    [Fact]
    public void A_gzip_bomb_is_refused_by_its_ratio()
    {
        byte[] bomb = Compress(64 << 20, new byte[1 << 16]);

        AssertLimit(ReadResult.OfBytes(bomb, new ReportReadLimits { MaxTextBytes = int.MaxValue }), nameof(ReportReadLimits.MaxCompressionRatio));
    }

    [Fact]
    public void A_gzip_bomb_of_gzip_bombs_is_refused_by_the_total()
    {
        byte[] bomb = ContainerTests.Gzip(ContainerTests.Gzip(Encoding.UTF8.GetBytes(Xml([.. Enumerable.Range(0, 2000).Select(_ => Record())]))));
        ReadResult result = ReadResult.OfBytes(bomb, new ReportReadLimits { MaxDecompressedBytes = 300_000 });

        AssertLimit(result, nameof(ReportReadLimits.MaxDecompressedBytes));
        Assert.InRange(result.Rows.Count, 1, 1999);
    }

    [Fact]
    public void A_zip_bomb_is_refused_and_says_so()
    {
        MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("a.xml").Open();
            entry.Write("<feedback>"u8);
            byte[] filler = Encoding.ASCII.GetBytes("<record/>" + new string(' ', 1 << 20));
            for (int i = 0; i < 40; i++)
            {
                entry.Write(filler);
            }
        }

        AssertLimit(ReadResult.OfBytes(packed.ToArray()), nameof(ReportReadLimits.MaxCompressionRatio));
    }

    [Fact]
    public void Too_many_entries_are_refused_before_they_are_held() =>
        AssertLimit(
            ReadResult.OfBytes(
                ContainerTests.Zip([.. Enumerable.Range(0, 20).Select(i => (i.ToString(CultureInfo.InvariantCulture), new byte[] { 1 }))]),
                new ReportReadLimits { MaxContainerEntries = 10 }),
            nameof(ReportReadLimits.MaxContainerEntries));

    [Fact]
    public void Nested_archives_end_at_the_depth_limit()
    {
        byte[] content = Encoding.UTF8.GetBytes(Xml(Record()));
        for (int i = 0; i < 9; i++)
        {
            content = i % 2 == 0 ? ContainerTests.Zip(("x", content)) : ContainerTests.Gzip(content);
        }

        AssertLimit(ReadResult.OfBytes(content), nameof(ReportReadLimits.MaxContainerDepth));
        Assert.Single(ReadResult.OfBytes(content, new ReportReadLimits { MaxContainerDepth = 9 }).Rows);
    }

    [Fact]
    public void A_million_empty_records_are_one_finding()
    {
        StringBuilder xml = new(SampleReport.Xml().Replace("</feedback>\n", "", StringComparison.Ordinal));
        for (int i = 0; i < 1_000_000; i++)
        {
            xml.Append("<record/>");
        }

        ReadResult result = ReadResult.OfXml(xml.Append("</feedback>").ToString());

        Assert.Empty(result.Rows);
        Assert.Contains("1000000 records hold nothing", Assert.Single(result.Findings, finding => finding.Code == "ReportEmptyRecords").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_records_than_the_limit_end_the_report()
    {
        ReadResult result = ReadResult.OfXml(Xml(Record(), Record(), Record()), new ReportReadLimits { MaxRecords = 2 });

        Assert.Equal(2, result.Rows.Count);
        AssertLimit(result, nameof(ReportReadLimits.MaxRecords));
        Assert.Equal(2, result.Problem.RowsBefore);
    }

    [Fact]
    public void A_long_value_is_shortened_and_marked()
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(reason: "<reason><type>other</type><comment>" + new string('x', 1 << 20) + "</comment></reason>"))).Row;

        Assert.Equal(ReportReadLimits.Default.MaxValueLength, row.OverrideReasons[0].Comment.Length);
        Assert.Contains("ReportValueShortened", row.Findings.Select(finding => finding.Code));
        Assert.Equal("example.com", row.HeaderFrom);
    }

    [Theory]
    [InlineData("<org_name>x</org_name>", 0)]
    [InlineData("<org_name>{100}</org_name>", 0)]
    [InlineData("<org_name>{101}</org_name>", 1)]
    [InlineData("<email>{101}</email>", 1)]
    [InlineData("<error>{101}</error>", 1)]
    [InlineData("<strange>{101}</strange>", 1)]
    [InlineData("<error>a</error><error>b</error><error>c</error>", 0)]
    [InlineData("<error>a</error><error>b</error><error>c</error><error>d</error>", 1)]
    [InlineData("<a>1</a><b>1</b><c>1</c>", 0)]
    [InlineData("<a>1</a><b>1</b><c>1</c><d>1</d>", 1)]
    public void What_limits_cost_the_report_itself_is_told(string metadata, int expected)
    {
        string text = metadata.Replace("{100}", new string('x', 100), StringComparison.Ordinal).Replace("{101}", new string('x', 101), StringComparison.Ordinal);
        string xml = Xml(Record(), Record()).Replace("</report_metadata>", text + "</report_metadata>", StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(xml, new ReportReadLimits { MaxValueLength = 100, MaxEntriesPerRecord = 3 });

        Assert.Equal(expected, result.Codes.Count(code => code == "ReportHeaderShortened"));
        Assert.All(result.Rows, row => Assert.DoesNotContain(row.Findings, finding => finding.Code is "ReportValueShortened" or "ReportEntriesDropped"));
    }

    [Fact]
    public void What_a_limit_costs_a_record_is_not_told_of_the_report()
    {
        string reason = "<reason><type>other</type><comment>" + new string('x', 101) + "</comment></reason>";
        ReadResult result = ReadResult.OfXml(Xml(Record(reason: reason), Record()), new ReportReadLimits { MaxValueLength = 100 });

        Assert.DoesNotContain("ReportHeaderShortened", result.Codes);
        Assert.Contains("ReportValueShortened", result.Rows[0].Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Deep_elements_are_refused() =>
        AssertLimit(
            ReadResult.OfXml(Wrap(Record() + string.Concat(Enumerable.Repeat("<a>", 1000)) + string.Concat(Enumerable.Repeat("</a>", 1000)))),
            nameof(ReportReadLimits.MaxXmlDepth));

    /// <summary>What the message says to raise must be what holds.</summary>
    [Theory]
    [InlineData(64, 60, true)]
    [InlineData(64, 900, false)]
    [InlineData(64, 1100, false)]
    [InlineData(999, 1100, false)]
    [InlineData(1200, 1100, true)]
    [InlineData(4000, 3900, true)]
    [InlineData(4000, 4001, false)]
    public void Raising_the_limit_lets_a_damaged_report_through(int limit, int depth, bool isRead)
    {
        string damaged = Wrap(Record() + string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth)) + "<b>&</b>");
        ReadResult result = ReadResult.OfXml("<!-- & --><a>&" + damaged, new ReportReadLimits { MaxXmlDepth = limit });

        if (isRead)
        {
            Assert.Empty(result.Problems);
            Assert.NotEmpty(result.Rows);
        }
        else
        {
            AssertLimit(result, nameof(ReportReadLimits.MaxXmlDepth));
        }
    }

    [Fact]
    public void More_results_than_the_limit_are_left_out_and_told()
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(auth: string.Concat(Enumerable.Repeat(DkimEntry("example.com"), 300))))).Row;

        Assert.Equal(ReportReadLimits.Default.MaxEntriesPerRecord, row.Dkim.Count);
        Assert.Contains("ReportEntriesDropped", row.Findings.Select(finding => finding.Code));
    }

    internal static void AssertLimit(ReadResult result, string limit)
    {
        ReportProblem problem = Assert.Single(result.Problems);
        Assert.Equal(ReportErrorIds.LimitExceeded, problem.ErrorId);
        Assert.Contains(limit, problem.Message, StringComparison.Ordinal);
        Assert.Contains("raise it with -ReadLimit", problem.Message, StringComparison.Ordinal);
    }

    private static byte[] Compress(int length, byte[] filler)
    {
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write("<feedback>"u8);
            for (int written = 0; written < length; written += filler.Length)
            {
                gzip.Write(filler);
            }
        }

        return packed.ToArray();
    }

    /// <summary>Some bytes, then one byte again and again, without holding them.</summary>
    internal sealed class RepeatingStream(byte[] first, byte filler, long count) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => first.Length + count;

        public override long Position { get => _position; set => _position = value; }

        public override int Read(byte[] buffer, int offset, int length)
        {
            int read = (int)Math.Min(length, Length - _position);
            for (int i = 0; i < read; i++)
            {
                long at = _position + i;
                buffer[offset + i] = at < first.Length ? first[at] : filler;
            }

            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => _position = offset;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int length) => throw new NotSupportedException();
    }

    [Fact]
    public void Every_limit_can_be_set_by_its_name()
    {
        Assert.Equal(
            typeof(ReportReadLimits).GetProperties().Where(property => !property.GetMethod!.IsStatic).Select(property => property.Name).Order(),
            ReportReadLimits.Names.Order());
        foreach (string name in ReportReadLimits.Names)
        {
            Assert.True(ReportReadLimits.Default.TryWith(name.ToUpperInvariant(), "7", out ReportReadLimits limits, out _));
            Assert.Equal("7", typeof(ReportReadLimits).GetProperty(name)!.GetValue(limits)!.ToString());
            Assert.NotEqual(ReportReadLimits.Default, limits);
            Assert.True(limits.TryWith(name, typeof(ReportReadLimits).GetProperty(name)!.GetValue(ReportReadLimits.Default)!.ToString(), out limits, out _));
            Assert.Equal(ReportReadLimits.Default, limits);
        }
    }

    [Theory]
    [InlineData("MaxText", "7", "MaxTextBytes")]
    [InlineData(null, "7", "MaxTextBytes")]
    [InlineData("MaxTextBytes", "0", "from 1 to 2147483647")]
    [InlineData("MaxTextBytes", "2147483648", "from 1 to 2147483647")]
    [InlineData("MaxContainerDepth", "65", "from 1 to 64")]
    [InlineData("MaxTextBytes", "much", "'much'")]
    [InlineData("MaxTextBytes", null, "MaxTextBytes")]
    public void What_is_no_limit_is_refused(string? name, string? value, string reason)
    {
        Assert.False(ReportReadLimits.Default.TryWith(name, value, out ReportReadLimits limits, out string error));
        Assert.Same(ReportReadLimits.Default, limits);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_says_how_to_raise_the_limit() =>
        Assert.Contains(
            "-ReadLimit @{ MaxRecords = ",
            ReadResult.OfXml(Xml(Record(), Record()), new ReportReadLimits { MaxRecords = 1 }).Problem.Message,
            StringComparison.Ordinal);
}

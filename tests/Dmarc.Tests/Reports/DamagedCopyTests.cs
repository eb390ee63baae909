using System.Globalization;
using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Reports.Conservation;
using Dmarc.Tests.Reports.Tls;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>A damaged report does not stand in the way of a better copy: whatever the order, each row comes once, and what happened is told.</summary>
public class DamagedCopyTests
{
    private static readonly string[] Orders = ["DI", "ID", "DDI", "DID", "IDD", "DD", "DDII"];

    public static TheoryData<string> AllOrders => [.. Orders];

    /// <summary>Damaged (D, each in another place) and intact (I) copies of an aggregate report in any order.</summary>
    [Theory]
    [MemberData(nameof(AllOrders))]
    public void Copies_of_an_aggregate_report_in_any_order(string order)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            GeneratedReport report = new(seed);
            string text = report.Text;
            List<int> ends = [];
            for (int at = text.IndexOf("</record>", StringComparison.Ordinal); at >= 0; at = text.IndexOf("</record>", at + 1, StringComparison.Ordinal))
            {
                ends.Add(at);
            }

            if (ends.Count < 2 || ends.Count != report.Records.Count)
            {
                continue;
            }

            // The end cut off inside of a record, or the number of messages of one cut.
            byte[] Damaged(int which) => which % 2 == 0
                ? RandomEdits.Apply(report.Bytes, [new Edit(ends[(seed + which) % ends.Count] - 5, report.Bytes.Length, [], "cut")])
                : RandomEdits.Apply(report.Bytes, [new Edit(report.Records[(seed + which) % ends.Count].Count.Start, report.Records[(seed + which) % ends.Count].Count.End, [.. "1<2"u8], "count")]);
            AssertCopies(order, Damaged, report.Bytes, report.Records.Select(record => record.SourceIP.Value + " " + record.Count.Value + " " + record.HeaderFrom.Value), seed);
        }
    }

    [Theory]
    [MemberData(nameof(AllOrders))]
    public void Copies_of_a_TLS_report_in_any_order(string order)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            GeneratedTlsReport report = new(seed);
            if (report.Totals.Count < 2 || report.Failures.Count == 0)
            {
                continue;
            }

            byte[] Damaged(int which) =>
                RandomEdits.Apply(report.Bytes, [new Edit(report.Totals[(seed + which) % report.Totals.Count].Domain.Start - 3, report.Bytes.Length, [], "cut")]);
            IEnumerable<string> failures = report.Failures.Select(failure => failure.Domain.Value + " " + failure.Address.Value + " " + failure.Count.Value);
            IEnumerable<string> others = report.Totals.Where(total => total.Failed.Value == "0").Select(total => total.Domain.Value + "  0");
            AssertCopies(order, Damaged, report.Bytes, failures.Concat(others), seed);
        }
    }

    /// <summary>Whatever edits do to one copy: beside an intact one no row is lost, and one that comes twice is told.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_edited_copy_beside_an_intact_one(bool isDamagedFirst)
    {
        for (int seed = 0; seed < 400; seed++)
        {
            GeneratedReport report = new(seed);
            byte[] edited = RandomEdits.Apply(report.Bytes, RandomEdits.Make(new Random(seed), report.Bytes));
            ReportDeduplicator known = new();
            CopyReading first = CopyReading.Of(known, isDamagedFirst ? edited : report.Bytes, "first.xml");
            CopyReading second = CopyReading.Of(known, isDamagedFirst ? report.Bytes : edited, "second.xml");
            List<string> expected = [.. report.Records.Select(record => record.SourceIP.Value + " " + record.Count.Value + " " + record.HeaderFrom.Value)];
            List<string> read = [.. first.Rows.Concat(second.Rows).Select(Core)];
            bool isTold = first.Told.Count + second.Told.Count + first.Notices.Count + second.Notices.Count > 0;

            if (!isDamagedFirst || first.Told.Exists(text => text.Contains("left out", StringComparison.Ordinal)))
            {
                Assert.True(expected.Distinct().All(read.Contains) || isTold, "seed " + seed);
            }

            if (read.Count > expected.Count)
            {
                Assert.True(isTold, "seed " + seed + ": " + read.Count + " rows of " + expected.Count + " and not a word");
            }
        }
    }

    [Fact]
    public void A_row_that_lost_a_value_is_the_same_row()
    {
        string whole = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"), Record(ip: "192.0.2.3"));
        int selector = whole.IndexOf("<selector>", whole.IndexOf("192.0.2.2", StringComparison.Ordinal), StringComparison.Ordinal);
        string damaged = whole.Remove(selector, 5);
        ReportDeduplicator known = new();

        Assert.Equal(3, Add(known, damaged.Substring(0, damaged.Length - 30), "a.xml").Rows.Count);
        Assert.Empty(Add(known, whole, "b.xml").Rows);
    }

    [Fact]
    public void Equal_rows_of_one_report_are_counted()
    {
        string whole = Xml(Record(), Record(), Record());
        ReportDeduplicator known = new();

        Assert.Equal(2, Add(known, whole.Substring(0, whole.LastIndexOf("</count>", StringComparison.Ordinal)), "a.xml").Rows.Count);
        Assert.Single(Add(known, whole, "b.xml").Rows);
        Assert.Empty(Add(known, whole, "c.xml").Rows);
    }

    [Fact]
    public void A_whole_copy_that_adds_nothing_is_a_plain_duplicate()
    {
        string whole = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"));
        ReportDeduplicator known = new();

        Assert.Equal(2, Add(known, whole.Substring(0, whole.LastIndexOf("</feedback>", StringComparison.Ordinal)), "a.xml").Rows.Count);
        CopyReading copy = Add(known, whole, "b.xml");
        Assert.Empty(copy.Rows);
        Assert.Equal(("ReportDuplicate", Severity.Information), (Assert.Single(copy.Notices).Finding.Code, copy.Notices[0].Finding.Severity));
    }

    [Fact]
    public void Two_damaged_copies_give_what_either_has_and_say_that_rows_may_be_missing()
    {
        string whole = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"), Record(ip: "192.0.2.3"));
        string damaged = whole.Substring(0, whole.IndexOf("192.0.2.3", StringComparison.Ordinal));
        ReportDeduplicator known = new();

        Assert.Equal(2, Add(known, damaged, "a.xml").Rows.Count);
        CopyReading same = Add(known, damaged, "b.xml");
        Assert.Empty(same.Rows);
        Assert.Equal("ReportDuplicateOfDamaged", Assert.Single(same.Notices).Finding.Code);
        Assert.Single(Add(known, whole, "c.xml").Rows);
    }

    [Fact]
    public void A_row_with_a_changed_number_is_told_as_one_that_may_be_counted_twice()
    {
        string whole = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"), Record(ip: "192.0.2.3"));
        string damaged = whole.Substring(0, whole.IndexOf("192.0.2.3", StringComparison.Ordinal)).Replace("192.0.2.1", "192.0.2.9", StringComparison.Ordinal);
        ReportDeduplicator known = new();

        Assert.Equal(2, Add(known, damaged, "a.xml").Rows.Count);
        CopyReading copy = Add(known, whole, "b.xml");
        Assert.Equal(2, copy.Rows.Count);
        Assert.Equal(["ReportDamagedCompleted", "ReportDamagedDiffers"], copy.Notices.Select(notice => notice.Finding.Code));
    }

    /// <summary>At the limit rows are remembered; beyond it, the copy is left out with a warning.</summary>
    [Theory]
    [InlineData(3, 1, "ReportDamagedCompleted")]
    [InlineData(2, 1, "ReportDamagedCompleted")]
    [InlineData(1, 0, "ReportDuplicateOfDamaged")]
    public void Only_so_many_rows_are_remembered(int remembered, int rows, string code)
    {
        string whole = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"), Record(ip: "192.0.2.3"));
        ReportDeduplicator known = new(remembered);
        Assert.Equal(2, Add(known, whole.Substring(0, whole.IndexOf("192.0.2.3", StringComparison.Ordinal)), "a.xml").Rows.Count);
        CopyReading copy = Add(known, whole, "b.xml");

        Assert.Equal(rows, copy.Rows.Count);
        Assert.Equal(code, Assert.Single(copy.Notices).Finding.Code);
    }

    [Fact]
    public void Intact_reports_give_the_memory_back()
    {
        ReportDeduplicator known = new(3);
        for (int i = 0; i < 10; i++)
        {
            string report = Xml(Record(), Record()).Replace("id-1", "id-" + i, StringComparison.Ordinal);
            Assert.Equal(2, Add(known, report, i + ".xml").Rows.Count);
        }

        string whole = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"));
        Assert.Single(Add(known, whole.Substring(0, whole.IndexOf("192.0.2.2", StringComparison.Ordinal)).Replace("id-1", "id-x", StringComparison.Ordinal), "a.xml").Rows);
        Assert.Single(Add(known, whole.Replace("id-1", "id-x", StringComparison.Ordinal), "b.xml").Rows);
    }

    [Fact]
    public void A_damaged_TLS_report_after_the_whole_one_is_its_copy()
    {
        string whole = Tls("a.example", "b.example");
        ReportDeduplicator known = new();

        Assert.Equal(2, Add(known, whole, "a.json").Rows.Count);
        CopyReading copy = Add(known, whole.Substring(0, whole.IndexOf("b.example", StringComparison.Ordinal)), "b.json");
        Assert.Empty(copy.Rows);
        Assert.Equal("ReportDuplicate", Assert.Single(copy.Notices).Finding.Code);

        // A domain that damage has changed is another one.
        CopyReading other = Add(known, whole.Replace("b.example", "x.example", StringComparison.Ordinal).TrimEnd('}', '\n', ' '), "c.json");
        Assert.Equal("x.example", Assert.Single(other.Rows).TlsRow!.PolicyDomain);
        Assert.Equal("TlsReportDamagedCopy", Assert.Single(other.Notices).Finding.Code);
    }

    private static string Tls(params string[] domains) => TlsReportTests.Report(string.Join(",", domains.Select(domain =>
        "{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"" + domain + "\"},\"summary\":{\"total-successful-session-count\":5,\"total-failure-session-count\":0}}")));

    private static CopyReading Add(ReportDeduplicator known, string report, string name) => CopyReading.Of(known, Encoding.UTF8.GetBytes(report), name);

    private static string Core(ReportReadItem item) => item.Row is { } row
        ? row.SourceIP + " " + row.Count.ToString(CultureInfo.InvariantCulture) + " " + row.HeaderFrom
        : item.TlsRow!.PolicyDomain + " " + item.TlsRow.SendingMtaIP + " " + (item.TlsRow.ResultType is null ? 0 : item.TlsRow.FailedSessions).ToString(CultureInfo.InvariantCulture);

    private static void AssertCopies(string order, Func<int, byte[]> damaged, byte[] intact, IEnumerable<string> rows, int seed)
    {
        ReportDeduplicator known = new();
        List<string> read = [];
        List<string> told = [];
        for (int i = 0; i < order.Length; i++)
        {
            CopyReading reading = CopyReading.Of(known, order[i] == 'D' ? damaged(i) : intact, i + order[i].ToString());

            // A row whose number of messages damage made unreadable counts as none.
            read.AddRange(reading.Rows.Where(item => item.Row?.CountText is null).Select(Core));
            told.AddRange(reading.Notices.Select(notice => notice.ToString()).Concat(reading.Told));
            Assert.True(i == 0 || reading.Notices.Count > 0 || reading.Told.Count > 0 || reading.Rows.Count > 0, $"{order}, seed {seed}: nothing told of copy {i}");
        }

        List<string> expected = [.. rows.OrderBy(row => row, StringComparer.Ordinal)];
        read.Sort(StringComparer.Ordinal);
        string context = $"{order}, seed {seed}:\n{string.Join("\n", told)}\nexpected\n{string.Join("\n", expected)}\nread\n{string.Join("\n", read)}";
        if (order.Contains('I', StringComparison.Ordinal))
        {
            Assert.True(expected.SequenceEqual(read), context);
        }
        else
        {
            Assert.True(read.Distinct().Count() == read.Count || expected.Distinct().Count() < expected.Count, context);
            Assert.True(read.All(expected.Contains) && told.Count > 0, context);
        }
    }
}

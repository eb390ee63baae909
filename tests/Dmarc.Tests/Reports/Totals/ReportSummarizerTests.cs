using System.Globalization;
using Dmarc.Advice.Sources;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Totals;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;
using static Dmarc.Tests.Reports.MadeRows;

namespace Dmarc.Tests.Reports.Totals;

/// <summary>Groups of rows: every grouping, every figure, order, the largest and the rest.</summary>
public class ReportSummarizerTests
{
    private static PrintableList<ReportMeasure> Measure(IEnumerable<AggregateReportRow> rows, params ReportGrouping[] groupings)
    {
        ReportSummarizer summarizer = new(groupings);
        foreach (AggregateReportRow row in rows)
        {
            summarizer.Add(row);
        }

        return summarizer.GetMeasures();
    }

    private static PrintableList<ReportMeasure> MeasureByClass(AggregateReportRow[] rows)
    {
        ReportSummarizer summarizer = new([ReportGrouping.Class], new SourceKnowledge());
        Array.ForEach(rows, summarizer.Add);
        return summarizer.GetMeasures();
    }

    private static string Figures(IEnumerable<ReportMeasure> measures) =>
        string.Join("; ", measures.Select(measure => measure.Group + " " + measure.Messages.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void Without_grouping_there_is_one_total_with_every_figure()
    {
        AggregateReport report = Report();
        AggregateReport later = Report(id: "id-2", begin: "2026-02-01T00:00:00Z");
        ReportMeasure total = Assert.Single(Measure(
        [
            Row(report, count: 10, dkim: true, spf: true),
            Row(report, "192.0.2.2", 5, dkim: true),
            Row(report, "192.0.2.3", 3, spf: true),
            Row(later, "192.0.2.2", 2, disposition: ReportedDisposition.Quarantine),
            Row(later, "192.0.2.4", 4, disposition: ReportedDisposition.Reject),
            Row(later, "192.0.2.4", 7, reasons: [OverrideReasonType.Forwarded, OverrideReasonType.Other, OverrideReasonType.Other]),
            Row(later, "192.0.2.4", 1, reasons: OverrideReasonType.Other),
        ]));

        Assert.Equal("Total", total.Group);
        Assert.Equal((32, 18, 14), (total.Messages, total.Passed, total.Failed));
        Assert.Equal(0.5625, total.PassRate);
        Assert.Equal((15, 13, 10, 14), (total.DkimAligned, total.SpfAligned, total.BothAligned, total.NeitherAligned));
        Assert.Equal((2, 4, 8), (total.Quarantined, total.Rejected, total.Overridden));
        Assert.Equal("Other 8; Forwarded 7", total.Overrides.ToString());
        Assert.Equal((7, 2, 4), (total.Rows, total.Reports, total.Sources));
        Assert.Equal(Time("2026-01-01T00:00:00Z"), total.FirstSeen);
        Assert.Equal(Time("2026-02-01T23:59:59Z"), total.LastSeen);
        Assert.Equal(DateTimeKind.Utc, total.FirstSeen!.Value.Kind);
        Assert.False(total.IsRest);
    }

    [Fact]
    public void Countries_and_owners_come_from_what_was_looked_up()
    {
        SourceKnowledge owners = new(
        [
            new SourceResult { SourceIP = "192.0.2.1", Status = SourceStatus.Resolved, Asn = 64496, Owner = "CONTOSO", Country = "JP" },
            new SourceResult { SourceIP = "192.0.2.2", Status = SourceStatus.Resolved, Asn = 64497, Country = "JP" },
        ]);
        ReportSummarizer summarizer = new([ReportGrouping.Country, ReportGrouping.NetworkOwner], owners);
        summarizer.Add(Row(count: 5));
        summarizer.Add(Row(ip: "192.0.2.2", count: 3));
        summarizer.Add(Row(ip: "192.0.2.3", count: 1));

        PrintableList<ReportMeasure> measures = summarizer.GetMeasures();

        Assert.Equal("JP | CONTOSO 5; JP | AS64497 3; (none) | (none) 1", Figures(measures));
        Assert.Equal(["JP", "JP", ""], measures.Select(measure => measure.Country));
        Assert.Equal(["CONTOSO", "AS64497", ""], measures.Select(measure => measure.NetworkOwner));
    }

    [Fact]
    public void A_class_is_judged_by_all_rows_of_the_source()
    {
        AggregateReport report = Report();
        AggregateReportRow[] rows =
        [
            Row(report, "192.0.2.1", 90, dkim: true, spf: true),
            Row(report, "192.0.2.1", 2),
            Row(report, "203.0.113.9", 7),
            Row(report, "203.0.113.9", 4),
            Row(report, "192.0.2.1", 10, dkim: true, spf: true, from: "EXAMPLE.com"),
        ];
        ReportSummarizer summarizer = new([ReportGrouping.Class, ReportGrouping.HeaderFrom], new SourceKnowledge());
        Array.ForEach(rows, summarizer.Add);

        PrintableList<ReportMeasure> measures = summarizer.GetMeasures();

        Assert.Equal("AlignedSender | example.com 102; Unknown | example.com 11", Figures(measures));
        Assert.Equal(["AlignedSender", "Unknown"], measures.Select(measure => measure.Class));
        Assert.Equal((1, 3), (measures[0].Sources, measures[0].Rows));
        Assert.Equal(0, summarizer.RowsWithoutClass);
        Assert.Equal("AlignedSender | example.com 102; (rest) 11", Figures(summarizer.GetMeasures(1)).Replace(Strings.Summaries_Rest, "(rest)", StringComparison.Ordinal));
    }

    [Fact]
    public void The_classes_are_those_of_the_sources_one_by_one()
    {
        AggregateReportRow[] rows = [.. Enumerable.Range(0, 40).Select(i => Row(
            ip: "192.0." + (i % 7) + "." + i, count: i + 1, dkim: i % 3 == 0, spf: i % 5 == 0, from: i % 2 == 0 ? "example.com" : "mail.example.com"))];
        SourceAccumulator sources = new();
        Array.ForEach(rows, sources.Add);
        sources.Complete();

        Assert.Equal(
            sources.Sources.GroupBy(source => sources.Classify(source, null).Class.ToString()).ToDictionary(group => group.Key, group => group.Sum(source => source.Messages)),
            MeasureByClass(rows).ToDictionary(measure => measure.Class!, measure => measure.Messages));
    }

    [Fact]
    public void Without_rows_the_total_is_nothing_and_no_rate_is_made_up()
    {
        ReportMeasure total = Assert.Single(Measure([]));

        Assert.Equal(0, total.Messages);
        Assert.Null(total.PassRate);
        Assert.Null(total.FirstSeen);
        Assert.Empty(Measure([], ReportGrouping.Day));
    }

    [Theory]
    [InlineData(ReportGrouping.Source, "203.0.113.9 3; 2001:db8:1:2::9 2; 192.0.2.1 1")]
    [InlineData(ReportGrouping.Network, "203.0.113.0/24 3; 2001:db8:1::/48 2; 192.0.2.0/24 1")]
    [InlineData(ReportGrouping.Service, "SendGrid 3; (none) 2; Microsoft 365 1")]
    [InlineData(ReportGrouping.Domain, "example.com 4; other.example 2")]
    [InlineData(ReportGrouping.HeaderFrom, "sub.example.com 3; other.example 2; example.com 1")]
    [InlineData(ReportGrouping.Reporter, "Reporter 4; Postfach 2")]
    [InlineData(ReportGrouping.Day, "2026-01-01 4; 2026-02-02 2")]
    [InlineData(ReportGrouping.Week, "2026-W01 4; 2026-W06 2")]
    [InlineData(ReportGrouping.Month, "2026-01 4; 2026-02 2")]
    [InlineData(ReportGrouping.Disposition, "Quarantine 3; None 2; Pass 1")]
    [InlineData(ReportGrouping.Override, "(none) 5; Forwarded 1; Other 1")]
    [InlineData(ReportGrouping.EnvelopeFrom, "(none) 3; <> 2; bounce.example.com 1")]
    [InlineData(ReportGrouping.DkimDomain, "sendgrid.net 3; (none) 2; example.com 1; list.example 1")]
    public void Every_grouping(ReportGrouping grouping, string expected)
    {
        AggregateReport report = Report();
        AggregateReport other = Report("Other.example.", "Postfach", "x", "2026-02-02T00:00:00Z");
        AggregateReportRow[] rows =
        [
            Row(
                report,
                from: "Example.COM",
                envelopeFrom: "Bounce.Example.com",
                disposition: ReportedDisposition.Pass,
                checks: [Check("spf.protection.outlook.com")],
                signatures: [Signature("example.com"), Signature("EXAMPLE.com"), Signature("list.example")],
                reasons: [OverrideReasonType.Forwarded, OverrideReasonType.Other]),
            Row(report, "203.0.113.9", 3, from: "sub.example.com.", disposition: ReportedDisposition.Quarantine, signatures: [Signature("sendgrid.net")]),
            Row(other, "2001:db8:1:2::9", 2, from: "other.example", envelopeFrom: ""),
        ];

        PrintableList<ReportMeasure> measures = Measure(rows, grouping);

        Assert.Equal(expected, Figures(measures));
        object? value = typeof(ReportMeasure).GetProperty(grouping.ToString())!.GetValue(measures[0]);
        Assert.Equal(measures[0].Group == "(none)" ? "" : measures[0].Group, value);
    }

    [Fact]
    public void Several_groupings_nest_in_their_order()
    {
        AggregateReport january = Report();
        AggregateReport february = Report(begin: "2026-02-10T00:00:00Z");
        AggregateReport small = Report("small.example");
        PrintableList<ReportMeasure> measures = Measure(
            [Row(small, count: 9), Row(february, count: 2), Row(january, count: 8)],
            ReportGrouping.Domain,
            ReportGrouping.Month,
            ReportGrouping.Domain);

        Assert.Equal("example.com | 2026-01 8; example.com | 2026-02 2; small.example | 2026-01 9", Figures(measures));
        Assert.Equal(("example.com", "2026-02"), (measures[1].Domain, measures[1].Month));
        Assert.Equal(Time("2026-02-01T00:00:00Z"), measures[1].PeriodStart);
        Assert.Null(measures[1].Reporter);
        Assert.Equal(
            "2026-01 | small.example 9; 2026-01 | example.com 8; 2026-02 | example.com 2",
            Figures(Measure([Row(small, count: 9), Row(february, count: 2), Row(january, count: 8)], ReportGrouping.Month, ReportGrouping.Domain)));
    }

    [Fact]
    public void A_row_with_several_signatures_counts_in_each_group_but_once_in_the_total()
    {
        AggregateReportRow row = Row(count: 5, signatures: [Signature("a.example"), Signature("b.example")], reasons: [OverrideReasonType.Other, OverrideReasonType.MailingList]);

        Assert.Equal(10, Measure([row], ReportGrouping.DkimDomain).Sum(measure => measure.Messages));
        Assert.Equal(4, Measure([row], ReportGrouping.DkimDomain, ReportGrouping.Override).Count);
        Assert.Equal(5, Measure([row]).Single().Messages);
    }

    [Fact]
    public void The_largest_groups_come_in_their_order_and_the_rest_as_one()
    {
        ReportSummarizer summarizer = new(ReportGrouping.Source);
        for (int number = 1; number <= 5; number++)
        {
            summarizer.Add(Row(Report(id: "r" + number), "192.0.2." + number, number, dkim: number == 1));
        }

        PrintableList<ReportMeasure> measures = summarizer.GetMeasures(2);

        Assert.Equal("192.0.2.5 5; 192.0.2.4 4; (rest) 6", Figures(measures));
        ReportMeasure rest = measures[2];
        Assert.True(rest.IsRest);
        Assert.Null(rest.Source);
        Assert.Equal((1, 5, 3, 3), (rest.Passed, rest.Failed, rest.Sources, rest.Reports));
        Assert.Equal(15, summarizer.GetMeasures(5).Sum(measure => measure.Messages));
        Assert.DoesNotContain(summarizer.GetMeasures(5), measure => measure.IsRest);
        Assert.Throws<ArgumentOutOfRangeException>(() => summarizer.GetMeasures(0));
    }

    [Fact]
    public void Counts_stay_at_their_limit_and_say_so()
    {
        ReportSummarizer summarizer = new();
        summarizer.Add(Row(count: long.MaxValue - 1, dkim: true, reasons: OverrideReasonType.Other));
        Assert.False(summarizer.IsSaturated);
        summarizer.Add(Row(count: 5, dkim: true, reasons: OverrideReasonType.Other));

        Assert.True(summarizer.IsSaturated);
        ReportMeasure total = summarizer.GetMeasures().Single();
        Assert.Equal((long.MaxValue, long.MaxValue, 0L, long.MaxValue), (total.Messages, total.Passed, total.Failed, total.Overridden));

        ReportSummarizer split = new(ReportGrouping.Source);
        split.Add(Row(count: 10, ip: "192.0.2.9"));
        split.Add(Row(count: 8, ip: "192.0.2.8"));
        split.Add(Row(count: long.MaxValue, ip: "192.0.2.7"));
        split.Add(Row(count: long.MaxValue, ip: "192.0.2.6"));
        Assert.Equal(long.MaxValue, split.GetMeasures(1)[1].Messages);
        Assert.True(split.IsSaturated);
    }

    [Fact]
    public void Reports_are_counted_once_in_whatever_order_their_rows_come()
    {
        AggregateReport one = Report(id: "one");
        AggregateReport two = Report(id: "two");
        AggregateReport copy = Report(id: "two", path: "elsewhere.xml");
        AggregateReport nameless = Report(id: "", path: "a.xml");
        AggregateReport nameless2 = Report(id: "", path: "b.xml");

        Assert.Equal(4, Measure([Row(one), Row(two), Row(one), Row(nameless), Row(copy), Row(nameless2), Row(nameless)]).Single().Reports);
    }

    /// <summary>Whatever the rows: the groups of a grouping with one value a row add up to the total.</summary>
    [Theory]
    [InlineData(ReportGrouping.Source)]
    [InlineData(ReportGrouping.Network)]
    [InlineData(ReportGrouping.Day)]
    [InlineData(ReportGrouping.Week)]
    [InlineData(ReportGrouping.Month)]
    public void Groups_add_up_to_the_total(ReportGrouping grouping)
    {
        Prop.ForAll<(byte Source, byte Day, byte Flags)[]>(items =>
        {
            AggregateReportRow[] rows = [.. items.Select(item => Row(
                Report(id: "r" + item.Day, begin: new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(item.Day).ToString("O", CultureInfo.InvariantCulture)),
                "192.0.2." + item.Source,
                item.Flags,
                (item.Flags & 1) != 0,
                (item.Flags & 2) != 0))];
            ReportMeasure total = Measure(rows).Single();
            PrintableList<ReportMeasure> groups = Measure(rows, grouping);

            return groups.Sum(group => group.Messages) == total.Messages
                && groups.Sum(group => group.Passed) == total.Passed
                && groups.Sum(group => group.Rows) == items.Length
                && total.Passed == total.DkimAligned + total.SpfAligned - total.BothAligned
                && total.Messages == items.Sum(item => item.Flags)
                && groups.All(group => group.PassRate is null or (>= 0 and <= 1));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(ReportGrouping.Domain)]
    [InlineData(ReportGrouping.HeaderFrom)]
    [InlineData(ReportGrouping.EnvelopeFrom)]
    [InlineData(ReportGrouping.DkimDomain)]
    public void Unicode_and_ASCII_forms_of_a_domain_are_one_group(ReportGrouping grouping)
    {
        string[] forms = ["bücher.example", "BÜCHER.example.", "xn--bcher-kva.example", "XN--Bcher-KVA.Example"];
        PrintableList<ReportMeasure> groups = Measure(
            forms.Select((form, at) => Row(Report(domain: form), count: 1L << at, envelopeFrom: form, signatures: [Signature(form)])),
            grouping);

        Assert.Equal("xn--bcher-kva.example 15", Figures(groups));
    }

    [Theory]
    [InlineData("a copy", "id-1", "example.com", "2026-01-01T00:00:00Z", 1)]
    [InlineData("another identifier", "id-2", "example.com", "2026-01-01T00:00:00Z", 2)]
    [InlineData("another domain", "id-1", "example.net", "2026-01-01T00:00:00Z", 2)]
    [InlineData("another day", "id-1", "example.com", "2026-01-02T00:00:00Z", 2)]
    public void Reports_are_counted_by_what_they_are(string because, string id, string domain, string begin, int reports) =>
        Assert.True(reports == Assert.Single(Measure([Row(Report()), Row(Report(id: id, domain: domain, begin: begin, path: "b.xml"))])).Reports, because);
}

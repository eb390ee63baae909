using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Reports;
using Dmarc.Tests.Support;
using Dmarc.Text;
using FsCheck;
using FsCheck.Fluent;
using static Dmarc.Tests.Reports.MadeRows;

namespace Dmarc.Tests.Advice.Rollout;

/// <summary>Every stage of a roll-out has a case, and nothing is ever made stricter while mail of one's own fails.</summary>
public partial class RolloutAdvisorTests
{
    private const string Rua = "; rua=mailto:d@example.com";
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static LateClock Clock { get; } = new();

    private static RolloutAdvisor Advisor { get; } = new(null, Clock, TwoLabels.Instance);

    private static AggregateReport Day(int day, string record)
    {
        DmarcRecord parsed = DmarcRecordParser.Parse(record);
        return Report(
            id: "r" + day.ToString(CultureInfo.InvariantCulture),
            begin: Start.AddDays(day).ToString("O", CultureInfo.InvariantCulture),
            policy: (ReportedPolicy)((int)(parsed.Policy ?? DmarcPolicy.None) + 2 - 1),
            subdomainPolicy: parsed.SubdomainPolicy is { } sp ? (ReportedPolicy)((int)sp + 1) : null,
            testing: parsed.Testing,
            percentage: parsed.Percentage);
    }

    private static AggregateReportRow Good(AggregateReport report, long count = 100) =>
        Row(report, "192.0.2.1", count, true, true, signatures: [Signature("example.com")], checks: [Check("example.com")]);

    private static AggregateReportRow Spoof(AggregateReport report, string ip = "203.0.113.66", string? from = null) =>
        Row(report, ip, 3, from: from, checks: [Check("spam.example", AuthenticationResult.Fail)]);

    /// <summary>A service that sends for the domain and does not align: it signs with its own domain.</summary>
    private static AggregateReportRow Service(AggregateReport report, string? from = null) =>
        Row(report, "198.51.100.7", 20, from: from, signatures: [Signature("sendgrid.net")], checks: [Check("sendgrid.net")]);

    private static AggregateReportRow Unevaluated(AggregateReport report, long count)
    {
        RecordValues values = new();
        values.Clear();
        (values.SourceIP, values.Count, values.HeaderFrom) = ("192.0.2.1", count, "example.com");
        return new AggregateReportRow(report, values);
    }

    private static RolloutObservations Observe(IEnumerable<AggregateReportRow> source)
    {
        // Asked on the day after the last report that is not of the far future.
        List<AggregateReportRow> rows = [.. source];
        Clock.UtcNow = rows.Where(row => row.End < Start.AddYears(2)).Select(row => new DateTimeOffset(row.End!.Value, TimeSpan.Zero)).DefaultIfEmpty(new DateTimeOffset(Start, TimeSpan.Zero)).Max().AddDays(1);
        RolloutObservations observations = new("example.com", Clock);
        foreach (AggregateReportRow row in rows)
        {
            observations.Add(row);
        }

        return observations;
    }

    private static DmarcRecordResult Published(string record) => new DmarcRecordInspector(null).InspectText(record, DomainName.Parse("example.com"));

    private static RolloutResult Advise(string record, int days, Func<AggregateReport, AggregateReportRow[]> rows, string? reported = null) =>
        Advisor.Advise(
            Observe(Enumerable.Range(0, days).SelectMany(day => rows(Day(day, reported ?? record)))),
            Published(record));

    [Theory]
    [InlineData("v=DMARC1; p=none" + Rua, 30, RolloutVerdict.Advance, RolloutStage.Monitor, "v=DMARC1; p=quarantine; t=y" + Rua)]
    [InlineData("v=DMARC1; p=none" + Rua, 5, RolloutVerdict.Wait, RolloutStage.Monitor, "v=DMARC1; p=none" + Rua)]
    [InlineData("v=DMARC1; p=none", 30, RolloutVerdict.StartReporting, RolloutStage.Monitor, "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.com")]
    [InlineData("v=DMARC1; p=quarantine; t=y" + Rua, 10, RolloutVerdict.Advance, RolloutStage.QuarantineTest, "v=DMARC1; p=quarantine" + Rua)]
    [InlineData("v=DMARC1; p=quarantine; t=y" + Rua, 4, RolloutVerdict.Wait, RolloutStage.QuarantineTest, "v=DMARC1; p=quarantine; t=y" + Rua)]
    [InlineData("v=DMARC1; p=quarantine" + Rua, 20, RolloutVerdict.Advance, RolloutStage.Quarantine, "v=DMARC1; p=reject; t=y" + Rua)]
    [InlineData("v=DMARC1; p=quarantine" + Rua, 13, RolloutVerdict.Wait, RolloutStage.Quarantine, "v=DMARC1; p=quarantine" + Rua)]
    [InlineData("v=DMARC1; p=quarantine; pct=20" + Rua, 20, RolloutVerdict.Advance, RolloutStage.Quarantine, "v=DMARC1; p=quarantine" + Rua)]
    [InlineData("v=DMARC1; p=none; pct=20" + Rua, 20, RolloutVerdict.Advance, RolloutStage.Monitor, "v=DMARC1; p=quarantine; t=y" + Rua)]
    [InlineData("v=DMARC1; p=quarantine; sp=none; np=reject" + Rua, 20, RolloutVerdict.Advance, RolloutStage.Quarantine, "v=DMARC1; p=reject; sp=none; np=reject; t=y" + Rua)]
    [InlineData("v=DMARC1; p=reject; t=y" + Rua, 8, RolloutVerdict.Advance, RolloutStage.RejectTest, "v=DMARC1; p=reject" + Rua)]
    [InlineData("v=DMARC1; p=reject" + Rua, 8, RolloutVerdict.Complete, RolloutStage.Reject, "v=DMARC1; p=reject" + Rua)]
    [InlineData("v=DMARC1; p=reject; pct=50" + Rua, 8, RolloutVerdict.Advance, RolloutStage.Reject, "v=DMARC1; p=reject" + Rua)]
    [InlineData("v=DMARC1; p=reject; sp=none" + Rua, 8, RolloutVerdict.Advance, RolloutStage.Reject, "v=DMARC1; p=reject; sp=quarantine" + Rua)]
    [InlineData("v=DMARC1; p=reject; np=none" + Rua, 8, RolloutVerdict.Advance, RolloutStage.Reject, "v=DMARC1; p=reject; np=reject" + Rua)]
    [InlineData("v=DMARC1; p=reject; sp=reject" + Rua, 8, RolloutVerdict.Complete, RolloutStage.Reject, "v=DMARC1; p=reject; sp=reject" + Rua)]
    public void Every_stage_of_a_sender_whose_mail_passes(string record, int days, RolloutVerdict verdict, RolloutStage stage, string next)
    {
        RolloutResult result = Advise(record, days, report => [Good(report), Spoof(report)]);

        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(stage, result.Stage);
        Assert.Equal(next, result.NextRecord);
        Assert.Equal(verdict is RolloutVerdict.Advance or RolloutVerdict.StartReporting, result.Draft is not null);
        Assert.Equal(days, result.DaysAtStage);
        Assert.Equal(days * 103, result.MessagesAtStage);
        Assert.Equal(RolloutStatus.Ready, result.Status);
        Assert.NotEmpty(result.Reasons);
        Assert.Equal(record, result.CurrentRecord);
    }

    /// <summary>More sources than are kept apart: one of those that were not might be the owner's own.</summary>
    [Theory]
    [InlineData(99_999, RolloutVerdict.Advance)]
    [InlineData(100_000, RolloutVerdict.Wait)]
    public void Sources_that_were_not_kept_apart_hold_the_stage(int strangers, RolloutVerdict verdict)
    {
        RolloutResult result = Advise(
            "v=DMARC1; p=none" + Rua,
            30,
            report => report.ReportId == "r0"
                ? [Good(report), .. Enumerable.Range(0, strangers).Select(at => Spoof(report, "no address " + at))]
                : [Good(report)]);

        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(verdict == RolloutVerdict.Wait, result.Findings.Any(finding => finding.Code == RolloutFindings.EvidenceIncomplete.Code));
    }

    /// <summary>Where no address in rua can receive reports, those that come show nothing of most receivers.</summary>
    [Theory]
    [InlineData("p=none", null, DnsStatus.NoData, "has not agreed")]
    [InlineData("p=reject", null, DnsStatus.NoData, "has not agreed")]
    [InlineData("p=none", "v=DMARC1", DnsStatus.NxDomain, "does not exist")]
    [InlineData("p=none", "v=DMARC1", DnsStatus.NoError, null)]
    [InlineData("p=none", "v=DMARC1", DnsStatus.ServFail, null)]
    public async Task Reports_that_cannot_arrive_come_first(string tags, string? agreement, DnsStatus exchanges, string? why)
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; " + tags + "; rua=mailto:d@agency.test").Txt("agency.test", "hello");
        resolver = agreement is null ? resolver : resolver.Txt("example.com._report._dmarc.agency.test", agreement);
        resolver = exchanges == DnsStatus.NoError || agreement is null ? resolver.Mx("agency.test", "mx.agency.test").Address("mx.agency.test", "192.0.2.1")
            : resolver.Fails("agency.test", DnsRecordType.MX, exchanges);
        DmarcRecordResult record = await new DmarcRecordInspector(resolver).InspectAsync(DomainName.Parse("example.com"));
        RolloutResult result = Advisor.Advise(Observe(Enumerable.Range(0, 30).Select(day => Good(Day(day, record.Record!)))), record);

        Assert.Equal(why is null ? RolloutVerdict.Advance : RolloutVerdict.StartReporting, result.Verdict);
        Assert.Equal(exchanges == DnsStatus.ServFail ? DnsFailure.ServerFailure : null, result.DnsFailure);
        if (why is not null)
        {
            Assert.Contains(why, Assert.Single(result.Reasons), StringComparison.Ordinal);
            Assert.Equal("v=DMARC1; " + tags + "; rua=mailto:dmarc-reports@example.com", result.NextRecord);
        }
    }

    [Theory]
    [InlineData("v=DMARC1; p=none" + Rua)]
    [InlineData("v=DMARC1; p=none; sp=reject" + Rua)]
    [InlineData("v=DMARC1; p=quarantine; t=y" + Rua)]
    [InlineData("v=DMARC1; p=quarantine" + Rua)]
    [InlineData("v=DMARC1; p=quarantine; pct=5" + Rua)]
    [InlineData("v=DMARC1; p=reject; t=y" + Rua)]
    [InlineData("v=DMARC1; p=reject; sp=none" + Rua)]
    [InlineData("v=DMARC1; p=reject" + Rua)]
    public void A_service_that_does_not_align_holds_every_stage(string record)
    {
        RolloutResult result = Advise(record, 120, report => [Good(report), Service(report)]);

        Assert.Equal(RolloutVerdict.FixSources, result.Verdict);
        Assert.Equal(record, result.NextRecord);
        Assert.Null(result.Draft);
        RolloutSource source = Assert.Single(result.BlockingSources);
        Assert.Equal((SourceClass.KnownServiceNotAligned, 2400L, true), (source.Class, source.Failed, source.IsBlocking));
        Assert.Contains("SendGrid", source.Service, StringComparison.Ordinal);
        Assert.NotEmpty(source.Remedy);
        string code = DmarcRecordParser.Parse(record) is { Policy: DmarcPolicy.None } or { Policy: DmarcPolicy.Quarantine, Testing: true } ? "RolloutSourceBlocks" : "RolloutSourceHit";
        Assert.Equal(code, result.Findings[0].Code);
        Assert.Equal(source.Remedy, result.Findings[0].Remedy);
    }

    [Fact]
    public void A_service_that_was_mended_holds_nothing_any_more()
    {
        RolloutResult result = Advisor.Advise(
            Observe(Enumerable.Range(0, 60).SelectMany(day => new[]
            {
                Good(Day(day, "v=DMARC1; p=none")),
                day < 30
                    ? Service(Day(day, "v=DMARC1; p=none"))
                    : Row(Day(day, "v=DMARC1; p=none"), "198.51.100.7", 20, true, signatures: [Signature("example.com"), Signature("sendgrid.net")], checks: [Check("sendgrid.net")]),
            })),
            Published("v=DMARC1; p=none" + Rua));

        Assert.Equal(RolloutVerdict.Advance, result.Verdict);
        Assert.Empty(result.BlockingSources);
        Assert.Equal(600, result.Impact.Single().Failed);
        Assert.Equal(Start.AddDays(30).AddSeconds(-1), result.Impact[0].LastFailed);
    }

    [Fact]
    public void The_weeks_may_come_in_any_order()
    {
        List<AggregateReportRow> rows = [.. Enumerable.Range(0, 60).SelectMany(day => new[]
        {
            Good(Day(day, "v=DMARC1; p=none")),
            day < 30 ? Good(Day(day, "v=DMARC1; p=none")) : Service(Day(day, "v=DMARC1; p=none")),
        })];
        rows.Reverse();

        Assert.Equal(RolloutVerdict.FixSources, Advisor.Advise(Observe(rows), Published("v=DMARC1; p=none" + Rua)).Verdict);
    }

    [Fact]
    public void A_service_gone_for_three_months_holds_nothing()
    {
        RolloutResult result = Advise("v=DMARC1; p=none" + Rua, 120, report =>
            report.Begin < Start.AddDays(20) ? [Good(report), Service(report)] : [Good(report)]);

        Assert.Equal(RolloutVerdict.Advance, result.Verdict);
    }

    [Fact]
    public void Nothing_known_and_forwarders_do_not_hold_back_but_are_told()
    {
        RolloutResult result = Advise("v=DMARC1; p=quarantine" + Rua, 30, report =>
        [
            Good(report),
            Spoof(report),
            Row(report, "198.51.100.9", 2, signatures: [Signature("example.com", AuthenticationResult.Fail)], checks: [Check("list.example")], reasons: OverrideReasonType.MailingList),
        ]);

        Assert.Equal(RolloutVerdict.Advance, result.Verdict);
        Assert.Contains(result.Findings, finding => finding.Code == "RolloutForwarded");
        Assert.Equal((RolloutStage.Reject, 150L, 60L), (result.ImpactStage, result.ImpactMessages, result.ImpactForwardedMessages));
        Assert.Equal(150, result.Impact.Sum(source => source.WouldReject));
        Assert.Equal(0, result.Impact.Sum(source => source.WouldQuarantine));
    }

    [Fact]
    public void A_parked_domain_goes_to_reject_at_once()
    {
        RolloutResult result = Advise("v=DMARC1; p=none; sp=none; np=none" + Rua, 20, report => [Spoof(report, Elsewhere(report)), Spoof(report, Elsewhere(report, 100))]);

        Assert.Equal((RolloutVerdict.Advance, RolloutStage.Reject), (result.Verdict, result.NextStage));
        Assert.Equal("v=DMARC1; p=reject; sp=reject; np=reject" + Rua, result.NextRecord);
        Assert.Equal("RolloutParked", result.Findings[0].Code);
        Assert.Equal(RolloutVerdict.Wait, Advise("v=DMARC1; p=none" + Rua, 5, report => [Spoof(report, Elsewhere(report))]).Verdict);
        Assert.Equal(RolloutVerdict.Complete, Advise("v=DMARC1; p=reject" + Rua, 20, report => [Spoof(report)]).Verdict);
    }

    /// <summary>A domain that has neither SPF nor DKIM yet, or a server that both lack, is not taken for one that sends no mail.</summary>
    [Theory]
    [InlineData("example.com", AuthenticationResult.None)]
    [InlineData("example.com", AuthenticationResult.Fail)]
    [InlineData("example.com", AuthenticationResult.SoftFail)]
    [InlineData("host.example", AuthenticationResult.Pass)]
    public void A_server_from_which_nothing_passes_is_not_taken_for_spoofing(string mailFrom, AuthenticationResult spf)
    {
        RolloutResult result = Advise("v=DMARC1; p=none" + Rua, 40, report =>
            [Row(report, "192.0.2.1", 100, checks: [Check(mailFrom, spf)]), Spoof(report, Elsewhere(report))]);

        Assert.Equal(RolloutVerdict.FixSources, result.Verdict);
        Assert.Null(result.Draft);
        Assert.Equal("RolloutSourceUnclear", result.Findings[0].Code);
        Assert.Contains("192.0.2.1'", result.Findings[0].Remedy, StringComparison.Ordinal);
        Assert.Equal("192.0.2.1", Assert.Single(result.BlockingSources).Source);
    }

    [Theory]
    [InlineData(40, AuthenticationResult.Fail, "example.com", RolloutVerdict.FixSources)]
    [InlineData(40, AuthenticationResult.None, "bounce.example.com", RolloutVerdict.FixSources)]
    [InlineData(3, AuthenticationResult.Fail, "example.com", RolloutVerdict.Advance)]
    [InlineData(40, AuthenticationResult.Fail, "spam.example", RolloutVerdict.Advance)]
    public void Beside_mail_that_passes_an_unknown_server_holds_where_it_is_steady_and_has_the_MAIL_FROM(int count, AuthenticationResult spf, string mailFrom, RolloutVerdict verdict)
    {
        AggregateReportRow[] Rows(AggregateReport report) => [Good(report), Row(report, "203.0.113.9", count, checks: [Check(mailFrom, spf)])];

        Assert.Equal(verdict, Advise("v=DMARC1; p=none" + Rua, 30, Rows).Verdict);

        // Receivers have acted on it for a month: its owner would have noticed.
        Assert.Equal(RolloutVerdict.Advance, Advise("v=DMARC1; p=quarantine" + Rua, 30, Rows).Verdict);
    }

    [Fact]
    public void Reports_with_nothing_but_broken_signatures_hold_too() =>
        Assert.Equal("RolloutSourceUnclear", Advise("v=DMARC1; p=none" + Rua, 30, report =>
            [Good(report), Row(report, "203.0.113.9", 40, signatures: [Signature("example.com", AuthenticationResult.Fail)])]).Findings[0].Code);

    [Fact]
    public void A_server_that_signs_a_part_and_that_SPF_lacks_is_not_taken_for_a_forwarder()
    {
        RolloutResult result = Advise("v=DMARC1; p=none" + Rua, 30, report =>
        [
            Good(report),
            Row(report, "203.0.113.9", 30, true, signatures: [Signature("example.com")], checks: [Check("example.com", AuthenticationResult.SoftFail)]),
            Row(report, "203.0.113.9", 20, checks: [Check("example.com", AuthenticationResult.SoftFail)]),
        ]);

        Assert.Equal((RolloutVerdict.FixSources, "RolloutSourceUnclear"), (result.Verdict, result.Findings[0].Code));
    }

    [Fact]
    public void Days_without_reports_are_no_observation()
    {
        RolloutResult result = Advisor.Advise(
            Observe(new[] { 0, 1, 2, 59, 60 }.Select(day => Good(Day(day, "v=DMARC1; p=none"), 400_000))),
            Published("v=DMARC1; p=none" + Rua));

        Assert.Equal((SenderSize.Large, 61, 5, RolloutVerdict.Wait), (result.Size, result.DaysAtStage, result.ReportedDaysAtStage, result.Verdict));
        Assert.Equal("RolloutFewReports", result.Findings[0].Code);
    }

    [Fact]
    public void Spoofing_that_moves_from_address_to_address_holds_nothing() =>
        Assert.Equal(RolloutVerdict.Advance, Advise("v=DMARC1; p=none" + Rua, 30, report =>
            [Good(report), Row(report, Elsewhere(report), 40, checks: [Check("example.com", AuthenticationResult.Fail)])]).Verdict);

    /// <summary>Sums that ran over would be negative, and a source with them would fail nothing.</summary>
    [Fact]
    public void Made_up_numbers_do_not_hide_a_source_that_fails()
    {
        AggregateReportRow Huge(AggregateReport report) =>
            Row(report, "198.51.100.7", long.MaxValue, signatures: [Signature("sendgrid.net")], checks: [Check("sendgrid.net")]);

        RolloutResult result = Advise("v=DMARC1; p=none" + Rua, 40, report => [Good(report), Huge(report), Huge(report)]);

        Assert.Equal(RolloutVerdict.FixSources, result.Verdict);
        Assert.Equal(long.MaxValue, result.BlockingSources[0].Failed);
    }

    [Fact]
    public void Strict_alignment_that_fails_mail_of_ones_own_holds_and_is_no_parked_domain()
    {
        RolloutResult result = Advise("v=DMARC1; p=none; aspf=s; adkim=s" + Rua, 40, report =>
            [Row(report, Elsewhere(report), 9, signatures: [Signature("mail.example.com")], checks: [Check("mail.example.com")])]);

        Assert.Equal(RolloutVerdict.FixSources, result.Verdict);
        Assert.Contains("adkim=r", result.BlockingSources[0].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_SPF_record_is_mended_before_anything_is_made_stricter()
    {
        RolloutResult result = Advise("v=DMARC1; p=none" + Rua, 40, report =>
            [Good(report, 50), Row(report, Elsewhere(report), 9, checks: [Check("example.com", AuthenticationResult.PermError)])]);

        Assert.Equal((RolloutVerdict.FixSources, "RolloutSpfBroken"), (result.Verdict, result.Findings[0].Code));
        Assert.Null(result.Draft);
    }

    [Theory]
    [InlineData(10, RolloutVerdict.Advance)]
    [InlineData(60, RolloutVerdict.Advance)]
    [InlineData(120, RolloutVerdict.Wait)]
    public void Reports_of_long_ago_advance_nothing(int daysLater, RolloutVerdict verdict)
    {
        RolloutObservations observations = Observe(Enumerable.Range(0, 30).Select(day => Good(Day(day, "v=DMARC1; p=none"))));
        Clock.UtcNow = Start.AddDays(30 + daysLater);
        RolloutResult result = Advisor.Advise(observations, Published("v=DMARC1; p=none" + Rua));

        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(daysLater > 14, result.Findings.Any(finding => finding.Code == "RolloutReportsOld"));
        Assert.Equal(verdict == RolloutVerdict.Wait, result.NextRecord == result.CurrentRecord);
    }

    /// <summary>Another address on each day.</summary>
    private static string Elsewhere(AggregateReport report, int offset = 0) =>
        "203.0.113." + (offset + (report.Begin!.Value - Start).Days).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public void Reject_does_not_rest_on_SPF_alone()
    {
        RolloutResult result = Advise("v=DMARC1; p=quarantine" + Rua, 30, report =>
            [Row(report, "192.0.2.1", 100, spf: true, checks: [Check("example.com")])]);

        Assert.Equal(RolloutVerdict.FixSources, result.Verdict);
        Assert.Equal("RolloutSpfAlone", result.Findings[0].Code);
    }

    /// <summary>The worse case is not the silent one.</summary>
    [Theory]
    [InlineData("none", 1)]
    [InlineData("quarantine; t=y", 1)]
    [InlineData("quarantine", 0)]
    [InlineData("reject; t=y", 0)]
    [InlineData("reject", 1)]
    public void That_nothing_is_signed_is_told_at_every_stage(string policy, int notes)
    {
        RolloutResult result = Advise("v=DMARC1; p=" + policy + Rua, 30, report =>
            [Row(report, "192.0.2.1", 100, spf: true, checks: [Check("example.com")])]);

        Assert.Equal(notes, result.Findings.Count(finding => finding.Code == "RolloutSpfOnly"));
        Assert.Equal(1 - notes, result.Findings.Count(finding => finding.Code == "RolloutSpfAlone"));
    }

    [Fact]
    public void A_large_sender_stays_longer()
    {
        Assert.Equal(SenderSize.Large, Advise("v=DMARC1; p=none" + Rua, 20, report => [Good(report, 5_000)]).Size);
        Assert.Equal(RolloutVerdict.Wait, Advise("v=DMARC1; p=none" + Rua, 20, report => [Good(report, 5_000)]).Verdict);
        Assert.Equal(8, Advise("v=DMARC1; p=none" + Rua, 20, report => [Good(report, 5_000)]).RemainingDays);
        Assert.Equal(SenderSize.Small, Advise("v=DMARC1; p=none" + Rua, 20, report => [Good(report, 4_000)]).Size);
        Assert.Equal(
            SenderSize.Large,
            Advise("v=DMARC1; p=none" + Rua, 20, report => [.. Enumerable.Range(0, 10).Select(number => Row(report, "192.0.2." + number, 5, true, from: "s" + number + ".example.com"))]).Size);
    }

    [Fact]
    public void Subdomains_have_their_own_policy_and_impact()
    {
        RolloutResult result = Advise("v=DMARC1; p=quarantine; sp=none" + Rua, 30, report =>
            [Good(report), Spoof(report), Service(report, "news.example.com"), Spoof(report, from: "gone.example.com")]);

        Assert.Equal(RolloutVerdict.FixSources, result.Verdict);
        RolloutSubdomain news = Assert.Single(result.Subdomains, subdomain => subdomain.Name == "news.example.com");
        Assert.Equal((DmarcPolicy.None, DmarcPolicy.None, 600L, 0L, true), (news.Policy, news.NextPolicy, news.Failed, news.WouldReject, news.IsBlocking));
        RolloutSubdomain own = Assert.Single(result.Subdomains, subdomain => subdomain.Name == "example.com");
        Assert.Equal((DmarcPolicy.Quarantine, DmarcPolicy.Reject, 90L), (own.Policy, own.NextPolicy, own.WouldReject));
        Assert.Contains(result.Findings, finding => finding.Code == "RolloutSubdomainsHold" && finding.Remedy.Contains("_dmarc.news.example.com", StringComparison.Ordinal));
        Assert.Contains(result.Findings, finding => finding.Code == "RolloutSubdomainsLag");
        Assert.Contains(
            Advise("v=DMARC1; p=none" + Rua, 30, report => [Good(report), Spoof(report, from: "gone.example.com")]).Findings,
            finding => finding.Code == "RolloutSubdomainsUnused");
    }

    [Fact]
    public void A_stage_counts_from_the_day_on_which_most_reports_show_it()
    {
        RolloutObservations observations = Observe(Enumerable.Range(0, 40).SelectMany(day => new[]
        {
            Good(Day(day, day < 20 ? "v=DMARC1; p=none" : "v=DMARC1; p=quarantine")),
            Good(Day(day, day < 20 ? "v=DMARC1; p=none" : "v=DMARC1; p=quarantine")),
            Good(Day(day, "v=DMARC1; p=none")),
        }));
        RolloutResult result = Advisor.Advise(observations, Published("v=DMARC1; p=quarantine" + Rua));

        Assert.Equal(Start.AddDays(20), result.StageSince);
        Assert.Equal((20, 20, 6000L), (result.DaysAtStage, result.ReportedDaysAtStage, result.MessagesAtStage));
    }

    [Fact]
    public void Reports_that_do_not_speak_of_test_mode_count_for_either()
    {
        RolloutObservations observations = Observe(Enumerable.Range(0, 10).Select(day => Good(Report(
            begin: Start.AddDays(day).ToString("O", CultureInfo.InvariantCulture), policy: ReportedPolicy.Quarantine, id: "r" + day))));

        Assert.Equal(10, Advisor.Advise(observations, Published("v=DMARC1; p=quarantine; t=y" + Rua)).DaysAtStage);
        Assert.Equal(10, Advisor.Advise(observations, Published("v=DMARC1; p=quarantine" + Rua)).DaysAtStage);
        Assert.Equal(0, Advisor.Advise(observations, Published("v=DMARC1; p=none" + Rua)).DaysAtStage);
    }

    [Fact]
    public void A_record_newer_than_the_reports_waits_for_new_ones()
    {
        RolloutResult result = Advise("v=DMARC1; p=quarantine" + Rua, 30, report => [Good(report)], "v=DMARC1; p=none");

        Assert.Equal((RolloutVerdict.Wait, 0), (result.Verdict, result.DaysAtStage));
        Assert.Contains(result.Findings, finding => finding.Code == "RolloutChangedSince");
    }

    [Fact]
    public void Without_a_record_at_hand_the_policy_of_the_latest_report_goes()
    {
        RolloutResult result = Advisor.Advise(Observe(Enumerable.Range(0, 30).Select(day => Good(Day(day, "v=DMARC1; p=none; sp=quarantine")))));

        Assert.Equal((RolloutVerdict.Advance, RolloutRecordOrigin.Reports), (result.Verdict, result.RecordOrigin));
        Assert.Equal((DmarcPolicy.None, DmarcPolicy.Quarantine), (result.Policy, result.SubdomainPolicy));
        Assert.Null(result.NextRecord);
        Assert.Null(result.Draft);
        Assert.Contains(result.Findings, finding => finding.Code == "RolloutPolicyFromReports");
    }

    [Theory]
    [InlineData(DmarcRecordStatus.NotFound, RolloutStatus.NoRecord, RolloutVerdict.StartReporting)]
    [InlineData(DmarcRecordStatus.DomainNotFound, RolloutStatus.NoRecord, RolloutVerdict.StartReporting)]
    [InlineData(DmarcRecordStatus.Multiple, RolloutStatus.RecordInvalid, RolloutVerdict.FixRecord)]
    [InlineData(DmarcRecordStatus.Invalid, RolloutStatus.RecordInvalid, RolloutVerdict.FixRecord)]
    [InlineData(DmarcRecordStatus.DnsFailure, RolloutStatus.DnsFailure, RolloutVerdict.Unknown, DnsFailure.Timeout)]
    [InlineData(DmarcRecordStatus.DnsFailure, RolloutStatus.DnsFailure, RolloutVerdict.Unknown, DnsFailure.ServerFailure)]
    [InlineData(DmarcRecordStatus.DnsFailure, RolloutStatus.DnsFailure, RolloutVerdict.Unknown, DnsFailure.Refused)]
    [InlineData(DmarcRecordStatus.DnsFailure, RolloutStatus.DnsFailure, RolloutVerdict.Unknown, DnsFailure.Malformed)]
    [InlineData(DmarcRecordStatus.DnsFailure, RolloutStatus.DnsFailure, RolloutVerdict.Unknown, DnsFailure.NetworkError)]
    public void A_record_that_is_not_there_and_one_that_is_not_known_are_two_things(DmarcRecordStatus search, RolloutStatus status, RolloutVerdict verdict, DnsFailure? failure = null)
    {
        RolloutResult result = Advisor.Advise(
            Observe(Enumerable.Range(0, 30).Select(day => Good(Day(day, "v=DMARC1; p=none")))),
            new DmarcRecordResult { Domain = "example.com", Status = search, DnsFailure = failure });

        Assert.Equal((status, verdict, failure), (result.Status, result.Verdict, result.DnsFailure));
        Assert.Null(result.Stage);
        Assert.Equal(verdict != RolloutVerdict.Unknown, result.NextRecord is not null);
        Assert.Equal(failure is not null, result.Findings.Any(finding => finding.Code == "RolloutRecordUnknown" && finding.Message.Contains($"(Dns{failure})", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_void_record_that_is_mended_begins_at_none()
    {
        RolloutResult result = Advisor.Advise(
            Observe([]),
            new DmarcRecordResult
            {
                Domain = "example.com",
                Status = DmarcRecordStatus.Invalid,
                ParsedRecord = DmarcRecordParser.Parse("v=DMARC1; p=reject; sp=reject; p=reject" + Rua),
                RecordDomain = "example.com",
            });

        Assert.Equal("v=DMARC1; p=none; sp=none" + Rua, result.NextRecord);
    }

    [Fact]
    public void Without_reports_nothing_is_advised()
    {
        RolloutResult result = Advisor.Advise(Observe([]), Published("v=DMARC1; p=none" + Rua));

        Assert.Equal((RolloutStatus.NoReports, RolloutVerdict.Unknown, RolloutStage.Monitor), (result.Status, result.Verdict, result.Stage));
        Assert.Equal("v=DMARC1; p=none" + Rua, result.NextRecord);
        Assert.Equal((RolloutStatus.NoReports, RolloutVerdict.Unknown), (Advisor.Advise(Observe([])).Status, Advisor.Advise(Observe([])).Verdict));
    }

    /// <summary>Mail that no report evaluates gives no advice and is counted, alone and beside other mail.</summary>
    [Theory]
    [InlineData(0, RolloutVerdict.Unknown)]
    [InlineData(30, RolloutVerdict.Advance)]
    public void Messages_that_no_report_evaluates_are_left_out_and_counted(int days, RolloutVerdict verdict)
    {
        const string Record = "v=DMARC1; p=none" + Rua;
        IEnumerable<AggregateReportRow> rows = Enumerable.Range(0, days).Select(day => Good(Day(day, Record)));
        RolloutResult result = Advisor.Advise(Observe(rows.Append(Unevaluated(Day(0, Record), 5))), Published(Record));

        Assert.Equal((verdict, days * 100L), (result.Verdict, result.Messages));
        Assert.Contains("5 messages", Assert.Single(result.Findings, finding => finding.Code == "RolloutNotEvaluated").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Findings, finding => finding.Code == "RolloutNoReports");
    }

    [Fact]
    public void Temporary_errors_are_told_by_reporter()
    {
        RolloutResult result = Advise("v=DMARC1; p=none" + Rua, 30, report =>
            [Good(report), Row(report, "192.0.2.1", 5, true, signatures: [Signature("example.com")], checks: [Check("example.com", AuthenticationResult.TempError)])]);

        Assert.Equal(new RolloutTemporaryErrors("Reporter", 3150, 150, 0), Assert.Single(result.TemporaryErrors));
        Assert.Contains(result.Findings, finding => finding.Code == "RolloutTemporaryErrors");
    }

    [Theory]
    [InlineData("v=DMARC1; p=none" + Rua, false)]
    [InlineData("v=DMARC1; p=quarantine; t=y" + Rua, false)]
    [InlineData("v=DMARC1; p=quarantine; sp=none" + Rua, false)]
    [InlineData("v=DMARC1; p=quarantine; pct=50" + Rua, false)]
    [InlineData("v=DMARC1; p=quarantine" + Rua, true)]
    [InlineData("v=DMARC1; p=reject; sp=quarantine" + Rua, true)]
    public void Ready_for_BIMI(string record, bool ready)
    {
        RolloutResult result = Advise(record, 5, report => [Good(report)]);

        Assert.Equal(ready, result.IsBimiReady);
        Assert.Equal(ready, result.BimiReason!.Length == 0);
    }

    [Fact]
    public void Reports_of_the_future_and_without_dates_move_no_clock()
    {
        RolloutResult result = Advisor.Advise(
            Observe([Good(Report(begin: "2099-01-01T00:00:00Z")), Good(Day(1, "v=DMARC1; p=none")), Good(new AggregateReport("x", TwoLabels.Instance) { Domain = "example.com" })]),
            Published("v=DMARC1; p=none" + Rua));

        Assert.Equal((1, 300L), (result.DaysAtStage, result.Messages));
        Assert.Equal(Start.AddDays(2).AddSeconds(-1), result.LastSeen);
        Assert.Equal(RolloutVerdict.Wait, result.Verdict);
    }

    [Fact]
    public void Reports_without_dates_advance_nothing() =>
        Assert.Equal("RolloutReportsUndated", Advisor.Advise(
            Observe([Good(new AggregateReport("x", TwoLabels.Instance) { Domain = "example.com", WrittenPolicy = ReportedPolicy.None })]),
            Published("v=DMARC1; p=none" + Rua)).Findings[0].Code);

    /// <summary>Whatever the record and the reports: with a source of one's own that fails, no policy is made stricter.</summary>
    [Fact]
    public void No_policy_is_made_stricter_while_a_source_of_ones_own_fails()
    {
        string[] records =
        [
            "v=DMARC1; p=none", "v=DMARC1; p=none; sp=reject", "v=DMARC1; p=quarantine; t=y", "v=DMARC1; p=quarantine", "v=DMARC1; p=quarantine; pct=0",
            "v=DMARC1; p=quarantine; sp=none", "v=DMARC1; p=reject; t=y; sp=none", "v=DMARC1; p=reject", "v=DMARC1; p=reject; sp=none; np=none", "v=DMARC1; p=reject; pct=1",
            "v=DMARC1; sp=reject", "v=DMARC1; p=none; p=reject",
        ];
        Prop.ForAll<(byte Record, bool HasRua, byte Days, byte Kind)[], byte, bool>((rows, choice, asks) =>
        {
            string text = records[choice % records.Length] + (asks ? Rua : "");
            DmarcRecordResult published = Published(text);
            List<AggregateReportRow> made = [];
            for (int index = 0; index < rows.Length; index++)
            {
                AggregateReport report = Day(rows[index].Days, rows[index].HasRua ? text : records[rows[index].Record % records.Length]);
                made.Add((rows[index].Kind % 5) switch { 0 => Service(report), 1 => Spoof(report), 2 => Service(report, "news.example.com"), _ => Good(report) });
            }

            // One that fails to the very end.
            made.AddRange(Enumerable.Range(200, 40).Select(day => Service(Day(day, text))));
            RolloutResult result = Advisor.Advise(Observe(made), published);

            DmarcRecord before = DmarcRecordParser.Parse(text);
            DmarcRecord after = DmarcRecordParser.Parse(result.NextRecord!);
            return result.Verdict is not (RolloutVerdict.Advance or RolloutVerdict.Complete or RolloutVerdict.Wait)
                && Applied(after, false) <= Applied(before, false)
                && Applied(after, true) <= Applied(before, true)
                && (after.Percentage <= before.Percentage || Applied(after, false) < Applied(before, false) || Applied(after, false) == DmarcPolicy.None);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_failure_without_a_believable_date_is_not_taken_for_an_old_one()
    {
        List<AggregateReportRow> rows = [.. Enumerable.Range(0, 120).Select(day => Good(Day(day, "v=DMARC1; p=none")))];
        rows.Add(Service(Day(0, "v=DMARC1; p=none")));
        Assert.Equal(RolloutVerdict.Advance, Advisor.Advise(Observe(rows), Published("v=DMARC1; p=none" + Rua)).Verdict);

        rows.Add(Service(Report(begin: "2099-01-01T00:00:00Z")));
        Assert.Equal(RolloutVerdict.FixSources, Advisor.Advise(Observe(rows), Published("v=DMARC1; p=none" + Rua)).Verdict);
    }

    /// <summary>Each test has its own time: these tests also run inside of others.</summary>
    private sealed class LateClock : IClock
    {
        private readonly AsyncLocal<DateTimeOffset?> _now = new();

        public DateTimeOffset UtcNow
        {
            get => _now.Value ?? new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            set => _now.Value = value;
        }
    }

    private static DmarcPolicy Applied(DmarcRecord record, bool isSubdomain)
    {
        if (!record.IsUsable || record.HasFaultyPolicy)
        {
            return DmarcPolicy.None;
        }

        DmarcPolicy policy = (isSubdomain ? record.SubdomainPolicy : null) ?? record.Policy!.Value;
        return record.Testing ? policy.OneLevelDown() : policy;
    }
}

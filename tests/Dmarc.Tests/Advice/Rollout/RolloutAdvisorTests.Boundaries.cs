using Dmarc.Advice.Audit;
using Dmarc.Advice.Rollout;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards;
using Dmarc.Tests.Support;
using static Dmarc.Tests.Reports.MadeRows;

namespace Dmarc.Tests.Advice.Rollout;

/// <summary>One case at each limit, and one beyond it.</summary>
public partial class RolloutAdvisorTests
{
    [Theory]
    [InlineData("v=DMARC1; p=none", 14, 100, true)]
    [InlineData("v=DMARC1; p=none", 13, 100, false)]
    [InlineData("v=DMARC1; p=quarantine; t=y", 7, 100, true)]
    [InlineData("v=DMARC1; p=quarantine; t=y", 6, 100, false)]
    [InlineData("v=DMARC1; p=quarantine", 14, 100, true)]
    [InlineData("v=DMARC1; p=quarantine", 13, 100, false)]
    [InlineData("v=DMARC1; p=reject; t=y", 7, 100, true)]
    [InlineData("v=DMARC1; p=reject; t=y", 6, 100, false)]
    [InlineData("v=DMARC1; p=none", 28, 5_000, true)]
    [InlineData("v=DMARC1; p=none", 27, 5_000, false)]
    [InlineData("v=DMARC1; p=none", 27, 4_999, true)]
    [InlineData("v=DMARC1; p=quarantine; t=y", 28, 5_000, true)]
    [InlineData("v=DMARC1; p=quarantine; t=y", 27, 5_000, false)]
    [InlineData("v=DMARC1; p=quarantine", 56, 5_000, true)]
    [InlineData("v=DMARC1; p=quarantine", 55, 5_000, false)]
    [InlineData("v=DMARC1; p=reject; t=y", 28, 5_000, true)]
    [InlineData("v=DMARC1; p=reject; t=y", 27, 5_000, false)]
    public void A_stage_lasts_its_days_and_no_longer(string record, int days, long messages, bool advances)
    {
        RolloutResult result = Advise(record + Rua, days, report => [Good(report, messages)]);

        Assert.Equal(advances ? RolloutVerdict.Advance : RolloutVerdict.Wait, result.Verdict);
        Assert.Equal(advances ? 0 : 1, result.RemainingDays);
    }

    [Theory]
    [InlineData("v=DMARC1; p=none", 100, 14, 3, true)]
    [InlineData("v=DMARC1; p=none", 100, 14, 2, false)]
    [InlineData("v=DMARC1; p=reject; t=y", 100, 7, 3, true)]
    [InlineData("v=DMARC1; p=reject; t=y", 100, 7, 2, false)]
    [InlineData("v=DMARC1; p=none", 400_000, 28, 7, true)]
    [InlineData("v=DMARC1; p=none", 400_000, 28, 6, false)]
    public void A_quarter_of_the_days_but_three_at_least_have_reports(string record, long messages, int days, int reported, bool advances)
    {
        // The first day, the last, and as many right after the first as are wanted.
        int[] on = [.. Enumerable.Range(0, reported - 1), days - 1];
        RolloutResult result = Advisor.Advise(Observe(on.Select(day => Good(Day(day, record), messages))), Published(record + Rua));

        Assert.Equal((days, reported), (result.DaysAtStage, result.ReportedDaysAtStage));
        Assert.Equal(advances ? RolloutVerdict.Advance : RolloutVerdict.Wait, result.Verdict);
    }

    [Theory]
    [InlineData(14, RolloutVerdict.Advance)]
    [InlineData(13, RolloutVerdict.Wait)]
    public void A_domain_is_parked_after_fourteen_days(int days, RolloutVerdict verdict)
    {
        RolloutResult result = Advise("v=DMARC1; p=quarantine" + Rua, days, report => [Spoof(report, Elsewhere(report))]);

        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(verdict == RolloutVerdict.Advance, result.Findings.Any(finding => finding.Code == "RolloutParked"));
    }

    /// <summary>All sources are different ones, so that what is counted of each is all of it.</summary>
    [Theory]
    [InlineData("v=DMARC1; p=none", 95, 5, RolloutVerdict.FixSources)]
    [InlineData("v=DMARC1; p=none", 96, 4, RolloutVerdict.Advance)]
    [InlineData("v=DMARC1; p=reject", 95, 5, RolloutVerdict.FixSources)]
    [InlineData("v=DMARC1; p=reject", 96, 4, RolloutVerdict.Complete)]
    public void Five_in_a_hundred_messages_with_a_broken_SPF_record_hold(string record, long good, long broken, RolloutVerdict verdict)
    {
        RolloutResult result = Advise(record + Rua, 30, report =>
        [
            Row(report, Elsewhere(report, 100), good, true, true, signatures: [Signature("example.com")], checks: [Check("example.com")]),
            Row(report, Elsewhere(report), broken, checks: [Check("example.com", AuthenticationResult.PermError)]),
        ]);

        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(verdict == RolloutVerdict.FixSources, result.Findings[0].Code == "RolloutSpfBroken");
    }

    [Theory]
    [InlineData(5, 30, 30, RolloutVerdict.FixSources)]
    [InlineData(4, 30, 30, RolloutVerdict.Advance)]
    [InlineData(5, 29, 29, RolloutVerdict.Advance)]
    [InlineData(5, 30, 15, RolloutVerdict.FixSources)]
    [InlineData(5, 30, 14, RolloutVerdict.Advance)]
    public void An_unknown_server_holds_from_five_days_and_five_in_a_hundred_messages_on(int days, long failing, long ownMailFrom, RolloutVerdict verdict)
    {
        // 2,850 messages that pass; 150 that fail are one in twenty of all.
        long most = days == 5 ? 150 : 200;
        RolloutResult result = Advise("v=DMARC1; p=none" + Rua, 30, report => (report.Begin!.Value - Start).Days >= days
            ? [Good(report, 95)]
            :
            [
                Good(report, 95),
                Row(report, "203.0.113.9", ownMailFrom * most / 150, checks: [Check("example.com", AuthenticationResult.Fail)]),
                Row(report, "203.0.113.9", (failing - ownMailFrom) * most / 150, checks: [Check("spam.example", AuthenticationResult.Fail)]),
            ]);

        Assert.Equal(verdict, result.Verdict);
    }

    [Theory]
    [InlineData("v=DMARC1; p=none", 0, RolloutVerdict.Advance)]
    [InlineData("v=DMARC1; p=quarantine; t=y", 0, RolloutVerdict.Advance)]
    [InlineData("v=DMARC1; p=quarantine", 0, RolloutVerdict.FixSources)]
    [InlineData("v=DMARC1; p=quarantine", 1, RolloutVerdict.Advance)]
    [InlineData("v=DMARC1; p=reject; t=y", 0, RolloutVerdict.FixSources)]
    [InlineData("v=DMARC1; p=reject; t=y", 1, RolloutVerdict.Advance)]
    [InlineData("v=DMARC1; p=reject", 0, RolloutVerdict.Complete)]
    public void Mail_is_signed_before_reject(string record, int signed, RolloutVerdict verdict)
    {
        RolloutResult result = Advise(record + Rua, 60, report =>
        [
            Row(report, "192.0.2.1", 100, spf: true, checks: [Check("example.com")]),
            .. signed == 0 || (report.Begin!.Value - Start).Days != 59 ? Array.Empty<AggregateReportRow>() : [Good(report, signed)],
        ]);

        Assert.Equal(verdict, result.Verdict);
    }

    [Theory]
    [InlineData(92, RolloutVerdict.FixSources)]
    [InlineData(93, RolloutVerdict.Advance)]
    public void A_source_is_remembered_for_92_days(int lastDay, RolloutVerdict verdict) =>
        Assert.Equal(verdict, Advise("v=DMARC1; p=none" + Rua, lastDay + 1, report => report.Begin == Start ? [Good(report), Service(report)] : [Good(report)]).Verdict);

    [Theory]
    [InlineData(92, 0, RolloutVerdict.Advance, true)]
    [InlineData(92, 1, RolloutVerdict.Wait, true)]
    [InlineData(14, 1, RolloutVerdict.Advance, true)]
    [InlineData(14, 0, RolloutVerdict.Advance, false)]
    public void Reports_are_old_after_14_days_and_worth_nothing_after_92(int days, int seconds, RolloutVerdict verdict, bool isTold)
    {
        RolloutObservations observations = Observe(Enumerable.Range(0, 30).Select(day => Good(Day(day, "v=DMARC1; p=none"))));
        Clock.UtcNow = new DateTimeOffset(observations.LastSeen!.Value, TimeSpan.Zero).AddDays(days).AddSeconds(seconds);
        RolloutResult result = Advisor.Advise(observations, Published("v=DMARC1; p=none" + Rua));

        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == "RolloutReportsOld"));
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Mail_without_a_signature_is_told_above_five_in_a_hundred(long unsigned, bool isTold) =>
        Assert.Equal(isTold, Advise("v=DMARC1; p=none" + Rua, 30, report =>
        [
            Row(report, Elsewhere(report, 100), 100 - unsigned, true, true, signatures: [Signature("example.com")], checks: [Check("example.com")]),
            Row(report, Elsewhere(report), unsigned, spf: true, checks: [Check("example.com")]),
        ]).Findings.Any(finding => finding.Code == "RolloutSpfOnly"));

    /// <summary>What is done cannot have a reason beside it not to go on.</summary>
    [Theory]
    [InlineData("v=DMARC1; p=reject", "RolloutForwardedAtReject")]
    [InlineData("v=DMARC1; p=quarantine", "RolloutForwarded")]
    public void Forwarded_mail_is_told_as_it_fits_the_stage(string record, string code)
    {
        RolloutResult result = Advise(record + Rua, 30, report =>
        [
            Good(report),
            Row(report, "198.51.100.9", 2, signatures: [Signature("example.com", AuthenticationResult.Fail)], checks: [Check("list.example")], reasons: OverrideReasonType.MailingList),
        ]);

        Assert.Contains(result.Findings, finding => finding.Code == code);
        Assert.DoesNotContain(result.Findings, finding => finding.Remedy.Contains("do not go on", StringComparison.Ordinal));
    }

    /// <summary>An audit has no reports; the step that it names is that of the roll-out once these are clean.</summary>
    [Theory]
    [InlineData("v=DMARC1; p=none" + Rua)]
    [InlineData("v=DMARC1; p=none")]
    [InlineData("v=DMARC1; p=none; sp=reject" + Rua)]
    [InlineData("v=DMARC1; p=none; pct=20" + Rua)]
    [InlineData("v=DMARC1; p=quarantine; t=y" + Rua)]
    [InlineData("v=DMARC1; p=quarantine" + Rua)]
    [InlineData("v=DMARC1; p=quarantine")]
    [InlineData("v=DMARC1; p=quarantine; pct=20" + Rua)]
    [InlineData("v=DMARC1; p=quarantine; sp=none; np=reject" + Rua)]
    [InlineData("v=DMARC1; p=reject; t=y" + Rua)]
    [InlineData("v=DMARC1; p=reject" + Rua)]
    [InlineData("v=DMARC1; p=reject")]
    [InlineData("v=DMARC1; p=reject; pct=50" + Rua)]
    [InlineData("v=DMARC1; p=reject; sp=none" + Rua)]
    [InlineData("v=DMARC1; p=reject; sp=quarantine; np=none" + Rua)]
    [InlineData("v=DMARC1; p=reject; np=none" + Rua)]
    [InlineData("v=DMARC1; p=reject; sp=reject" + Rua)]
    public async Task An_audit_and_the_roll_out_name_the_same_next_record(string record)
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("example.com", "mx.example.com").Address("mx.example.com", "11.0.0.1")
            .Txt("example.com", "v=spf1 mx -all")
            .Txt("_dmarc.example.com", record);
        MailDomainResult audit = await new MailDomainInspector(
            resolver,
            new MailDomainOptions { Parts = MailDomainPart.Spf | MailDomainPart.Dmarc | MailDomainPart.Mx, Profile = SendingProfile.Sends, ProbeValidation = false })
            .InspectAsync(DomainName.Parse("example.com"));
        RolloutResult rollout = Advise(record, 60, report => [Good(report)]);

        string[] steps = [.. audit.NextSteps.Where(step => step.RecordName == "_dmarc.example.com").Select(step => step.RecordValue)];
        Assert.Equal(rollout.Draft is { } draft ? [draft.Value] : Array.Empty<string>(), steps);
        Assert.All(audit.NextSteps, step => Assert.DoesNotContain("{", step.Remedy, StringComparison.Ordinal));
    }
}

using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Advice.Audit;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Rollout;

/// <summary>An audit and the roll-out name the same record, and no address for reports at a domain that receives no mail.</summary>
public class NextStepTests
{
    private const string Proposed = "rua=mailto:dmarc-reports@contoso.com";

    public static TheoryData<string, string> Beginnings => new()
    {
        { "", "v=DMARC1; p=none; " + Proposed },
        { "v=DMARC1; p=none; p=none; rua=mailto:d@contoso.com", "v=DMARC1; p=none; rua=mailto:d@contoso.com" },
        { "v=DMARC1; p=none; rua=mailto:d@contoso.com|v=DMARC1; p=reject; rua=mailto:e@contoso.com", "v=DMARC1; p=none; " + Proposed },
        { "v=DMARC1; p=foo; ruf=mailto:d@contoso.com", "v=DMARC1; p=none; " + Proposed + "; ruf=mailto:d@contoso.com" },
        { "v=dmarc1; p=reject; rua=mailto:d@contoso.com", "v=DMARC1; p=none; rua=mailto:d@contoso.com" },
        { "v=DMARC1; p=reject; sp=foo; rua=d@contoso.com", "v=DMARC1; p=none; rua=mailto:d@contoso.com" },
        { "v=DMARC1; p=reject; p=reject; sp=reject; np=reject; rua=mailto:d@contoso.com", "v=DMARC1; p=none; sp=none; np=none; rua=mailto:d@contoso.com" },
        { "p=reject; rua=mailto:d@contoso.com", "v=DMARC1; p=none; rua=mailto:d@contoso.com" },
        { "v=DMARC1", "v=DMARC1; p=none; " + Proposed },
        { "v=DMARC1; p=reject; rua=https://contoso.com/x", "v=DMARC1; p=reject; " + Proposed },
        { "v=DMARC1; p=quarantine; t=y", "v=DMARC1; p=quarantine; t=y; " + Proposed },
        { "v=DMARC1; p=quarantine; pct=20", "v=DMARC1; p=none; " + Proposed },
        { "v=DMARC1; p=quarantine; rua=mailto:d@other.example", "v=DMARC1; p=quarantine; " + Proposed },
        { "v=DMARC1; p=reject; rua=mailto:d@nothing.contoso.com", "v=DMARC1; p=reject; " + Proposed },
        { "v=DMARC1; p=reject; sp=rject; rua=mailto:d@other.example", "v=DMARC1; p=none; " + Proposed },
        { "v=DMARC1; p=rject; sp=reject; np=reject; rua=mailto:d@other.example", "v=DMARC1; p=none; sp=none; np=none; " + Proposed },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task An_audit_and_the_roll_out_name_the_same_record(string published, string record)
    {
        FakeResolver resolver = Published(PostureBed.Sound("dmarc"), "contoso.com", published);
        MailDomainResult audit = await PostureBed.InspectAsync(resolver);
        RolloutResult rollout = await RollOutAsync(resolver, "contoso.com");

        Assert.Equal([record], audit.NextSteps.Where(step => step.RecordName == "_dmarc.contoso.com").Select(step => step.RecordValue));
        Assert.Equal(record, rollout.NextRecord);
    }

    /// <summary>RFC 9989 §4.10.1: beside a policy that is not valid the others have no effect, and must not begin to.</summary>
    [Theory]
    [InlineData("p=rject; sp=reject; np=reject", "p=quarantine; sp=none; np=none; t=y")]
    [InlineData("p=reject; sp=rject; np=reject", "p=quarantine; np=none; t=y")]
    [InlineData("p=reject; sp=reject; np=rject", "p=quarantine; sp=none; t=y")]
    public async Task Policies_that_had_no_effect_do_not_begin_to(string tags, string expected)
    {
        FakeResolver resolver = Published(PostureBed.Sound("dmarc"), "contoso.com", "v=DMARC1; " + tags + "; rua=mailto:d@contoso.com");
        MailDomainResult audit = await PostureBed.InspectAsync(resolver);

        Assert.Equal(
            ["v=DMARC1; " + expected + "; rua=mailto:d@contoso.com"],
            audit.NextSteps.Where(step => step.RecordName == "_dmarc.contoso.com").Select(step => step.RecordValue));
    }

    /// <summary>RFC 9989 §4.7: test mode would take the policies of subdomains down, too.</summary>
    [Theory]
    [InlineData("p=none; sp=reject", "p=quarantine; sp=reject")]
    [InlineData("p=quarantine; sp=reject", "p=reject; sp=reject")]
    [InlineData("p=quarantine; t=y; sp=reject", "p=quarantine; sp=reject")]
    [InlineData("p=none; sp=none", "p=quarantine; t=y; sp=none")]
    [InlineData("p=quarantine; sp=quarantine", "p=reject; sp=quarantine")]
    public async Task A_step_takes_nothing_from_subdomains(string tags, string expected)
    {
        FakeResolver resolver = Published(PostureBed.Sound("dmarc"), "contoso.com", "v=DMARC1; " + tags + "; rua=mailto:d@contoso.com");
        NextStep? step = NextStep.Of(await new DmarcRecordInspector(resolver).InspectAsync(DomainName.Parse("contoso.com")));

        Assert.Equal(
            ("v=DMARC1; " + expected + "; rua=mailto:d@contoso.com").Split([';', ' '], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            step!.Draft!.Value.Split([';', ' '], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(step.Draft.Findings, finding => finding.Code == "DmarcPolicyWeakened");
    }

    /// <summary>The same of a record of the domain above: the one of the subdomain's own begins at none.</summary>
    [Fact]
    public async Task A_policy_from_above_that_had_no_effect_does_not_begin_to()
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.contoso.com", "v=DMARC1; p=reject; sp=rject; rua=mailto:d@other.example")
            .Mx("news.contoso.com", "mail.contoso.com").Address("mail.contoso.com", "203.0.113.1");

        Assert.Equal("v=DMARC1; p=none; rua=mailto:dmarc-reports@news.contoso.com", (await RollOutAsync(resolver, "news.contoso.com")).NextRecord);
    }

    /// <summary>A record that somebody looked up before is asked for the domain that takes mail, once.</summary>
    [Fact]
    public async Task A_record_that_was_found_before_is_completed()
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.contoso.com", "v=DMARC1; p=none")
            .Mx("news.contoso.com", "mail.contoso.com").Address("mail.contoso.com", "203.0.113.1");
        DmarcRecordInspector inspector = new(resolver);
        DmarcRecordResult found = await inspector.InspectAsync(DomainName.Parse("news.contoso.com"));
        DmarcRecordResult completed = await inspector.WithReportDomainAsync(found, default);

        Assert.Equal((null, "news.contoso.com"), (found.ReportDomain, completed.ReportDomain?.ToString()));
        Assert.Same(completed, await inspector.WithReportDomainAsync(completed, default));
    }

    /// <summary>Each rule about DMARC has the same record, so that no step undoes what another one did.</summary>
    [Theory]
    [InlineData("p=none; rua=mailto:d@other.example", "v=spf1 ip4:203.0.113.0/28 -all")]
    [InlineData("p=quarantine; pct=20; sp=none; rua=mailto:d@other.example", "v=spf1 ip4:203.0.113.0/28 -all")]
    [InlineData("p=reject; np=none; rua=https://contoso.com/x", "v=spf1 ip4:203.0.113.0/28 -all")]
    [InlineData("p=none; sp=none", "v=spf1 -all")]
    [InlineData("p=reject; sp=none; pct=5; rua=mailto:d@other.example", "v=spf1 -all")]
    public async Task There_is_one_record_for_one_name(string tags, string spf)
    {
        foreach (SendingProfile? profile in new SendingProfile?[] { null, SendingProfile.Parked, SendingProfile.ReceivesOnly, SendingProfile.Sends })
        {
            FakeResolver resolver = PostureBed.Sound("dmarc", "spf").Txt("contoso.com", spf).Txt("_dmarc.contoso.com", "v=DMARC1; " + tags);
            MailDomainResult audit = await PostureBed.InspectAsync(resolver, null, options => profile is null ? options : options with { Profile = profile });

            Assert.Single(audit.NextSteps, step => step.RecordName == "_dmarc.contoso.com");
        }
    }

    [Fact]
    public async Task A_domain_that_sends_nothing_keeps_the_reports_of_a_record_that_is_not_valid()
    {
        FakeResolver resolver = new FakeResolver().Txt("contoso.com", "v=spf1 -all").Txt("_dmarc.contoso.com", "v=DMARC1; p=none; p=none; rua=mailto:d@fabrikam.com")
            .Add("contoso.com", DnsRecordType.MX, new MxRecord("contoso.com", 300, 0, ""));

        Assert.Equal("v=DMARC1; p=reject; np=reject; rua=mailto:d@fabrikam.com", (await PostureBed.InspectAsync(resolver)).NextSteps[0].RecordValue);
    }

    [Theory]
    [InlineData("contoso.com", "contoso.com MX", "contoso.com")]
    [InlineData("contoso.com", "contoso.com A", "contoso.com")]
    [InlineData("contoso.com", "contoso.com FAILS", "contoso.com")]
    [InlineData("contoso.com", "", null)]
    [InlineData("contoso.com", "contoso.com NULL", null)]
    [InlineData("contoso.com", "contoso.com GONE", null)]
    [InlineData("news.contoso.com", "news.contoso.com MX", "news.contoso.com")]
    [InlineData("news.contoso.com", "contoso.com MX", "contoso.com")]
    [InlineData("news.contoso.com", "news.contoso.com A,contoso.com MX", "contoso.com")]
    [InlineData("news.contoso.com", "news.contoso.com MX,contoso.com A", "news.contoso.com")]
    [InlineData("news.contoso.com", "com MX", null)]
    public async Task Reports_are_proposed_to_a_domain_that_receives_mail(string domain, string zone, string? at)
    {
        foreach (string published in new[] { "", "v=DMARC1; p=none" })
        {
            FakeResolver resolver = Published(new FakeResolver().Txt(domain, "v=spf1 ip4:203.0.113.0/28 -all").Address("mail.contoso.com", "203.0.113.1"), "contoso.com", published);
            foreach (string[] entry in zone.Split([','], StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(' ')))
            {
                resolver = entry[1] switch
                {
                    "MX" => resolver.Mx(entry[0], "mail.contoso.com"),
                    "GONE" => resolver.Mx(entry[0], "mail.gone.example"),
                    "NULL" => resolver.Add(entry[0], DnsRecordType.MX, new MxRecord(entry[0], 300, 0, "")),
                    "FAILS" => resolver.Fails(entry[0], DnsRecordType.MX, DnsStatus.Timeout),
                    _ => resolver.Address(entry[0], "203.0.113.1"),
                };
            }

            RolloutResult rollout = await RollOutAsync(resolver, domain);
            MailDomainResult audit = await new MailDomainInspector(resolver, new MailDomainOptions { Fetcher = PostureBed.SoundWeb })
                .InspectAsync(DomainName.Parse(domain));
            string record = "v=DMARC1; p=none" + (at is null ? "" : "; rua=mailto:dmarc-reports@" + at);
            bool nothingNew = at is null && published.Length > 0;

            Assert.Equal(RolloutVerdict.StartReporting, rollout.Verdict);
            Assert.Equal((record, nothingNew), (rollout.NextRecord, rollout.Draft is null));
            Assert.Equal(at is null, rollout.Findings.Any(finding => finding.Remedy.Contains(domain + " receives no mail", StringComparison.Ordinal)));
            string[] steps = [.. audit.NextSteps.Where(step => step.Rule.StartsWith("Dmarc", StringComparison.Ordinal)).Select(step => step.RecordValue)];
            Assert.Equal([nothingNew ? "" : record], steps);
        }
    }

    /// <summary>The domain of a public suffix is no part of the organisation.</summary>
    [Fact]
    public async Task No_address_is_proposed_at_a_public_suffix()
    {
        FakeResolver resolver = new FakeResolver().Txt("_dmarc.bank.example", "v=DMARC1; p=none; psd=y").Mx("bank.example", "mail.contoso.com").Mx("a.bank.example", "mail.contoso.com").Address("mail.contoso.com", "203.0.113.1");

        Assert.Equal("v=DMARC1; p=none; rua=mailto:dmarc-reports@a.bank.example", (await RollOutAsync(resolver, "a.bank.example")).NextRecord);
    }

    [Fact]
    public void A_name_that_is_too_long_for_a_record_has_no_next_step()
    {
        string domain = string.Join(".", Enumerable.Repeat(new string('a', 60), 4)) + ".contoso";
        DmarcRecordResult inherited = new() { Domain = domain, Status = DmarcRecordStatus.NotFound };

        Assert.Null(NextStep.Of(inherited)!.Draft);
        Assert.Null(new RolloutAdvisor().Advise(new RolloutObservations(domain, SystemClock.Instance), inherited).Draft);
    }

    private static FakeResolver Published(FakeResolver resolver, string domain, string records)
    {
        string[] texts = records.Split(['|'], StringSplitOptions.RemoveEmptyEntries);
        return texts.Length == 0 ? resolver : resolver.Txt("_dmarc." + domain, texts);
    }

    private static async Task<RolloutResult> RollOutAsync(FakeResolver resolver, string domain)
    {
        DmarcInspectionOptions options = new() { ProbeWrongNames = false, FindReportDomain = true };
        DmarcRecordResult record = await new DmarcRecordInspector(resolver, options).InspectAsync(DomainName.Parse(domain));
        return new RolloutAdvisor().Advise(new RolloutObservations(domain, SystemClock.Instance), record);
    }
}

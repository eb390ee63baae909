using System.Text.RegularExpressions;
using Dmarc.Advice.Audit;
using Dmarc.Advice.DirectSend.Remedies;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Advice.Audit;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.DirectSend;

/// <summary>The step about DMARC publishes the same record as the step of an audit, and never a weaker one than what is there.</summary>
public class DirectSendPolicyStepTests
{
    private const string Rua = "; rua=mailto:d@contoso.com";

    public static TheoryData<string, string, string, string> Steps => new()
    {
        { "contoso.com", "v=DMARC1; p=none" + Rua, "-Stage QuarantineTest", "v=DMARC1; p=quarantine; t=y" + Rua },
        { "contoso.com", "v=DMARC1; p=quarantine; t=y" + Rua, "-Stage Quarantine", "v=DMARC1; p=quarantine" + Rua },
        { "contoso.com", "v=DMARC1; p=quarantine; pct=20" + Rua, "-Stage Quarantine", "v=DMARC1; p=quarantine" + Rua },
        { "contoso.com", "v=DMARC1; p=none", "-AggregateReportUri 'dmarc-reports@contoso.com'", "v=DMARC1; p=none; rua=mailto:dmarc-reports@contoso.com" },
        { "contoso.com", "", "-Stage Monitor -AggregateReportUri 'dmarc-reports@contoso.com'", "v=DMARC1; p=none; rua=mailto:dmarc-reports@contoso.com" },
        { "contoso.com", "v=DMARC1; p=none; p=none" + Rua, "-Stage Monitor", "v=DMARC1; p=none" + Rua },
        { "contoso.com", "v=DMARC1; p=reject; p=reject; sp=reject" + Rua, "-Stage Monitor -SubdomainPolicy None", "v=DMARC1; p=none; sp=none" + Rua },
        { "news.contoso.com", "v=DMARC1; p=reject; sp=none" + Rua, "-Stage QuarantineTest", "v=DMARC1; p=quarantine; t=y" + Rua },
        { "news.contoso.com", "v=DMARC1; p=none; sp=quarantine; t=y" + Rua, "-Stage Quarantine", "v=DMARC1; p=quarantine" + Rua },
        { "news.contoso.com", "v=DMARC1; p=none; psd=n; pct=50" + Rua, "-Stage QuarantineTest", "v=DMARC1; p=quarantine; t=y" + Rua },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task The_step_publishes_the_record_of_the_audit(string domain, string published, string parameters, string record)
    {
        FakeResolver resolver = Zone(domain, published);
        DirectSendStep step = Assert.Single((await DirectSendBed.InspectAsync(resolver, null, domain)).NextSteps, IsOfDmarc);
        MailDomainResult audit = await new MailDomainInspector(resolver, new MailDomainOptions { Fetcher = PostureBed.SoundWeb, ProbeWrongNames = false })
            .InspectAsync(DomainName.Parse(domain));
        MailDomainStep audited = Assert.Single(audit.NextSteps, each => each.RecordName == "_dmarc." + domain);

        Assert.Equal("Get-DmarcRecord '" + domain + "' | New-DmarcRecord " + parameters, step.Command);
        Assert.Equal(record, audited.RecordValue);
        Assert.Equal(record, await RunAsync(resolver, domain, step.Command));
        Assert.Equal(parameters.Contains("Monitor", StringComparison.Ordinal) || !parameters.Contains("-Stage", StringComparison.Ordinal), step.Title == Strings.DirectSend_StepReports);
    }

    [Theory]
    [InlineData("contoso.com", "v=DMARC1; p=none; sp=none" + Rua, "-Stage Reject -SubdomainPolicy Reject -NonexistentSubdomainPolicy Reject")]
    [InlineData("contoso.com", "", "-Stage Reject -NonexistentSubdomainPolicy Reject")]
    [InlineData("news.contoso.com", "v=DMARC1; p=reject; sp=none" + Rua, "-Stage Reject")]
    public async Task A_domain_that_may_not_send_rejects_at_once(string domain, string published, string parameters)
    {
        TenantFacts tenant = DirectSendBed.Tenant(false, []) with { AcceptedDomains = [new AcceptedDomainFacts(DomainName.Parse(domain), false) { SendingDisabled = true }] };
        DirectSendStep step = Assert.Single((await DirectSendBed.InspectAsync(Zone(domain, published), tenant, domain)).NextSteps, IsOfDmarc);

        Assert.Equal("Get-DmarcRecord '" + domain + "' | New-DmarcRecord " + parameters, step.Command);
    }

    [Theory]
    [InlineData("v=DMARC1; p=none", "")]
    [InlineData("", "Get-DmarcRecord 'contoso.com' | New-DmarcRecord -Stage Monitor")]
    public async Task No_address_is_proposed_that_cannot_receive(string published, string command)
    {
        FakeResolver resolver = DirectSendBed.Microsoft().Txt("contoso.com", "v=spf1 ip4:192.0.2.1 -all").Address(DirectSendBed.Endpoint, "192.0.2.200");
        resolver = published.Length == 0 ? resolver : resolver.Txt("_dmarc.contoso.com", published);
        DirectSendStep step = Assert.Single(
            (await DirectSendBed.InspectAsync(resolver, DirectSendBed.Tenant(false, [], "contoso.com"))).NextSteps,
            each => each.Title == Strings.DirectSend_StepReports);

        Assert.Equal(command, step.Command);
        Assert.Contains("contoso.com receives no mail", step.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SPF_that_passes_anybody_is_looked_at_where_it_stands()
    {
        FakeResolver resolver = Zone("news.contoso.com", "v=DMARC1; p=none" + Rua, "v=spf1 +all");

        Assert.Contains((await DirectSendBed.InspectAsync(resolver, null, "news.contoso.com")).NextSteps, step => step.Command.StartsWith("Test-SpfRecord 'news.contoso.com'", StringComparison.Ordinal));
    }

    private static FakeResolver Zone(string domain, string dmarc, string spf = "v=spf1 ip4:192.0.2.0/28 -all")
    {
        string endpoint = domain.Replace('.', '-') + ".mail.protection.outlook.com";
        FakeResolver resolver = DirectSendBed.Microsoft().Mx("contoso.com", DirectSendBed.Endpoint).Address(DirectSendBed.Endpoint, "192.0.2.200");
        resolver = domain == "contoso.com" ? resolver : resolver.Mx(domain, endpoint).Address(endpoint, "192.0.2.201");
        resolver = resolver.Txt(domain, spf);
        return dmarc.Length == 0 ? resolver : resolver.Txt("_dmarc.contoso.com", dmarc);
    }

    private static bool IsOfDmarc(DirectSendStep step) => step.Command.Contains("New-DmarcRecord", StringComparison.Ordinal);

    /// <summary>The record that the command gives, whose parameters are the properties of the builder.</summary>
    private static async Task<string> RunAsync(FakeResolver resolver, string domain, string command)
    {
        DmarcRecordResult found = await new DmarcRecordInspector(resolver).InspectAsync(DomainName.Parse(domain));
        Dictionary<string, string> given = Regex.Matches(command, " -(\\w+) '?([^' ]+)").Cast<Match>().ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        return new DmarcRecordBuilder
        {
            Domain = DomainName.Parse(domain),
            From = found.Record,
            FromDomain = found.RecordDomain is { } at ? DomainName.Parse(at) : null,
            FromStatus = found.Status,
            Stage = Read<RolloutStage>("Stage"),
            Policy = Read<DmarcPolicy>("Policy"),
            SubdomainPolicy = Read<DmarcPolicy>("SubdomainPolicy"),
            NonexistentSubdomainPolicy = Read<DmarcPolicy>("NonexistentSubdomainPolicy"),
            AggregateReportUri = given.TryGetValue("AggregateReportUri", out string? address) ? [address] : null,
        }.Build().Value;

        T? Read<T>(string name)
            where T : struct, Enum => given.TryGetValue(name, out string? value) ? Enum.Parse<T>(value) : null;
    }
}

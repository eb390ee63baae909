using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Dns;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.DirectSend;

/// <summary>Behind a gateway the switch leaves every other envelope sender a way in; a connector or a mail flow rule closes it.</summary>
public class GatewayVerdictTests
{
    private static readonly DateTime Now = DateTime.UtcNow;

    [Fact]
    public async Task The_switch_alone_leaves_the_way_past_the_gateway_open()
    {
        DirectSendResult alone = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(true, [], "contoso.com"));
        DirectSendResult unknown = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(true));
        DirectSendResult direct = await DirectSendBed.InspectAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(true, [], "contoso.com"));
        DirectSendResult locked = await DirectSendBed.InspectAsync(
            DirectSendBed.Gateway(), DirectSendBed.Tenant(true, [DirectSendBed.Connector("*", "198.51.100.0/24", restricts: true)], "contoso.com"));

        Assert.Equal(DirectSendVerdict.ExposedPastGateway, alone.Verdict);
        Assert.Contains("mx.filter.test", alone.Reason, StringComparison.Ordinal);
        Assert.Equal(DirectSendVerdict.ExposedPastGateway, unknown.Verdict);
        Assert.Contains(unknown.OpenQuestions, sentence => sentence.Contains("-InboundConnector", StringComparison.Ordinal));
        Assert.Contains(unknown.OpenQuestions, sentence => sentence.Contains("-TransportRule", StringComparison.Ordinal));
        Assert.Equal(DirectSendVerdict.Protected, direct.Verdict);
        Assert.Equal(DirectSendVerdict.Protected, locked.Verdict);
    }

    [Theory]
    [InlineData("*", true, DirectSendVerdict.Protected)]
    [InlineData("contoso.com", true, DirectSendVerdict.ExposedPastGateway)]
    [InlineData("*", false, DirectSendVerdict.ExposedPastGateway)]
    public async Task A_connector_locks_only_for_all_and_restricted(string senders, bool restricts, DirectSendVerdict verdict) =>
        Assert.Equal(verdict, (await DirectSendBed.InspectAsync(
            DirectSendBed.Gateway(), DirectSendBed.Tenant(true, [DirectSendBed.Connector(senders, "198.51.100.0/24", restricts)]))).Verdict);

    public static TheoryData<string, string, bool> Rules => new()
    {
        { "lock", "", true },
        { "disabled", "State=Disabled", false },
        { "tests", "Mode=Audit", false },
        { "tests and notifies", "Mode=AuditAndNotify", false },
        { "not yet", "ActivationDate=" + Now.AddDays(1).ToString("u"), false },
        { "begun", "ActivationDate=" + Now.AddDays(-1).ToString("u"), true },
        { "over", "ExpiryDate=" + Now.AddDays(-1).ToString("u"), false },
        { "not over", "ExpiryDate=" + Now.AddDays(1).ToString("u"), true },
        { "for nobody outside", "FromScope=InOrganization", false },
        { "everywhere", "FromScope=", true },
        { "says no", "RejectMessageReasonText=no", true },
        { "spam from zero", "SCLOver=0", false },
        { "deletes", "RejectMessageReasonText=;DeleteMessage=True", true },
        { "quarantines", "RejectMessageReasonText=;Quarantine=True", true },
        { "marks only", "RejectMessageReasonText=;SetSCL=9", false },
        { "by header", "ExceptIfSenderIpRanges=;ExceptIfHeaderContainsMessageHeader=X-Gateway;ExceptIfHeaderContainsWords=secret", true },
        { "spares everybody", "ExceptIfSenderIpRanges=0.0.0.0/0", false },
        { "spares half", "ExceptIfSenderIpRanges=0.0.0.0/1", false },
        { "spares a range", "ExceptIfSenderIpRanges=198.51.100.1-198.51.100.9", true },
        { "spares a domain", "ExceptIfSenderDomainIs=contoso.com", false },
        { "spares senders", "ExceptIfFrom=a@contoso.com", false },
        { "some subjects", "SubjectContainsWords=invoice", false },
        { "some addresses", "SenderIpRanges=203.0.113.0/24", false },
        { "to the domain", "RecipientDomainIs=contoso.com", true },
        { "to another", "RecipientDomainIs=fabrikam.com", false },
        { "to partners", "SentToScope=NotInOrganization", false },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_mail_flow_rule_locks_where_it_refuses_all_but_the_gateway(string name, string changes, bool locks)
    {
        TransportRuleFacts rule = Rule(name, changes);
        TenantFacts tenant = DirectSendBed.Tenant(true, [], "contoso.com") with { TransportRules = [rule] };
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), tenant);

        Assert.Equal(locks ? DirectSendVerdict.Protected : DirectSendVerdict.ExposedPastGateway, result.Verdict);
        Assert.Equal(locks ? name : "", result.LockingRules.ToString());
        Assert.Equal(locks, result.SpoofOutcome!.Contains("'" + name + "'", StringComparison.Ordinal));
        Assert.Equal(!locks, result.NextSteps.Any(step => step.Command.Contains("$gatewayAddresses", StringComparison.Ordinal) && step.Command.Contains("$true -RequireTls", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rule_for_the_domains_senders_refuses_its_name()
    {
        TenantFacts tenant = DirectSendBed.Tenant(false, [], "contoso.com") with { TransportRules = [Rule("own", "SenderDomainIs=contoso.com")] };

        Assert.Equal(DirectSendVerdict.Protected, (await DirectSendBed.InspectAsync(DirectSendBed.Direct("v=DMARC1; p=none"), tenant)).Verdict);
        Assert.Equal(DirectSendVerdict.ExposedPastGateway, (await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), tenant)).Verdict);
    }

    [Fact]
    public async Task Rules_that_are_no_lock_are_told()
    {
        Assert.Contains(DirectSendFindings.RuleNotInForce.Code, await CodesAsync("State=Disabled"));
        Assert.Contains(DirectSendFindings.RuleHasHoles.Code, await CodesAsync("ExceptIfFrom=a@contoso.com"));
        Assert.Contains(DirectSendFindings.RuleStopsMail.Code, await CodesAsync("", DirectSendBed.Direct()));
        Assert.Contains(DirectSendFindings.RuleStopsMail.Code, await CodesAsync("ExceptIfSenderIpRanges="));
        Assert.Contains(DirectSendFindings.RuleLetsSpoofsPass.Code, await CodesAsync("RejectMessageReasonText=;SetSCL=-1;SenderDomainIs=contoso.com;ExceptIfSenderIpRanges="));
        Assert.DoesNotContain(DirectSendFindings.RuleLetsSpoofsPass.Code, await CodesAsync("RejectMessageReasonText=;SetSCL=-1;SenderDomainIs=contoso.com;SenderIpRanges=192.0.2.1"));
        Assert.DoesNotContain(await CodesAsync(""), code => code.StartsWith("DirectSendRule", StringComparison.Ordinal));

        static async Task<string[]> CodesAsync(string changes, FakeResolver? resolver = null)
        {
            TenantFacts tenant = DirectSendBed.Tenant(true, [], "contoso.com") with { TransportRules = [Rule("r", changes)] };
            return [.. (await DirectSendBed.InspectAsync(resolver ?? DirectSendBed.Gateway(), tenant)).Findings.Select(finding => finding.Code)];
        }
    }

    [Fact]
    public async Task A_rule_that_spares_spoofs_the_filter_leaves_DMARC_nothing()
    {
        TenantFacts tenant = DirectSendBed.Tenant(false, [], "contoso.com") with
        {
            TransportRules = [Rule("allow", "RejectMessageReasonText=;SetSCL=-1;SenderDomainIs=contoso.com;ExceptIfSenderIpRanges=")],
        };

        Assert.Equal(DirectSendVerdict.LikelyExposed, (await DirectSendBed.InspectAsync(DirectSendBed.Direct(), tenant)).Verdict);
        Assert.Equal(DirectSendVerdict.Mitigated, (await DirectSendBed.InspectAsync(DirectSendBed.Direct(), tenant with { TransportRules = [] })).Verdict);
    }

    [Theory]
    [InlineData("DomainType", "Authoritative", null)]
    [InlineData("SendingFromDomainDisabled", "True", true)]
    [InlineData("SendingFromDomainDisabled", "False", false)]
    public async Task Sending_that_is_disabled_is_told_and_shortens_the_way_to_reject(string property, string value, bool? disabled)
    {
        AcceptedDomainFacts accepted = TenantFactReader.ReadAcceptedDomain(DirectSendBed.Facts(("DomainName", "contoso.com"), (property, value)))!;
        DirectSendResult result = await DirectSendBed.InspectAsync(
            DirectSendBed.Direct("v=DMARC1; p=none; rua=mailto:d@contoso.com"), DirectSendBed.Tenant(false, []) with { AcceptedDomains = [accepted] });

        Assert.Equal(disabled, result.SendingDisabled);
        Assert.Equal(disabled == true, result.Findings.Any(finding => finding.Code == DirectSendFindings.SendingDisabled.Code));
        Assert.Equal(DirectSendVerdict.LikelyExposed, result.Verdict);
        Assert.Contains(result.NextSteps, step => step.Command.EndsWith(disabled == true ? "New-DmarcRecord -Stage Reject -NonexistentSubdomainPolicy Reject" : "New-DmarcRecord -Stage QuarantineTest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CNAME selector1-contoso-com._domainkey.contoso.onmicrosoft.com", "Valid", true, "")]
    [InlineData("CNAME selector1-contoso-com._domainkey.contoso.onmicrosoft.com", "CnameMissing", true, "DirectSendDkimStatusStale")]
    [InlineData("CNAME selector1-contoso-com._domainkey.contoso.onmicrosoft.com", "Valid", false, "DirectSendDkimOff")]
    [InlineData("CNAME selector1.elsewhere.test", "CnameMissing", true, "DirectSendDkimOtherAlias")]
    [InlineData("TXT v=DKIM1; p=", "CnameMissing", true, "DirectSendDkimNoAlias")]
    [InlineData("", "CnameMissing", true, "DirectSendDkimAliasMissing")]
    [InlineData("", "CnameMissing", false, "DirectSendDkimAliasMissing,DirectSendDkimOff")]
    [InlineData("FAILS", "CnameMissing", true, "")]
    public async Task What_the_tenant_says_of_DKIM_is_held_against_DNS(string record, string status, bool enabled, string expected)
    {
        FakeResolver resolver = DirectSendBed.Direct().Alias("selector2._domainkey.contoso.com", "selector2-contoso-com._domainkey.contoso.onmicrosoft.com");
        resolver = record.Length == 0 ? resolver
            : record == "FAILS" ? resolver.Fails("selector1._domainkey.contoso.com", DnsStatus.Timeout)
            : record.StartsWith("CNAME", StringComparison.Ordinal) ? resolver.Alias("selector1._domainkey.contoso.com", record[6..])
            : resolver.Txt("selector1._domainkey.contoso.com", record[4..]);
        DkimSigningFacts signing = TenantFactReader.ReadDkimSigning(DirectSendBed.Facts(
            ("Domain", "contoso.com"),
            ("Enabled", enabled),
            ("Status", status),
            ("Selector1CNAME", "selector1-contoso-com._domainkey.contoso.onmicrosoft.com"),
            ("Selector2CNAME", "selector2-contoso-com._domainkey.contoso.onmicrosoft.com.")))!;
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver, DirectSendBed.Tenant(true, [], "contoso.com") with { DkimSigning = [signing] });

        Assert.Equal(expected, string.Join(",", result.Findings.Select(finding => finding.Code).Where(code => code.StartsWith("DirectSendDkim", StringComparison.Ordinal)).Order()));
        Assert.Equal(enabled, result.DkimSigning);
    }

    [Fact]
    public async Task A_domain_without_settings_for_DKIM_is_told()
    {
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(false, [], "contoso.com") with { DkimSigning = [] });

        Assert.Contains(result.Findings, finding => finding.Code == DirectSendFindings.DkimNotSetUp.Code);
        Assert.Contains(result.NextSteps, step => step.Command == "New-DkimSigningConfig -DomainName 'contoso.com' -Enabled $true");
        Assert.Null((await DirectSendBed.InspectAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(false, []))).DkimSigning);
    }

    private static TransportRuleFacts Rule(string name, string changes)
    {
        Dictionary<string, object?> values = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Name"] = name,
            ["State"] = "Enabled",
            ["Mode"] = "Enforce",
            ["Priority"] = 0,
            ["FromScope"] = "NotInOrganization",
            ["RejectMessageReasonText"] = "Deliver to our MX",
            ["ExceptIfSenderIpRanges"] = new[] { "198.51.100.0/24" },
            ["DeleteMessage"] = false,
            ["HasSenderOverride"] = false,
        };
        foreach (string change in changes.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = change.Split('=', 2);
            values[pair[0]] = pair[1];
        }

        return TenantFactReader.ReadTransportRule(name1 => values.GetValueOrDefault(name1))!;
    }
}

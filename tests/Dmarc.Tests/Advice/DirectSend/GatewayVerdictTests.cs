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
        { "spares quarters", "ExceptIfSenderIpRanges=0.0.0.0/2,64.0.0.0/2,128.0.0.0/2,192.0.0.0/2", false },
        { "spares as many as there may be", "ExceptIfSenderIpRanges=64.0.0.0/7,66.0.0.0-67.255.255.255", true },
        { "spares one more", "ExceptIfSenderIpRanges=64.0.0.0/7,66.0.0.0-67.255.255.255,198.51.100.1", false },
        { "spares the same twice", "ExceptIfSenderIpRanges=64.0.0.0/6,65.0.0.0/8", true },
        { "spares two ends", "ExceptIfSenderIpRanges=1.0.0.0-223.255.255.255", false },
        { "spares a block of IPv6", "ExceptIfSenderIpRanges=2a01::/16", true },
        { "spares more of IPv6", "ExceptIfSenderIpRanges=2a01::/16,2a02::/32", false },
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

    private const string Stops = "RejectMessageReasonText=;ExceptIfSenderIpRanges=;StopRuleProcessing=True;";

    [Theory]
    [InlineData(Stops, false)]
    [InlineData(Stops + "StopRuleProcessing=False", true)]
    [InlineData(Stops + "State=Disabled", true)]
    [InlineData(Stops + "Mode=Audit", true)]
    [InlineData(Stops + "Priority=2", true)]
    [InlineData(Stops + "FromScope=InOrganization", true)]
    [InlineData(Stops + "SentToScope=NotInOrganization", true)]
    [InlineData(Stops + "SentToScope=InOrganization", false)]
    [InlineData(Stops + "SenderIpRanges=198.51.100.0/24", true)]
    [InlineData(Stops + "SenderIpRanges=0.0.0.0/1", false)]
    [InlineData(Stops + "HeaderContainsMessageHeader=X-Gateway;HeaderContainsWords=secret", true)]
    [InlineData(Stops + "SenderDomainIs=partner.test", false)]
    [InlineData(Stops + "SubjectContainsWords=invoice", false)]
    [InlineData(Stops + "RecipientDomainIs=fabrikam.com", true)]
    [InlineData(Stops + "RecipientDomainIs=contoso.com", false)]
    [InlineData("ExceptIfSenderIpRanges=;StopRuleProcessing=True;SubjectContainsWords=invoice", true)]
    public async Task A_lock_that_strangers_do_not_reach_is_none(string earlier, bool locks)
    {
        TransportRuleFacts last = Rule("lock", "Priority=1");
        foreach (TransportRuleFacts[] rules in new TransportRuleFacts[][] { [Rule("first", earlier), last], [last, Rule("first", earlier)] })
        {
            DirectSendResult result = await DirectSendBed.InspectAsync(
                DirectSendBed.Gateway(), DirectSendBed.Tenant(true, [], "contoso.com") with { TransportRules = [.. rules] });

            Assert.Equal(locks ? DirectSendVerdict.Protected : DirectSendVerdict.ExposedPastGateway, result.Verdict);
            Assert.Equal(locks ? "lock" : "", result.LockingRules.ToString());
            Assert.Equal(!locks, result.Findings.Any(finding => finding.Code == DirectSendFindings.RuleNotReached.Code));
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("SenderDomainIs=partner.test", true)]
    [InlineData("SenderDomainIs=contoso.com", false)]
    public async Task A_rule_for_the_domains_senders_has_to_be_reached_by_them(string earlier, bool refuses)
    {
        TenantFacts tenant = DirectSendBed.Tenant(false, [], "contoso.com") with
        {
            TransportRules = [Rule("first", Stops + earlier), Rule("own", "Priority=1;SenderDomainIs=contoso.com")],
        };

        Assert.Equal(refuses, (await DirectSendBed.InspectAsync(DirectSendBed.Direct("v=DMARC1; p=none"), tenant)).Verdict == DirectSendVerdict.Protected);
    }

    [Fact]
    public async Task A_lock_leaves_no_finding_that_contradicts_it()
    {
        InboundConnectorFacts connector = DirectSendBed.Connector("*", "198.51.100.0/24", restricts: true);
        foreach (bool? switchedOn in new bool?[] { true, false })
        {
            foreach (TenantFacts tenant in new[]
            {
                DirectSendBed.Tenant(switchedOn, [connector], "contoso.com"),
                DirectSendBed.Tenant(switchedOn, [], "contoso.com") with { TransportRules = [Rule("lock", "")] },
            })
            {
                DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), tenant);

                Assert.Equal(DirectSendVerdict.Protected, result.Verdict);
                Assert.StartsWith("Refused", result.SpoofOutcome, StringComparison.Ordinal);
                Assert.DoesNotContain(result.Findings, finding => finding.Code == DirectSendFindings.SwitchLimits.Code
                    || finding.Code == DirectSendFindings.SwitchOff.Code || finding.Code == DirectSendFindings.SubdomainsNotCovered.Code);
            }
        }
    }

    /// <summary>Exchange itself writes that it does not know a sender; another word in the field, or another field, leaves strangers out.</summary>
    [Theory]
    [InlineData("HeaderContainsMessageHeader=X-MS-Exchange-Organization-AuthAs;HeaderContainsWords=Anonymous", true)]
    [InlineData("HeaderMatchesMessageHeader=x-ms-exchange-crosstenant-authas;HeaderMatchesPatterns=^anonymous$", true)]
    [InlineData("HeaderContainsMessageHeader=X-MS-Exchange-Organization-AuthAs;HeaderContainsWords=Internal", false)]
    [InlineData("HeaderContainsMessageHeader=X-MS-Exchange-Organization-AuthAs;HeaderMatchesPatterns=Anonymous", false)]
    [InlineData("HeaderContainsMessageHeader=X-Secret;HeaderContainsWords=Anonymous", false)]
    public async Task A_rule_for_anonymous_mail_is_for_strangers(string rule, bool locks)
    {
        TenantFacts tenant = DirectSendBed.Tenant(false, [], "contoso.com") with { TransportRules = [Rule("own", rule)] };
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), tenant);

        Assert.Equal(locks, result.Verdict == DirectSendVerdict.Protected);
    }

    /// <summary>Anybody has a certificate; a name for all of them refuses nobody.</summary>
    [Theory]
    [InlineData("*.filter.test", true)]
    [InlineData("mx.filter.test", true)]
    [InlineData("*.test", false)]
    [InlineData("*", false)]
    [InlineData("", false)]
    public void A_lock_by_certificate_names_it(string name, bool locks)
    {
        InboundConnectorFacts connector = DirectSendBed.Connector("*", "", restricts: false) with { RestrictsToCertificate = true, CertificateName = name };

        Assert.Equal((locks, !locks), (connector.IsLock, connector.TakesAnybody));
    }

    [Theory]
    [InlineData("contoso.com", "", false, "5.7.51")]
    [InlineData("contoso.com", "", true, "5.7.68")]
    [InlineData("", "SenderDomainIs=contoso.com", false, "'own'")]
    [InlineData("", "SenderDomainIs=contoso.com", true, "5.7.68")]
    [InlineData("", "SenderDomainIs=contoso.com;SenderAddressLocation=Envelope", false, "'own'")]
    [InlineData("", "SenderDomainIs=contoso.com;SenderAddressLocation=HeaderOrEnvelope", false, "'own'")]
    public async Task What_a_spoof_meets_is_what_refuses_it(string senders, string rule, bool switchedOn, string meets)
    {
        TenantFacts tenant = DirectSendBed.Tenant(switchedOn, senders.Length == 0 ? [] : [DirectSendBed.Connector(senders, "198.51.100.0/24", restricts: true)], "contoso.com");
        tenant = tenant with { TransportRules = rule.Length == 0 ? [] : [Rule("own", rule)] };
        foreach (FakeResolver resolver in new[] { DirectSendBed.Gateway(), DirectSendBed.Direct() })
        {
            DirectSendResult result = await DirectSendBed.InspectAsync(resolver, tenant);
            Assert.Contains(meets, result.SpoofOutcome, StringComparison.Ordinal);

            // A rule that compares the From header leaves nothing open of what the switch does.
            bool checksHeader = rule.Length > 0 && !rule.EndsWith("=Envelope", StringComparison.Ordinal);
            Assert.Equal(!checksHeader, result.Findings.Any(finding => finding.Code == DirectSendFindings.SwitchLimits.Code));
        }
    }

    [Theory]
    [InlineData("", DirectSendVerdict.Protected, DirectSendVerdict.Protected)]
    [InlineData("contoso.com", DirectSendVerdict.ExposedPastGateway, DirectSendVerdict.Protected)]
    [InlineData("Contoso.COM", DirectSendVerdict.ExposedPastGateway, DirectSendVerdict.Protected)]
    [InlineData("fabrikam.com", DirectSendVerdict.LikelyExposed, DirectSendVerdict.LikelyExposed)]
    [InlineData("news.contoso.com", DirectSendVerdict.LikelyExposed, DirectSendVerdict.LikelyExposed)]
    public async Task A_connector_for_accepted_domains_is_for_those_only(string accepted, DirectSendVerdict behind, DirectSendVerdict direct)
    {
        TenantFacts tenant = DirectSendBed.Tenant(
            false,
            [DirectSendBed.Connector("*", "198.51.100.0/24", restricts: true) with { AcceptedDomains = accepted.Length == 0 ? [] : [accepted] }],
            "contoso.com",
            "fabrikam.com");

        Assert.Equal(behind, (await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), tenant)).Verdict);
        Assert.Equal(direct, (await DirectSendBed.InspectAsync(DirectSendBed.Direct("v=DMARC1; p=none"), tenant)).Verdict);
    }

    [Fact]
    public async Task A_connector_for_another_accepted_domain_undoes_no_switch()
    {
        InboundConnectorFacts open = DirectSendBed.Connector("*");
        Assert.Equal(DirectSendVerdict.Protected, await VerdictAsync(open with { AcceptedDomains = ["fabrikam.com"] }));
        Assert.NotEqual(DirectSendVerdict.Protected, await VerdictAsync(open with { AcceptedDomains = ["contoso.com"] }));
        Assert.NotEqual(DirectSendVerdict.Protected, await VerdictAsync(open));

        static async Task<DirectSendVerdict> VerdictAsync(InboundConnectorFacts connector) =>
            (await DirectSendBed.InspectAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(true, [connector], "contoso.com", "fabrikam.com"))).Verdict;
    }

    [Theory]
    [InlineData("64.0.0.0/6", true)]
    [InlineData("64.0.0.0/5", false)]
    [InlineData("0.0.0.0/0", false)]
    public void A_connector_that_lists_strangers_is_no_lock(string addresses, bool locks)
    {
        InboundConnectorFacts connector = DirectSendBed.Connector("*", addresses, restricts: true);
        Assert.Equal((locks, !locks), (connector.IsLock, connector.TakesAnybody));
    }

    /// <summary>Microsoft documents the wildcard of SenderDomains as the domain and all its subdomains.</summary>
    [Theory]
    [InlineData("*.contoso.com", true)]
    [InlineData("contoso.com", true)]
    [InlineData("*.com", true)]
    [InlineData("*.news.contoso.com", false)]
    [InlineData("com", false)]
    public void A_wildcard_stands_for_the_domain_and_those_below(string senders, bool isFor) =>
        Assert.Equal(isFor, DirectSendBed.Connector(senders).IsFor(Dmarc.Domains.DomainName.Parse("contoso.com")));

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
        Assert.Contains(DirectSendFindings.RuleStopsMail.Code, await CodesAsync("ExceptIfSenderIpRanges=", DirectSendBed.Direct()));
        Assert.Contains(DirectSendFindings.RuleExemptsNobody.Code, await CodesAsync("ExceptIfSenderIpRanges="));
        Assert.DoesNotContain(DirectSendFindings.RuleStopsMail.Code, await CodesAsync("ExceptIfSenderIpRanges="));
        Assert.DoesNotContain(DirectSendFindings.RuleExemptsNobody.Code, await CodesAsync(""));
        Assert.Contains(DirectSendFindings.RuleHasHoles.Code, await CodesAsync("ExceptIfSenderIpRanges=0.0.0.0/2,64.0.0.0/2"));
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

        return TransportRuleReader.Read(name1 => values.GetValueOrDefault(name1))!;
    }
}

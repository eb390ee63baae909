using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.DirectSend;

/// <summary>What the verdict is for what is known, and that what is not known is never taken for absent.</summary>
public class DirectSendVerdictTests
{
    [Theory]
    [InlineData("v=DMARC1; p=reject", "v=spf1 -all", DirectSendVerdict.PossiblyExposed)]
    [InlineData("v=DMARC1; p=quarantine", "v=spf1 ~all", DirectSendVerdict.PossiblyExposed)]
    [InlineData("v=DMARC1; p=none", "v=spf1 -all", DirectSendVerdict.LikelyExposed)]
    [InlineData("v=DMARC1; p=quarantine; t=y", "v=spf1 -all", DirectSendVerdict.LikelyExposed)]
    [InlineData("v=DMARC1; p=reject; pct=10", "v=spf1 -all", DirectSendVerdict.LikelyExposed)]
    [InlineData("nothing of the kind", "v=spf1 -all", DirectSendVerdict.LikelyExposed)]
    [InlineData("v=DMARC1; p=reject", "v=spf1 +all", DirectSendVerdict.LikelyExposed)]
    public async Task Mail_straight_to_the_endpoint_is_judged_by_DMARC(string dmarc, string spf, DirectSendVerdict verdict)
    {
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Direct(dmarc, spf));

        Assert.Equal((verdict, MailRoute.ExchangeOnlineDirect, DirectSendStatus.Assessed), (result.Verdict, result.MailRoute, result.Status));
        Assert.Equal(DirectSendBed.Endpoint, result.Endpoint);
        Assert.Contains(result.OpenQuestions, sentence => sentence.Contains("RejectDirectSend", StringComparison.Ordinal));
        Assert.NotEmpty(result.SpoofOutcome!);
    }

    /// <summary>Without a record, or if it is not known whether there is one, nothing passes or fails DMARC.</summary>
    [Theory]
    [InlineData("v=DMARC1; p=reject", "v=spf1 +all", "SPF passes mail from every address, so DMARC passes as well")]
    [InlineData("nothing of the kind", "v=spf1 +all", "SPF passes mail from every address, and no DMARC record applies")]
    [InlineData(null, "v=spf1 +all", "It is unknown whether a DMARC record applies; if one does, the message passes DMARC as well.")]
    [InlineData("v=DMARC1; p=reject", "v=spf1 -all", "DMARC fails with p=reject")]
    [InlineData("nothing of the kind", "v=spf1 -all", "No DMARC policy asks for action")]
    [InlineData(null, "v=spf1 -all", "The DMARC policy is unknown.")]
    public async Task What_a_spoof_meets_speaks_of_DMARC_as_far_as_it_is_known(string? dmarc, string spf, string text)
    {
        FakeResolver resolver = DirectSendBed.Direct(dmarc ?? "nothing of the kind", spf);
        DirectSendResult result = await DirectSendBed.InspectAsync(dmarc is null ? resolver.Fails("_dmarc.contoso.com", DnsStatus.ServFail) : resolver);

        Assert.Contains(text, result.SpoofOutcome!, StringComparison.Ordinal);
        if (dmarc?.StartsWith("v=", StringComparison.Ordinal) != true)
        {
            string[] told = [result.SpoofOutcome!, result.Reason, .. result.Findings.Select(finding => finding.Message), .. result.NextSteps.Select(step => step.Reason)];
            Assert.DoesNotContain(told, sentence => sentence.Contains("DMARC passes", StringComparison.Ordinal)
                || sentence.Contains("DMARC fails", StringComparison.Ordinal)
                || sentence.Contains("fails DMARC", StringComparison.Ordinal)
                || sentence.Contains("SPF and DMARC from", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("mx.filter.test", MailRoute.ThirdPartyGateway, DirectSendVerdict.LikelyExposed)]
    [InlineData("mail.contoso.com", MailRoute.Hybrid, DirectSendVerdict.LikelyExposed)]
    [InlineData("aspmx.l.google.com", MailRoute.NotMicrosoft, DirectSendVerdict.PossiblyExposed)]
    [InlineData("mx.filter.test," + DirectSendBed.Endpoint, MailRoute.Mixed, DirectSendVerdict.LikelyExposed)]
    [InlineData("", MailRoute.NullMx, DirectSendVerdict.PossiblyExposed)]
    public async Task An_endpoint_that_answers_beside_the_mail_exchanges_is_found(string exchanges, MailRoute route, DirectSendVerdict verdict)
    {
        FakeResolver resolver = DirectSendBed.Microsoft()
            .Mx("contoso.com", exchanges.Split(','))
            .Txt("contoso.com", "v=spf1 -all")
            .Txt("_dmarc.contoso.com", "v=DMARC1; p=reject")
            .Address(DirectSendBed.Endpoint, "192.0.2.200");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver);

        Assert.Equal((route, verdict), (result.MailRoute, result.Verdict));
        Assert.Equal(DirectSendBed.Endpoint, result.Endpoint);
    }

    [Theory]
    [InlineData("mx.filter.test")]
    [InlineData("aspmx.l.google.com")]
    [InlineData("")]
    public async Task Without_an_endpoint_or_a_sign_of_mail_it_does_not_apply(string exchange)
    {
        FakeResolver resolver = new FakeResolver().Mx("contoso.com", exchange).Txt("contoso.com", "v=spf1 -all", "MS=ms1").Txt("_dmarc.contoso.com", "v=DMARC1; p=none");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver);

        Assert.Equal((DirectSendVerdict.NotApplicable, ""), (result.Verdict, result.Endpoint));
        Assert.Equal(TenantSignKind.Verification, Assert.Single(result.Signs).Kind);
        Assert.Empty(result.NextSteps);
    }

    [Fact]
    public async Task Signs_of_mail_without_an_endpoint_are_possible_exposure()
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("contoso.com", "mx.filter.test")
            .Txt("contoso.com", "v=spf1 redirect=_spf.contoso.com")
            .Txt("_spf.contoso.com", "v=spf1 include:spf.protection.outlook.com ~all")
            .Alias("autodiscover.contoso.com", "autodiscover.outlook.com");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver);

        Assert.Equal((DirectSendVerdict.PossiblyExposed, "~all"), (result.Verdict, result.SpfAll));
        Assert.Equal([TenantSignKind.SpfInclude, TenantSignKind.Autodiscover], result.Signs.Select(sign => sign.Kind));
    }

    [Fact]
    public async Task A_DKIM_alias_names_the_tenant_and_its_first_endpoint()
    {
        FakeResolver resolver = DirectSendBed.Gateway()
            .Alias("selector1._domainkey.contoso.com", "selector1-contoso-com._domainkey.contosoinc.onmicrosoft.com")
            .Mx("contosoinc.onmicrosoft.com", "contosoinc.mail.protection.outlook.com")
            .Address("contosoinc.mail.protection.outlook.com", "192.0.2.201");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver);

        Assert.Equal(
            [(DirectSendBed.Endpoint, EndpointSource.Derived), ("contosoinc.mail.protection.outlook.com", EndpointSource.TenantDomain)],
            result.Endpoints.Select(endpoint => (endpoint.Host, endpoint.Source)));
        Assert.Contains(result.Findings, finding => finding.Code == DirectSendFindings.TenantEndpoint.Code);
    }

    [Theory]
    [InlineData("spf.protection.office365.us", "contoso-com.mail.protection.office365.us")]
    [InlineData("spf.protection.partner.outlook.cn", "contoso-com.mail.protection.partner.outlook.cn")]
    public async Task Other_clouds_are_looked_at_where_SPF_names_them(string include, string endpoint)
    {
        FakeResolver resolver = new FakeResolver().Mx("contoso.com", "mx.filter.test").Txt("contoso.com", "v=spf1 include:" + include + " -all").Address(endpoint, "192.0.2.9");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver);

        Assert.Equal((endpoint, DirectSendVerdict.LikelyExposed), (result.Endpoint, result.Verdict));
    }

    [Fact]
    public async Task The_older_name_beside_a_newer_one_is_told()
    {
        FakeResolver resolver = DirectSendBed.Direct().Address("contoso-com.o-v1.mx.microsoft", "192.0.2.7");
        resolver = resolver.Mx("news.contoso.com", "contoso-com.o-v1.mx.microsoft").Address("news-contoso-com.mail.protection.outlook.com", "192.0.2.8");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver, domain: "news.contoso.com");

        Assert.Equal("contoso-com.o-v1.mx.microsoft", result.Endpoint);
        Assert.Contains(result.Findings, finding => finding.Code == DirectSendFindings.SecondEndpoint.Code);
    }

    [Fact]
    public async Task A_mail_exchange_at_Microsoft_that_does_not_exist_is_told()
    {
        FakeResolver resolver = DirectSendBed.Microsoft().Mx("contoso.com", DirectSendBed.Endpoint).Txt("contoso.com", "v=spf1 -all");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver);

        Finding finding = Assert.Single(result.Findings, finding => finding.Code == DirectSendFindings.DanglingEndpoint.Code);
        Assert.Contains(DirectSendBed.Endpoint, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_too_long_to_derive_is_not_asked_for()
    {
        string domain = new string('a', 40) + "." + new string('b', 40) + ".com";
        FakeResolver resolver = new FakeResolver().Mx(domain, "mx.filter.test").Txt(domain, "v=spf1 -all");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver, domain: domain);

        Assert.Equal((DirectSendVerdict.NotApplicable, 0), (result.Verdict, result.Endpoints.Count));
    }

    [Theory]
    [InlineData(DirectSendBed.Endpoint, DnsStatus.ServFail, DnsFailure.ServerFailure)]
    [InlineData(DirectSendBed.Endpoint, DnsStatus.Timeout, DnsFailure.Timeout)]
    [InlineData("selector1._domainkey.contoso.com", DnsStatus.Refused, DnsFailure.Refused)]
    [InlineData("autodiscover.contoso.com", DnsStatus.Malformed, DnsFailure.Malformed)]
    [InlineData("contoso.com", DnsStatus.NetworkError, DnsFailure.NetworkError)]
    public async Task A_failed_look_up_is_never_an_absent_endpoint(string name, DnsStatus failure, DnsFailure expected)
    {
        FakeResolver resolver = new FakeResolver().Mx("contoso.com", "mx.filter.test").Txt("contoso.com", "v=spf1 -all").Fails(name, failure);
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver);

        Assert.Equal((DirectSendVerdict.Unknown, DirectSendStatus.DnsFailure, expected), (result.Verdict, result.Status, result.DnsFailure));
        Assert.Contains(name, result.FailedQuery, StringComparison.Ordinal);
        Assert.Contains(result.Findings, finding => finding.Code == DirectSendFindings.LookupFailed.Code);
        Assert.Empty(result.NextSteps);
    }

    [Fact]
    public async Task A_failure_that_cannot_change_the_verdict_does_not()
    {
        DirectSendResult gateway = await DirectSendBed.InspectAsync(DirectSendBed.Gateway().Fails("_dmarc.contoso.com", DnsStatus.Timeout));
        DirectSendResult direct = await DirectSendBed.InspectAsync(DirectSendBed.Direct().Fails("_dmarc.contoso.com", DnsStatus.Timeout));
        DirectSendResult closed = await DirectSendBed.InspectAsync(DirectSendBed.Direct().Fails("_dmarc.contoso.com", DnsStatus.Timeout), DirectSendBed.Tenant(true));

        Assert.Equal(DirectSendVerdict.LikelyExposed, gateway.Verdict);
        Assert.Equal((DirectSendVerdict.Unknown, DirectSendStatus.DnsFailure, DnsFailure.Timeout), (direct.Verdict, direct.Status, direct.DnsFailure));
        Assert.Equal((DirectSendVerdict.Protected, DirectSendStatus.Assessed), (closed.Verdict, closed.Status));
        Assert.Equal((DmarcRecordStatus.DnsFailure, DnsFailure.Timeout), (closed.DmarcStatus, closed.DmarcDnsFailure));
    }

    [Fact]
    public async Task Unknown_exchanges_leave_open_whether_DMARC_is_acted_on()
    {
        FakeResolver enforced = DirectSendBed.Gateway().Fails("contoso.com", DnsRecordType.MX, DnsStatus.ServFail);
        FakeResolver open = DirectSendBed.Gateway("v=DMARC1; p=none").Fails("contoso.com", DnsRecordType.MX, DnsStatus.ServFail);

        Assert.Equal(DirectSendVerdict.Unknown, (await DirectSendBed.InspectAsync(enforced)).Verdict);
        Assert.Equal(DirectSendVerdict.LikelyExposed, (await DirectSendBed.InspectAsync(open)).Verdict);
    }

    [Fact]
    public async Task Settings_settle_it_for_mail_straight_to_the_endpoint()
    {
        Assert.Equal(DirectSendVerdict.Protected, await VerdictAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(true)));
        Assert.Equal(DirectSendVerdict.Protected, await VerdictAsync(DirectSendBed.Direct("v=DMARC1; p=none"), DirectSendBed.Tenant(true, [], "contoso.com")));
        Assert.Equal(DirectSendVerdict.Mitigated, await VerdictAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(false)));
        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync(DirectSendBed.Direct("v=DMARC1; p=none"), DirectSendBed.Tenant(false)));
        Assert.Equal(DirectSendVerdict.PossiblyExposed, await VerdictAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(null, [])));
    }

    [Fact]
    public async Task A_connector_locks_an_endpoint_behind_a_gateway()
    {
        InboundConnectorFacts locking = DirectSendBed.Connector("*", "198.51.100.0/24", restricts: true);
        DirectSendResult locked = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(false, [locking]));

        Assert.Equal((DirectSendVerdict.Protected, "c"), (locked.Verdict, locked.LockingConnectors.ToString()));
        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(false, [])));
        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(false, [locking with { Enabled = false }])));
        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(false, [locking with { Type = InboundConnectorType.OnPremises }])));
        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(false, [DirectSendBed.Connector("*", "198.51.100.0/24")])));
    }

    [Fact]
    public async Task A_certificate_locks_too()
    {
        InboundConnectorFacts connector = new() { Name = "tls", Type = InboundConnectorType.Partner, SenderDomains = ["*"], RestrictsToCertificate = true, CertificateName = "*.filter.test" };

        Assert.Equal(DirectSendVerdict.Protected, await VerdictAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(false, [connector])));
        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(false, [connector with { CertificateName = "" }])));
    }

    [Fact]
    public async Task A_connector_for_the_domain_alone_refuses_its_envelope_sender()
    {
        TenantFacts tenant = DirectSendBed.Tenant(false, [DirectSendBed.Connector("contoso.com", "192.0.2.1", restricts: true)]);
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Direct("v=DMARC1; p=none"), tenant);

        Assert.Equal(DirectSendVerdict.Protected, result.Verdict);
        Assert.Contains(result.Findings, finding => finding.Code == DirectSendFindings.SwitchLimits.Code);
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("contoso.com", "", true)]
    [InlineData("*.com", "", true)]
    [InlineData("*", "192.0.2.1", false)]
    [InlineData("fabrikam.com", "", false)]
    public async Task A_connector_for_anybody_undoes_the_switch(string senders, string addresses, bool isOpen)
    {
        DirectSendResult result = await DirectSendBed.InspectAsync(
            DirectSendBed.Direct("v=DMARC1; p=none"), DirectSendBed.Tenant(true, [DirectSendBed.Connector(senders, addresses)]));

        Assert.Equal(isOpen ? DirectSendVerdict.LikelyExposed : DirectSendVerdict.Protected, result.Verdict);
        Assert.Equal(isOpen, result.Findings.Any(finding => finding.Code == DirectSendFindings.ConnectorTooBroad.Code && finding.Severity == Severity.Error));
    }

    [Fact]
    public async Task The_switch_does_not_cover_what_is_no_accepted_domain()
    {
        FakeResolver resolver = DirectSendBed.Direct().Txt("_dmarc.contoso.com", "v=DMARC1; p=reject; sp=none");
        DirectSendResult below = await DirectSendBed.InspectAsync(DirectSendBed.Direct("v=DMARC1; p=reject; sp=none"), DirectSendBed.Tenant(true, [], "contoso.com"), "news.contoso.com");
        DirectSendResult included = await DirectSendBed.InspectAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(true, [], "*.contoso.com"), "news.contoso.com");
        DirectSendResult foreign = await DirectSendBed.InspectAsync(resolver, DirectSendBed.Tenant(true, [], "fabrikam.com"));
        DirectSendResult behindLock = await DirectSendBed.InspectAsync(
            DirectSendBed.Direct(), DirectSendBed.Tenant(false, [DirectSendBed.Connector("*", "192.0.2.1", restricts: true)], "contoso.com"), "news.contoso.com");

        Assert.Equal((DirectSendVerdict.LikelyExposed, false), (below.Verdict, below.IsAcceptedDomain));
        Assert.Contains(below.Findings, finding => finding.Code == DirectSendFindings.NotAccepted.Code);
        Assert.Contains(below.NextSteps, step => step.Command.StartsWith("Get-AcceptedDomain -Identity 'contoso.com'", StringComparison.Ordinal));
        Assert.DoesNotContain(below.NextSteps, step => step.Command.Contains("Set-AcceptedDomain", StringComparison.Ordinal));
        Assert.Equal((DirectSendVerdict.Protected, true), (included.Verdict, included.IsAcceptedDomain));
        Assert.Equal(false, foreign.IsAcceptedDomain);
        Assert.NotEqual(DirectSendVerdict.Protected, foreign.Verdict);
        Assert.Equal(DirectSendVerdict.Protected, behindLock.Verdict);
    }

    [Fact]
    public async Task An_accepted_domain_is_judged_even_where_DNS_shows_no_endpoint()
    {
        FakeResolver resolver = new FakeResolver().Mx("contoso.com", "mx.filter.test").Txt("contoso.com", "v=spf1 -all").Txt("_dmarc.contoso.com", "v=DMARC1; p=none");

        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync(resolver, DirectSendBed.Tenant(false, [], "contoso.com")));
        Assert.Equal(DirectSendVerdict.ExposedPastGateway, await VerdictAsync(resolver, DirectSendBed.Tenant(true, [], "contoso.com")));
        Assert.Equal(DirectSendVerdict.NotApplicable, await VerdictAsync(resolver, DirectSendBed.Tenant(false, [], "fabrikam.com")));
    }

    [Fact]
    public async Task Other_dangers_in_the_settings_are_told()
    {
        InboundConnectorFacts locking = DirectSendBed.Connector("*", "198.51.100.1", restricts: true);
        DirectSendResult direct = await DirectSendBed.InspectAsync(DirectSendBed.Direct(), DirectSendBed.Tenant(true, [locking]));
        DirectSendResult disabled = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(false, [locking with { Enabled = false }]));
        DirectSendResult believed = await DirectSendBed.InspectAsync(
            DirectSendBed.Direct(),
            DirectSendBed.Tenant(true, [DirectSendBed.Connector("*", "192.0.2.0/24", type: InboundConnectorType.OnPremises) with { TreatsMessagesAsInternal = true }]));

        Assert.Contains(direct.Findings, finding => finding.Code == DirectSendFindings.LockStopsMail.Code);
        Assert.Contains(disabled.Findings, finding => finding.Code == DirectSendFindings.LockDisabled.Code);
        Assert.Contains(disabled.NextSteps, step => step.Command == "Set-InboundConnector -Identity 'c' -Enabled $true");
        Assert.Contains(believed.Findings, finding => finding.Code == DirectSendFindings.TreatedAsInternal.Code);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("contoso.com")]
    public async Task A_connector_for_anybody_undoes_a_lock(string senders)
    {
        InboundConnectorFacts locking = DirectSendBed.Connector("*", "198.51.100.0/24", restricts: true) with { Name = "lock" };
        TenantFacts tenant = DirectSendBed.Tenant(false, [locking, DirectSendBed.Connector(senders) with { Name = "hole" }]);
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), tenant);

        Assert.Equal(DirectSendVerdict.LikelyExposed, result.Verdict);
        Assert.Contains("'hole'", result.Reason, StringComparison.Ordinal);
        Assert.Contains("'lock'", result.Reason, StringComparison.Ordinal);
        Assert.Contains(result.NextSteps, step => step.Command.Contains("Set-InboundConnector -Identity 'hole' -Enabled $false", StringComparison.Ordinal));
        Assert.DoesNotContain(result.NextSteps, step => step.Command.Contains("$gatewayAddresses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_MX_records_nobody_knows_whether_Microsoft_acts_on_DMARC()
    {
        FakeResolver parked = Parked("v=DMARC1; p=reject");

        // A lock may stand for the domains of the tenant that take mail.
        Assert.Equal(DirectSendVerdict.PossiblyExposed, await VerdictAsync(parked, DirectSendBed.Tenant(false, null, "contoso.com")));
        Assert.Equal(DirectSendVerdict.PossiblyExposed, await VerdictAsync(parked, DirectSendBed.Tenant(false, [], "contoso.com")));
        Assert.Equal(DirectSendVerdict.LikelyExposed, await VerdictAsync(Parked("v=DMARC1; p=none"), DirectSendBed.Tenant(false, [], "contoso.com")));

        DirectSendResult below = await DirectSendBed.InspectAsync(DirectSendBed.Gateway(), DirectSendBed.Tenant(true, null, "contoso.com"), "news.contoso.com");
        Assert.Equal(DirectSendVerdict.PossiblyExposed, below.Verdict);
        Assert.Contains(below.OpenQuestions, sentence => sentence.Contains("-InboundConnector", StringComparison.Ordinal));

        static FakeResolver Parked(string dmarc) => DirectSendBed.Microsoft()
            .Mx("contoso.com", "").Txt("contoso.com", "v=spf1 -all").Txt("_dmarc.contoso.com", dmarc).Address(DirectSendBed.Endpoint, "192.0.2.200");
    }

    [Theory]
    [InlineData("my-shop.com", "my.shop.com")]
    [InlineData("contoso.co.uk", "contoso-co.uk")]
    [InlineData("news.contoso.com", "news-contoso.com")]
    [InlineData("contoso.com", null)]
    [InlineData("a--b.com", null)]
    [InlineData("xn--bcher-kva.de", null)]
    public void Domains_that_come_to_one_endpoint_are_known(string domain, string? other)
    {
        Assert.Equal(other, EndpointNames.OtherDomainOf(DomainName.Parse(domain)));
        if (other is not null)
        {
            Assert.Equal(
                EndpointNames.Derive(DomainName.Parse(other), MicrosoftCloud.Worldwide),
                EndpointNames.Derive(DomainName.Parse(domain), MicrosoftCloud.Worldwide));
        }
    }

    [Fact]
    public async Task An_endpoint_that_may_be_of_another_domain_is_possible_exposure_only()
    {
        DirectSendResult alone = await DirectSendBed.InspectAsync(Shop(), domain: "my-shop.com");
        DirectSendResult tied = await DirectSendBed.InspectAsync(Shop().Alias("autodiscover.my-shop.com", "autodiscover.outlook.com"), domain: "my-shop.com");
        DirectSendResult failed = await DirectSendBed.InspectAsync(Shop().Fails("autodiscover.my-shop.com", DnsStatus.Timeout), domain: "my-shop.com");
        DirectSendResult accepted = await DirectSendBed.InspectAsync(Shop(), DirectSendBed.Tenant(null, null, "my-shop.com"), "my-shop.com");

        Assert.Equal(DirectSendVerdict.PossiblyExposed, alone.Verdict);
        Assert.Contains("my.shop.com", alone.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(alone.Findings, finding => finding.Code == DirectSendFindings.BehindGateway.Code);
        Assert.Contains(alone.OpenQuestions, sentence => sentence.Contains("-AcceptedDomain", StringComparison.Ordinal));
        Assert.Equal(DirectSendVerdict.LikelyExposed, tied.Verdict);
        Assert.Equal((DirectSendVerdict.Unknown, DirectSendStatus.DnsFailure, DnsFailure.Timeout), (failed.Verdict, failed.Status, failed.DnsFailure));
        Assert.Equal(DirectSendVerdict.LikelyExposed, accepted.Verdict);

        static FakeResolver Shop() => DirectSendBed.Microsoft()
            .Mx("my-shop.com", "mx.filter.test").Txt("my-shop.com", "v=spf1 -all").Address("my-shop-com.mail.protection.outlook.com", "192.0.2.9");
    }

    [Fact]
    public async Task What_a_lock_for_the_domain_alone_does_is_not_called_the_switch()
    {
        TenantFacts tenant = DirectSendBed.Tenant(false, [DirectSendBed.Connector("contoso.com", "192.0.2.1", restricts: true)]);
        DirectSendResult result = await DirectSendBed.InspectAsync(DirectSendBed.Direct(), tenant);

        Assert.Contains("5.7.51", result.SpoofOutcome!, StringComparison.Ordinal);
        Assert.DoesNotContain("5.7.68", result.SpoofOutcome!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_round_trip_is_enough_for_most()
    {
        FakeResolver resolver = DirectSendBed.Direct();
        await DirectSendBed.InspectAsync(resolver);

        Assert.InRange(resolver.Queries.Count, 6, 9);
    }

    private static async Task<DirectSendVerdict> VerdictAsync(FakeResolver resolver, TenantFacts tenant) =>
        (await DirectSendBed.InspectAsync(resolver, tenant)).Verdict;
}

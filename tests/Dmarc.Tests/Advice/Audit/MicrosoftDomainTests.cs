using Dmarc.Advice.Audit;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Tests.Advice.DirectSend;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>The domains that Microsoft gives a tenant: where their keys are, and what can be changed.</summary>
public class MicrosoftDomainTests
{
    private const string Key = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    [Theory]
    [InlineData("onmicrosoft.com", MicrosoftDomainKind.Provider, "")]
    [InlineData("mail.onmicrosoft.com", MicrosoftDomainKind.Provider, "")]
    [InlineData("contoso.onmicrosoft.com", MicrosoftDomainKind.Initial, "selector1-contoso-onmicrosoft-com selector2-contoso-onmicrosoft-com")]
    [InlineData("contoso.mail.onmicrosoft.com", MicrosoftDomainKind.Routing, "selector1-contoso-mail-onmicrosoft-com selector2-contoso-mail-onmicrosoft-com")]
    [InlineData("contoso.onmicrosoft.us", MicrosoftDomainKind.Initial, "selector1-contoso-onmicrosoft-us selector2-contoso-onmicrosoft-us")]
    [InlineData("contoso.partner.onmschina.cn", MicrosoftDomainKind.Initial, "selector1-contoso-partner-onmschina-cn selector2-contoso-partner-onmschina-cn")]
    [InlineData("contoso.com", MicrosoftDomainKind.None, "")]
    [InlineData("notonmicrosoft.com", MicrosoftDomainKind.None, "")]
    public void Each_kind_is_known(string domain, object kindValue, string selectors)
    {
        MicrosoftDomainKind kind = (MicrosoftDomainKind)kindValue;
        Assert.Equal(kind, MicrosoftDomains.KindOf(DomainName.Parse(domain)));
        Assert.Equal(selectors, string.Join(" ", MicrosoftDomains.SelectorsOf(DomainName.Parse(domain))));
    }

    [Theory]
    [InlineData("contoso.onmicrosoft.com", "contoso.mail.protection.outlook.com")]
    [InlineData("contoso.mail.onmicrosoft.com", "contoso-mail.mail.protection.outlook.com")]
    [InlineData("contoso.com", "contoso-com.mail.protection.outlook.com")]
    public void The_endpoint_is_named_after_the_tenant(string domain, string endpoint) =>
        Assert.Equal(endpoint, EndpointNames.Derive(DomainName.Parse(domain), MicrosoftCloud.Worldwide));

    [Fact]
    public async Task The_keys_of_the_initial_domain_are_found()
    {
        FakeResolver resolver = Tenant();
        MailDomainResult audit = await InspectAsync(resolver, "contoso.onmicrosoft.com");
        PrintableList<DkimKeyResult> keys = await new DkimKeyInspector(resolver).InspectAsync(DomainName.Parse("contoso.onmicrosoft.com"));

        Assert.Equal((PartStatus.Found, "selector1-contoso-onmicrosoft-com; selector2-contoso-onmicrosoft-com"), (audit.DkimStatus, audit.DkimSelector.ToString()));
        Assert.Equal(["selector1-contoso-onmicrosoft-com", "selector2-contoso-onmicrosoft-com"], keys.Select(key => key.Selector));
    }

    [Theory]
    [InlineData("contoso.onmicrosoft.com", true, "DkimMicrosoftInitialMissing")]
    [InlineData("contoso.mail.onmicrosoft.com", false, "DkimMicrosoftRoutingMissing")]
    [InlineData("onmicrosoft.com", false, "DkimMicrosoftRoutingMissing")]
    public async Task No_step_is_asked_for_that_only_Microsoft_can_take(string domain, bool canChangeDmarc, string dkim)
    {
        FakeResolver resolver = new FakeResolver()
            .Mx(domain, "contoso.mail.protection.outlook.com")
            .Address("contoso.mail.protection.outlook.com", "40.107.0.1")
            .Txt(domain, "v=spf1 include:spf.protection.outlook.com ?all")
            .Txt("spf.protection.outlook.com", "v=spf1 ip4:40.107.0.0/16 -all");
        MailDomainResult result = await InspectAsync(resolver, domain);

        Assert.Equal(canChangeDmarc, result.NextSteps.Count > 0);
        Assert.All(result.NextSteps, step => Assert.True(step.Rule.StartsWith("Dmarc", StringComparison.Ordinal) || step.Rule.StartsWith("Dkim", StringComparison.Ordinal), step.Rule));
        Assert.Equal(canChangeDmarc, result.NextSteps.Any(step => step.Remedy.Contains("admin center", StringComparison.Ordinal)));
        Assert.All(result.Findings, finding => Assert.True(finding.Remedy.Length == 0 || (canChangeDmarc && finding.Part is MailDomainPart.Dmarc or MailDomainPart.Dkim), finding.Remedy));
        Assert.Contains(result.Findings, finding => finding.Code.StartsWith("MailDomainMicrosoft", StringComparison.Ordinal));
        Assert.Contains(result.Findings, finding => finding.Code == dkim);
    }

    [Fact]
    public async Task The_steps_about_Direct_Send_send_nobody_to_a_zone_that_is_not_theirs()
    {
        FakeResolver resolver = Tenant().Txt("_dmarc.contoso.onmicrosoft.com", "v=DMARC1; p=none");
        DirectSendResult result = await DirectSendBed.InspectAsync(resolver, domain: "contoso.onmicrosoft.com");

        Assert.Equal("contoso.mail.protection.outlook.com", result.Endpoint);
        Assert.Contains(result.NextSteps, step => step.Reason.Contains("admin center", StringComparison.Ordinal));
    }

    private static FakeResolver Tenant() => new FakeResolver()
        .Mx("contoso.onmicrosoft.com", "contoso.mail.protection.outlook.com")
        .Address("contoso.mail.protection.outlook.com", "40.107.0.1")
        .Txt("contoso.onmicrosoft.com", "v=spf1 include:spf.protection.outlook.com -all")
        .Txt("spf.protection.outlook.com", "v=spf1 ip4:40.107.0.0/16 -all")
        .Txt("selector1-contoso-onmicrosoft-com._domainkey.contoso.onmicrosoft.com", Key)
        .Txt("selector2-contoso-onmicrosoft-com._domainkey.contoso.onmicrosoft.com", Key);

    private static Task<MailDomainResult> InspectAsync(FakeResolver resolver, string domain) =>
        new MailDomainInspector(resolver, new MailDomainOptions { Parts = MailDomainPart.All & ~MailDomainPart.Https, ProbeValidation = false })
            .InspectAsync(DomainName.Parse(domain));
}

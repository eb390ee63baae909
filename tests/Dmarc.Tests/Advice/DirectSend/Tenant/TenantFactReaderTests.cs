using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Domains;

namespace Dmarc.Tests.Advice.DirectSend.Tenant;

/// <summary>The forms in which settings come: live, deserialised, from CSV and JSON.</summary>
public class TenantFactReaderTests
{
    public static TheoryData<object?, bool?> Truths => new()
    {
        { true, true }, { false, false }, { "True", true }, { "false", false }, { "$true", true }, { "1", true }, { 0, false }, { "", null }, { null, null }, { "perhaps", null },
    };

    [Theory]
    [MemberData(nameof(Truths))]
    public void A_switch_is_read_in_every_form_and_never_guessed(object? value, bool? expected) =>
        Assert.Equal(expected, TenantFactReader.ReadOrganization(DirectSendBed.Facts(("Name", "contoso"), ("RejectDirectSend", value), ("MailTipsAllTipsEnabled", true)))!.RejectDirectSend);

    [Fact]
    public void Another_object_is_no_organization()
    {
        Assert.Null(TenantFactReader.ReadOrganization(DirectSendBed.Facts(("Day", 3))));
        Assert.Null(TenantFactReader.ReadOrganization(DirectSendBed.Facts(("Name", "pwsh"), ("Identity", 42))));
    }

    [Fact]
    public void An_outbound_connector_or_half_a_connector_is_none()
    {
        Assert.Null(TenantFactReader.ReadConnector(DirectSendBed.Facts(("Name", "out"), ("Enabled", true), ("ConnectorType", "Partner"), ("RecipientDomains", "*"))));
        Assert.Null(TenantFactReader.ReadConnector(DirectSendBed.Facts(("Name", "in"), ("ConnectorType", "Partner"), ("SenderDomains", "*"))));
    }

    [Fact]
    public void An_organization_that_is_called_like_a_domain_is_no_accepted_domain() =>
        Assert.Null(TenantFactReader.ReadAcceptedDomain(DirectSendBed.Facts(("Name", "contoso.onmicrosoft.com"), ("RejectDirectSend", true))));

    public static TheoryData<object, string> Lists => new()
    {
        { "smtp:*;1", "*" },
        { "SMTP:Contoso.com;1, smtp:*.fabrikam.com;5", "contoso.com; *.fabrikam.com" },
        { new[] { "smtp:*;1", "contoso.com" }, "*; contoso.com" },
        { new object[] { DirectSendBed.Facts(("Address", "*"), ("Cost", 1)) }, "*" },
        { "{smtp:*;1}", "*" },
        { new List<object?> { null, "smtp:;1", "smtp:a.b;1" }, "a.b" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void Sender_domains_lose_what_Exchange_writes_around_them(object value, string expected) =>
        Assert.Equal(expected, TenantFactReader.ReadConnector(DirectSendBed.Facts(("SenderDomains", value), ("Enabled", true)))!.SenderDomains.ToString());

    [Theory]
    [MemberData(nameof(Lists))]
    public void Associated_domains_are_read_as_sender_domains_are(object value, string expected) => Assert.Equal(
        expected,
        TenantFactReader.ReadConnector(DirectSendBed.Facts(("SenderDomains", "*"), ("Enabled", true), ("AssociatedAcceptedDomains", value)))!.AcceptedDomains.ToString());

    [Theory]
    [InlineData(null, "")]
    [InlineData("{}", "")]
    [InlineData("contoso.onmicrosoft.com/Configuration/Domains/contoso.com", "contoso.com")]
    public void An_associated_domain_may_have_its_place_before_it(string? value, string expected) => Assert.Equal(
        expected,
        TenantFactReader.ReadConnector(DirectSendBed.Facts(("SenderDomains", "*"), ("Enabled", true), ("AssociatedAcceptedDomains", value)))!.AcceptedDomains.ToString());

    [Fact]
    public void A_connector_is_read_in_full()
    {
        InboundConnectorFacts connector = TenantFactReader.ReadConnector(DirectSendBed.Facts(
            ("Identity", "lock"),
            ("Enabled", "False"),
            ("ConnectorType", "Partner"),
            ("SenderDomains", "smtp:*;1"),
            ("SenderIPAddresses", "192.0.2.0/24 198.51.100.7"),
            ("RestrictDomainsToIPAddresses", "True"),
            ("TlsSenderCertificateName", ""),
            ("TreatMessagesAsInternal", true)))!;

        Assert.Equal(("lock", false, InboundConnectorType.Partner, true, true), (connector.Name, connector.Enabled, connector.Type, connector.RestrictsToAddresses, connector.TreatsMessagesAsInternal));
        Assert.Equal(["192.0.2.0/24", "198.51.100.7"], connector.SenderIPAddresses);
        Assert.False(connector.IsLock);
        Assert.True((connector with { Enabled = true }).IsLock);
        Assert.Null(TenantFactReader.ReadConnector(DirectSendBed.Facts(("RejectDirectSend", true))));
    }

    [Theory]
    [InlineData("contoso.com", false, "contoso.com", false)]
    [InlineData("contoso.com", true, "contoso.com", true)]
    [InlineData("*.contoso.com", false, "contoso.com", true)]
    public void An_accepted_domain_is_read(string name, bool matches, string domain, bool below)
    {
        AcceptedDomainFacts accepted = TenantFactReader.ReadAcceptedDomain(DirectSendBed.Facts(("DomainName", name), ("MatchSubDomains", matches)))!;

        Assert.Equal((domain, below), (accepted.Domain.ToString(), accepted.MatchesSubdomains));
        Assert.Equal(below, accepted.Accepts(DomainName.Parse("a.contoso.com")));
        Assert.False(accepted.Accepts(DomainName.Parse("notcontoso.com")));
    }

    [Fact]
    public void The_name_of_an_accepted_domain_may_be_a_label_of_somebody()
    {
        Assert.Equal("contoso.com", TenantFactReader.ReadAcceptedDomain(DirectSendBed.Facts(("Name", "Main"), ("DomainName", "contoso.com")))!.Domain.ToString());
        Assert.Null(TenantFactReader.ReadAcceptedDomain(DirectSendBed.Facts(("Name", "Main"))));
    }
}

using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.DirectSend;

/// <summary>Domains before Microsoft 365, in all ways in which they stand there.</summary>
internal static class DirectSendBed
{
    public const string Endpoint = "contoso-com.mail.protection.outlook.com";

    /// <summary>contoso.com with its mail exchange at Microsoft.</summary>
    public static FakeResolver Direct(string dmarc = "v=DMARC1; p=reject; rua=mailto:d@contoso.com", string spf = "v=spf1 ip4:192.0.2.0/28 -all") =>
        Microsoft().Mx("contoso.com", Endpoint).Txt("contoso.com", spf).Txt("_dmarc.contoso.com", dmarc).Address(Endpoint, "192.0.2.200");

    /// <summary>contoso.com with a filter before it.</summary>
    public static FakeResolver Gateway(string dmarc = "v=DMARC1; p=reject; rua=mailto:d@contoso.com") =>
        Microsoft().Mx("contoso.com", "mx.filter.test").Txt("contoso.com", "v=spf1 -all").Txt("_dmarc.contoso.com", dmarc).Address(Endpoint, "192.0.2.200");

    public static FakeResolver Microsoft() => new FakeResolver().Txt("spf.protection.outlook.com", "v=spf1 ip4:198.18.0.0/16 -all");

    public static Task<DirectSendResult> InspectAsync(IDnsResolver resolver, TenantFacts? tenant = null, string domain = "contoso.com") =>
        new DirectSendInspector(resolver, new DirectSendOptions { Tenant = tenant ?? TenantFacts.None }).InspectAsync(DomainName.Parse(domain));

    public static TenantFacts Tenant(bool? switchedOn = null, InboundConnectorFacts[]? connectors = null, params string[] accepted) => new()
    {
        Organization = switchedOn is null ? null : new OrganizationFacts(switchedOn),
        Connectors = connectors?.ToPrintableList(),
        AcceptedDomains = accepted.Length == 0 ? null : accepted
            .Select(name => new AcceptedDomainFacts(DomainName.Parse(name.TrimStart('*', '.')), name.StartsWith("*.", StringComparison.Ordinal)))
            .ToPrintableList(),
    };

    public static InboundConnectorFacts Connector(string senders, string addresses = "", bool restricts = false, InboundConnectorType type = InboundConnectorType.Partner) => new()
    {
        Name = "c",
        Type = type,
        SenderDomains = [senders],
        SenderIPAddresses = addresses.Length == 0 ? PrintableList<string>.Empty : [addresses],
        RestrictsToAddresses = restricts,
    };

    /// <summary>The properties of an object as a table of names and values.</summary>
    public static FactSource Facts(params (string Name, object? Value)[] values) =>
        name => values.FirstOrDefault(value => string.Equals(value.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
}

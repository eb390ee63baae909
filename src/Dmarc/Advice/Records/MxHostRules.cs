using Dmarc.Dns;

namespace Dmarc.Advice.Records;

/// <summary>A mail exchange, and the domain that refers to it.</summary>
internal sealed record NamedMxHost(DomainName Domain, MxHost Host);

/// <summary>The rules about one mail exchange.</summary>
internal static class MxHostRules
{
    public static readonly Rule<NamedMxHost>[] All =
    [
        new("Existence", mx => mx.Host.Status == PartStatus.Invalid ? MxFindings.HostIsAddress.Create(mx.Domain, mx.Host.Name)
            : mx.Host.Status == PartStatus.NotFound
                ? (mx.Host.Exists != false ? MxFindings.HostWithoutAddress : MxFindings.HostMissing).Create(mx.Domain, mx.Host.Name)
                : mx.Host.DnsFailure is { } failure
                    ? RecordFindings.DetailLookupFailed.Create(mx.Host.Name, failure.ToDnsStatus(), mx.Domain)
                : null),

        // RFC 2181 §10.3: the target of an MX record must not be an alias.
        new(MxFindings.HostIsAlias, mx => mx.Host.Target.Length > 0, mx => [mx.Domain, mx.Host.Name, mx.Host.Target]),
        new(MxFindings.PrivateAddress,
            mx => mx.Host.Addresses.Count > 0
                && mx.Host.DnsFailure is null
                && mx.Host.Addresses.All(address => !PublicAddress.Is(AddressText.Read(address))),
            mx => [mx.Domain, mx.Host.Name, mx.Host.Addresses[0]]),
        new("ReverseDns", mx => mx.Host.ReverseDns.Select(name => CheckReverseDns(mx, name)).OfType<Finding>()),
    ];

    /// <summary>The findings about a host.</summary>
    public static IEnumerable<Finding> Check(DomainName domain, MxHost host)
    {
        NamedMxHost mx = new(domain, host);
        return All.SelectMany(rule => rule.Check(mx));
    }

    private static Finding? CheckReverseDns(NamedMxHost mx, MxReverseDns name) => name switch
    {
        { Status: PartStatus.NotFound } => MxFindings.ReverseNameMissing.Create(name.Address, mx.Host.Name),
        { Status: PartStatus.Found, IsConfirmed: false } => MxFindings.ReverseNameUnconfirmed.Create(name.Address, mx.Host.Name, name.Name),
        { DnsFailure: { } failure } => RecordFindings.DetailLookupFailed.Create(name.Address, failure.ToDnsStatus(), mx.Domain),
        _ => null,
    };
}

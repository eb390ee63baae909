using Dmarc.Dns;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>A resolver that says of every name below some that it validated the answer.</summary>
internal sealed class AuthenticatingResolver(IDnsResolver inner, params string[] signed) : IDnsResolver
{
    public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        DnsResponse response = await inner.QueryAsync(name, type, cancellationToken);
        return response with { AuthenticatedData = signed.Any(zone => name == zone || name.EndsWith("." + zone, StringComparison.Ordinal)) };
    }
}

using Dmarc.Dns;

namespace Dmarc.Advice.Records;

/// <summary>
/// Determines whether DNSSEC protects a domain, according to the resolver. It verifies no signature: an AD bit is only
/// as trustworthy as the resolver and the path to it.
/// </summary>
/// <param name="resolver">The resolver.</param>
/// <param name="probesRoot">True to query the root's signed SOA, which shows if the resolver validates.</param>
internal sealed class DnssecInspector(IDnsResolver resolver, bool probesRoot)
{
    private DnssecState? _withoutBit;

    /// <summary>Evaluates an answer about the domain.</summary>
    public async Task<DnssecState> InspectAsync(Task<DnsResponse> answer, CancellationToken cancellationToken)
    {
        DnsResponse response = await answer.ConfigureAwait(false);
        if (response.AuthenticatedData)
        {
            return DnssecState.Validated;
        }

        if (!probesRoot || !response.Status.IsAnswer())
        {
            return DnssecState.Unknown;
        }

        if (_withoutBit is not { } known)
        {
            DnsResponse root = await resolver.QueryAsync(".", DnsRecordType.SOA, cancellationToken).ConfigureAwait(false);
            known = root.AuthenticatedData ? DnssecState.Unsigned : DnssecState.Unknown;
            _withoutBit = root.Status.IsAnswer() ? known : null;
        }

        return known;
    }
}

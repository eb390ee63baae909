using Dmarc.Dns;

namespace Dmarc.Advice.Records;

/// <summary>
/// Says whether DNSSEC protects a domain, by the word of the resolver. No signature is checked here: an AD bit is worth as much as the
/// resolver and the way to it.
/// </summary>
/// <param name="resolver">Where it asks.</param>
/// <param name="probesRoot">Asks for the root's SOA, which is signed, to learn whether the resolver validates at all.</param>
internal sealed class DnssecInspector(IDnsResolver resolver, bool probesRoot)
{
    private DnssecState? _withoutBit;

    /// <summary>Judges an answer about the domain.</summary>
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

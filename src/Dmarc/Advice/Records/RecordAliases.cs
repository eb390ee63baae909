using Dmarc.Dns;

namespace Dmarc.Advice.Records;

/// <summary>Detects records whose name is an alias, dangling aliases, and wildcards below the domain.</summary>
internal sealed class RecordAliases(IDnsResolver resolver)
{
    /// <summary>A name that does not exist: only a wildcard answers for it.</summary>
    private const string Nobody = "no-such-name-7c1e.";

    /// <summary>Checks the name of a record.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="name">The name.</param>
    /// <param name="protocol">The protocol of the record, such as <c>MTA-STS</c>.</param>
    /// <param name="record">The record found.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The record, invalid if its alias is dangling, and the finding.</returns>
    public async Task<(VersionedRecord Record, Finding? Finding)> CheckAsync(
        DomainName domain,
        string name,
        string protocol,
        VersionedRecord record,
        CancellationToken cancellationToken)
    {
        // That half of a record is ignored matters more than who publishes it.
        if (record.Rest.Length > 0)
        {
            return (record, RecordFindings.RecordSplit.Create(name, protocol, PrintableText.Shorten(record.Rest)));
        }

        if (record.Target.Length == 0 || record.Status == PartStatus.DnsFailure)
        {
            return (record, null);
        }

        if (record.Status != PartStatus.NotFound)
        {
            return (record, RecordFindings.RecordAlias.Create(name, record.Target, protocol, domain));
        }

        return await IsWildcardAsync(domain, record.Target, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false)
            ? (record, record.IsTargetMissing ? RecordFindings.WildcardDangling.Create(name, record.Target, protocol, domain) : null)
            : (record with { Status = PartStatus.Invalid }, RecordFindings.AliasDangling.Create(name, record.Target, protocol, domain));
    }

    /// <summary>True if every name below a domain is an alias of the target.</summary>
    public async Task<bool> IsWildcardAsync(DomainName domain, string target, DnsRecordType type, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver.QueryAsync(Nobody + domain, type, cancellationToken).ConfigureAwait(false);
        return response.CnamePath.Count > 0
            && string.Equals(response.CnamePath[0].TrimEnd('.'), target, StringComparison.OrdinalIgnoreCase);
    }
}

using Dmarc.Dns;

namespace Dmarc.Advice.Records;

/// <summary>A protocol whose record has a version, at a name of its own below the domain.</summary>
/// <param name="Name">The name in texts, such as <c>MTA-STS</c>.</param>
/// <param name="Prefix">The labels before the domain, with the final dot.</param>
/// <param name="Kind">How the record begins.</param>
/// <param name="Multiple">The finding for several records.</param>
/// <param name="VersionWrong">The finding for a record with a misspelled version.</param>
internal sealed record RecordProtocol(
    string Name, string Prefix, VersionedRecordKind Kind, FindingDescriptor Multiple, FindingDescriptor VersionWrong);

/// <summary>
/// Looks up the record of a protocol, and detects that its name is an alias, a dangling alias, or a wildcard below the
/// domain.
/// </summary>
internal sealed class RecordLookup(IDnsResolver resolver, RecordProtocol protocol)
{
    /// <summary>A name that does not exist: only a wildcard answers for it.</summary>
    private const string Nobody = "no-such-name-7c1e.";

    /// <summary>
    /// The record, invalid if its alias is dangling, and the finding about the alias or a split record.
    /// </summary>
    public async Task<(VersionedRecord Record, Finding? Alias)> LookAsync(
        DomainName domain, CancellationToken cancellationToken)
    {
        string name = protocol.Prefix + domain;
        DnsResponse response =
            await resolver.QueryAsync(name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        VersionedRecord record = VersionedRecord.Select(response, protocol.Kind);

        // That half of a record is ignored matters more than who publishes it.
        if (record.Rest.Length > 0)
        {
            return (record, RecordFindings.RecordSplit.Create(name, protocol.Name, PrintableText.Shorten(record.Rest)));
        }

        if (record.Target.Length == 0 || record.Status == PartStatus.DnsFailure)
        {
            return (record, null);
        }

        if (record.Status != PartStatus.NotFound)
        {
            return (record, RecordFindings.RecordAlias.Create(name, record.Target, protocol.Name, domain));
        }

        if (!await IsWildcardAsync(domain, record.Target, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false))
        {
            return (record with { Status = PartStatus.Invalid },
                RecordFindings.AliasDangling.Create(name, record.Target, protocol.Name, domain));
        }

        return (record, record.IsTargetMissing
            ? RecordFindings.WildcardDangling.Create(name, record.Target, protocol.Name, domain)
            : null);
    }

    /// <summary>The findings that every protocol has.</summary>
    /// <param name="domain">The inspected domain.</param>
    /// <param name="owner">The domain of the record: the same, or one above it.</param>
    /// <param name="record">The record.</param>
    /// <param name="alias">The finding about its alias; null if there is none.</param>
    public FindingCollector Describe(DomainName domain, DomainName owner, VersionedRecord record, Finding? alias)
    {
        string name = protocol.Prefix + owner;
        Finding? problem = record.Status switch
        {
            PartStatus.Multiple => protocol.Multiple.Create(name, record.Count),
            PartStatus.Invalid when record.Problem.Length > 0 =>
                protocol.VersionWrong.Create(name, record.Problem, record.Text),
            PartStatus.DnsFailure => RecordFindings.LookupFailed.Create(name, record.DnsFailure?.ToDnsStatus(), domain),
            _ => null,
        };
        FindingCollector findings = new();
        findings.AddRange(new[] { alias, problem }.OfType<Finding>());
        return findings;
    }

    /// <summary>True if every name below a domain is an alias of the target.</summary>
    public async Task<bool> IsWildcardAsync(
        DomainName domain, string target, DnsRecordType type, CancellationToken cancellationToken)
    {
        DnsResponse response =
            await resolver.QueryAsync(Nobody + domain, type, cancellationToken).ConfigureAwait(false);
        return response.CnamePath.Count > 0
            && string.Equals(response.CnamePath[0].TrimEnd('.'), target, StringComparison.OrdinalIgnoreCase);
    }
}

using Dmarc.Dns;
using Dmarc.Standards.Dane;

namespace Dmarc.Advice.Records;

/// <summary>Inspects the TLSA records of a domain's mail exchanges.</summary>
internal sealed class DaneInspector(IDnsResolver resolver)
{
    private const byte TrustAnchor = 2;
    private const byte EndEntity = 3;

    /// <summary>Inspects the hosts of a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="hosts">The names of the hosts.</param>
    /// <param name="isAuthenticated">True if the resolver validated the answer with the names.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<DaneResult> InspectAsync(
        DomainName domain, IReadOnlyList<string> hosts, bool isAuthenticated, CancellationToken cancellationToken)
    {
        if (hosts.Count == 0)
        {
            return new DaneResult();
        }

        DnsResponse[] answers = await Task.WhenAll(hosts.Select(host =>
            resolver.QueryAsync("_25._tcp." + host, DnsRecordType.TLSA, cancellationToken).AsTask())).ConfigureAwait(false);
        List<DaneHost> found = [];
        List<Finding> findings = [];
        bool usable = isAuthenticated;
        for (int index = 0; index < answers.Length; index++)
        {
            TlsaRecord[] records = [.. answers[index].Records.OfType<TlsaRecord>()];
            if (records.Length == 0)
            {
                if (!answers[index].Status.IsAnswer())
                {
                    findings.Add(RecordFindings.DetailLookupFailed.Create(answers[index].Name, answers[index].Status, domain));
                }

                continue;
            }

            found.Add(new DaneHost(hosts[index], answers[index].AuthenticatedData, records.Select(Text).ToPrintableList()));
            Finding[] problems = [.. records.SelectMany(record => Check(hosts[index], record))];
            findings.AddRange(problems);
            usable &= answers[index].AuthenticatedData && problems.Length < records.Length;
            if (!answers[index].AuthenticatedData || !isAuthenticated)
            {
                findings.Add(
                    DaneFindings.NotValidated.Create(
                        hosts[index], answers[index].AuthenticatedData ? domain.ToString() : hosts[index]));
            }
        }

        string[] without = [.. hosts.Where((_, index) => answers[index].Status.IsAnswer() && answers[index].Records.Count == 0)];
        if (found.Count > 0 && without.Length > 0)
        {
            findings.AddRange(without.Select(host => DaneFindings.HostWithout.Create(domain, host)));
        }

        DnsResponse? failed = Array.Find(answers, answer => !answer.Status.IsAnswer());
        return new DaneResult
        {
            Status = failed is not null ? PartStatus.DnsFailure
                : found.Count == 0 ? PartStatus.NotFound
                : usable && without.Length == 0 ? PartStatus.Found
                : PartStatus.Invalid,
            DnsFailure = failed?.Status.ToDnsFailure(),
            Hosts = found.ToPrintableList(),
            Findings = findings.ToFindingList(),
        };
    }

    /// <summary>Why senders cannot use a record; at most one finding.</summary>
    private static IEnumerable<Finding> Check(string host, TlsaRecord record)
    {
        int? length = record.MatchingType switch { 1 => 32, 2 => 64, _ => null };
        if (record.Usage > EndEntity
            || record.Selector > 1
            || record.MatchingType > 2
            || record.Data.Count == 0
            || (length is not null && record.Data.Count != length))
        {
            yield return DaneFindings.RecordInvalid.Create(host, Text(record));
        }
        else if (record.Usage < TrustAnchor)
        {
            yield return DaneFindings.UsageUnusable.Create(host, Text(record), record.Usage);
        }
    }

    private static string Text(TlsaRecord record) => string.Format(
        CultureInfo.InvariantCulture,
        "{0} {1} {2} {3}",
        record.Usage,
        record.Selector,
        record.MatchingType,
        string.Concat(record.Data.Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture))));
}

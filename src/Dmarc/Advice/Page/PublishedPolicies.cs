using Dmarc.Reports;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Advice.Page;

/// <summary>The policy of a domain according to the latest report.</summary>
internal sealed record PublishedPolicy(DateTime? Time, ReportedPolicy? Policy);

/// <summary>The policies of the domains in the rows.</summary>
internal sealed class PublishedPolicies
{
    private const int MaximumDomains = 20_000;

    private readonly Dictionary<string, PublishedPolicy> _policies = new(StringComparer.OrdinalIgnoreCase);
    private AggregateReport? _last;

    public void Add(AggregateReportRow row)
    {
        if (ReferenceEquals(_last, row.Report))
        {
            return;
        }

        _last = row.Report;
        string domain = DomainKey.Of(row.Domain);
        bool isKnown = _policies.TryGetValue(domain, out PublishedPolicy? known);
        if (isKnown ? known!.Time is null || row.End > known.Time : _policies.Count < MaximumDomains)
        {
            _policies[domain] = new PublishedPolicy(row.End, row.Policy);
        }
    }

    public PublishedPolicy? Of(string? domain) =>
        domain is not null && _policies.TryGetValue(domain, out PublishedPolicy? policy) ? policy : null;
}

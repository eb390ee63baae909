using Dmarc.Reports;
using Dmarc.Reports.Tls;

namespace Dmarc.Advice.Page;

/// <summary>Sessions with the mail servers of a domain.</summary>
internal sealed class TlsDomain(string domain)
{
    public string Domain { get; } = domain;

    public long Successful { get; set; }

    public long Failed { get; set; }
}

/// <summary>Sessions that failed for the same reason at the same server.</summary>
internal sealed class TlsFailure(string domain, string resultType, string server)
{
    public string Domain { get; } = domain;

    public string ResultType { get; } = resultType;

    public string Server { get; } = server;

    public long Sessions { get; set; }
}

/// <summary>The totals of TLS report rows. Kinds beyond the first thousands (forged) are merged.</summary>
internal sealed class TlsTotals
{
    private const int MaximumGroups = 5_000;
    private const string Other = "…";

    private readonly Dictionary<string, TlsDomain> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string, string, string), TlsFailure> _failures = [];

    public bool Any => _domains.Count > 0;

    public IEnumerable<TlsDomain> Domains =>
        _domains.Values.OrderByDescending(domain => domain.Failed)
            .ThenByDescending(domain => domain.Successful)
            .ThenBy(domain => domain.Domain, StringComparer.Ordinal);

    public IEnumerable<TlsFailure> Failures => _failures.Values
        .OrderByDescending(failure => failure.Sessions)
        .ThenBy(failure => failure.Domain, StringComparer.Ordinal);

    public void Add(TlsReportRow row)
    {
        string name = _domains.Count < MaximumGroups || _domains.ContainsKey(row.PolicyDomain) ? row.PolicyDomain : Other;
        if (!_domains.TryGetValue(name, out TlsDomain? domain))
        {
            domain = new TlsDomain(name);
            _domains.Add(name, domain);
        }

        domain.Successful = Saturating.Add(domain.Successful, row.TotalSuccessfulSessions);
        domain.Failed = Saturating.Add(domain.Failed, row.TotalFailedSessions);
        if (row.ResultType is null)
        {
            return;
        }

        (string, string, string) key = (name, row.WrittenResultType.Text, row.ReceivingMxHostname.Length > 0 ? row.ReceivingMxHostname : row.ReceivingIP);
        key = _failures.Count < MaximumGroups || _failures.ContainsKey(key) ? key : (Other, row.ResultType.Value.ToString(), Other);
        if (!_failures.TryGetValue(key, out TlsFailure? failure))
        {
            failure = new TlsFailure(key.Item1, key.Item2, key.Item3);
            _failures.Add(key, failure);
        }

        failure.Sessions = Saturating.Add(failure.Sessions, row.FailedSessions);
    }
}

using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Advice.Page;

/// <summary>
/// The sources of rows, by address and From domain. To limit memory when there are too many addresses, the smaller half
/// is merged into the rest; the totals stay exact.
/// </summary>
internal sealed class SourceTable(int most = SourceTable.MaximumSources)
{
    /// <summary>The maximum number of separate sources.</summary>
    public const int MaximumSources = 10_000;

    private readonly Dictionary<(string Source, string HeaderFrom), SourceEvidence> _sources = [];

    /// <summary>The messages of sources that are not separate.</summary>
    public long RestMessages { get; private set; }

    /// <summary>The sources, largest first.</summary>
    public IReadOnlyList<SourceEvidence> Sources =>
    [
        .. _sources.Values
            .OrderByDescending(source => source.Messages)
            .ThenBy(source => source.Source, StringComparer.Ordinal)
            .ThenBy(source => source.HeaderFrom, StringComparer.Ordinal),
    ];

    /// <summary>Adds a row whose source is not kept elsewhere.</summary>
    public void Add(AggregateReportRow row) => Find(row.SourceIP, row.HeaderFrom, row.Report.OrganizationalDomains).Add(row);

    /// <summary>Adds the evidence of a source.</summary>
    public void Add(SourceEvidence evidence)
    {
        if (!_sources.ContainsKey((evidence.Source, evidence.HeaderFrom)))
        {
            MakeRoom();
            _sources.Add((evidence.Source, evidence.HeaderFrom), evidence);
            return;
        }

        Find(evidence.Source, evidence.HeaderFrom, evidence.OrganizationalDomains).Add(evidence);
    }

    private SourceEvidence Find(string source, string headerFrom, IOrganizationalDomainSource organizationalDomains)
    {
        (string, string) key = (source, headerFrom);
        if (!_sources.TryGetValue(key, out SourceEvidence? evidence))
        {
            MakeRoom();
            evidence = new SourceEvidence(source, headerFrom, organizationalDomains);
            _sources.Add(key, evidence);
        }

        return evidence;
    }

    private void MakeRoom()
    {
        if (_sources.Count >= most)
        {
            Prune();
        }
    }

    private void Prune()
    {
        foreach (SourceEvidence small in Sources.Skip(most / 2))
        {
            RestMessages = Saturating.Add(RestMessages, small.Messages);
            _sources.Remove((small.Source, small.HeaderFrom));
        }
    }
}

using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Advice.Page;

/// <summary>
/// The sources of rows, by address and From domain. So that no flood of addresses takes up the memory, the smaller half goes
/// into the rest when there are too many; what all have in sum stays exact.
/// </summary>
internal sealed class SourceTable(int most = SourceTable.MaximumSources)
{
    /// <summary>How many sources are kept apart.</summary>
    public const int MaximumSources = 10_000;

    private readonly Dictionary<(string Source, string HeaderFrom), SourceEvidence> _sources = [];
    private SourceEvidence? _last;

    /// <summary>The messages of sources that are not kept apart.</summary>
    public long RestMessages { get; private set; }

    /// <summary>Those of them that passed.</summary>
    public long RestPassed { get; private set; }

    /// <summary>The sources, the largest first.</summary>
    public IReadOnlyList<SourceEvidence> Sources =>
        [.. _sources.Values.OrderByDescending(source => source.Messages).ThenBy(source => source.Source, StringComparer.Ordinal).ThenBy(source => source.HeaderFrom, StringComparer.Ordinal)];

    public void Add(AggregateReportRow row)
    {
        if (_last is null || !ReferenceEquals(_last.Source, row.SourceIP) || !ReferenceEquals(_last.HeaderFrom, row.HeaderFrom))
        {
            (string, string) key = (row.SourceIP, row.HeaderFrom);
            if (!_sources.TryGetValue(key, out _last))
            {
                if (_sources.Count >= most)
                {
                    Prune();
                }

                _last = new SourceEvidence(row.SourceIP, row.HeaderFrom, row.Report.OrganizationalDomains);
                _sources.Add(key, _last);
            }
        }

        _last.Add(row);
    }

    private void Prune()
    {
        foreach (SourceEvidence small in Sources.Skip(most / 2))
        {
            RestMessages = Saturating.Add(RestMessages, small.Messages);
            RestPassed = Saturating.Add(RestPassed, small.Passed);
            _sources.Remove((small.Source, small.HeaderFrom));
        }
    }
}

using Dmarc.Catalogue;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Gathers rows by source address and From domain, in input order, and then classifies the sources. Gathering is not
/// thread-safe; classifying is.
/// </summary>
internal sealed class SourceAccumulator
{
    /// <summary>The maximum number of sources; rows of further ones only count in <see cref="RowsLeftOut"/>.</summary>
    public const int MaximumSources = 250_000;

    private readonly Dictionary<(string Source, string From), SourceEvidence> _sources = [];
    private readonly List<SourceEvidence> _order = [];
    private readonly SourceClassifier _classifier = new();
    private readonly SourceNeighbourhood _neighbourhood = new();
    private readonly IOrganizationalDomainSource? _organizationalDomains;
    private int _introduced;

    /// <summary>Creates an empty accumulator.</summary>
    /// <param name="organizationalDomains">Finds Organizational Domains; by default the public suffix list.</param>
    public SourceAccumulator(IOrganizationalDomainSource? organizationalDomains = null) => _organizationalDomains = organizationalDomains;

    /// <summary>The sources so far, in the order of their first rows.</summary>
    public IReadOnlyList<SourceEvidence> Sources => _order;

    /// <summary>The number of rows left out because there were too many sources.</summary>
    public long RowsLeftOut { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(AggregateReportRow row)
    {
        (string, string) key = (row.SourceIP, row.HeaderFrom);
        if (!_sources.TryGetValue(key, out SourceEvidence? evidence))
        {
            // Letter case does not distinguish domains.
            key = (row.SourceIP, row.HeaderFrom.ToUpperInvariant());
            if (!_sources.TryGetValue(key, out evidence))
            {
                if (_order.Count >= MaximumSources)
                {
                    RowsLeftOut++;
                    return;
                }

                evidence = new SourceEvidence(row.SourceIP, row.HeaderFrom, _organizationalDomains);
                _order.Add(evidence);
                _sources.Add(key, evidence);
            }

            _sources[(row.SourceIP, row.HeaderFrom)] = evidence;
        }

        evidence.Add(row);
    }

    /// <summary>Ends the gathering: the neighbours of each source are now known.</summary>
    public void Complete()
    {
        for (; _introduced < _order.Count; _introduced++)
        {
            _neighbourhood.Add(_order[_introduced]);
        }
    }

    /// <summary>Classifies a source, after <see cref="Complete"/>.</summary>
    public SourceVerdict Classify(SourceEvidence evidence, SourceResult? resolved) =>
        _classifier.Classify(evidence, _neighbourhood, resolved);

    /// <summary>Looks up and classifies a source.</summary>
    public async Task<SourceResult> InspectAsync(SourceInspector inspector, SourceEvidence evidence, CancellationToken cancellationToken)
    {
        SourceResult resolved = await inspector.InspectAsync(evidence.Source, evidence.HeaderFrom, cancellationToken).ConfigureAwait(false);
        SourceVerdict verdict = Classify(evidence, resolved);
        ServiceSign sign = resolved.Service.Length == 0 && verdict.Service.Length > 0
            ? SendingServices.Default.FindOf(evidence).Sign
            : resolved.ServiceSign;
        return resolved with
        {
            Service = verdict.Service.Length > 0 ? verdict.Service : resolved.Service,
            ServiceSign = sign,
            Messages = evidence.Messages,
            Passed = evidence.Passed,
            DkimAligned = evidence.DkimAligned,
            SpfAligned = evidence.SpfAligned,
            Class = verdict.Class,
            Reason = verdict.Reason,
            Remedy = verdict.Remedy,
        };
    }
}

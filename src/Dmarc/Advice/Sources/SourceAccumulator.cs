using Dmarc.Catalogue;
using Dmarc.Domains;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Gathers rows by source address and From domain, in the order in which they come, and then says what each of them is. Gathering
/// is for one thread; what comes after may run on several at once.
/// </summary>
internal sealed class SourceAccumulator
{
    /// <summary>How many sources are held; rows of further ones are counted in <see cref="RowsLeftOut"/> only.</summary>
    public const int MaximumSources = 250_000;

    private readonly Dictionary<(string Source, string From), SourceEvidence> _sources = [];
    private readonly List<SourceEvidence> _order = [];
    private readonly SourceClassifier _classifier = new();
    private readonly SourceNeighbourhood _neighbourhood = new();
    private readonly IOrganizationalDomainSource? _organizationalDomains;
    private int _introduced;

    /// <summary>Begins without rows.</summary>
    /// <param name="organizationalDomains">Tells which domains belong to the same organisation; the public suffix list by default.</param>
    public SourceAccumulator(IOrganizationalDomainSource? organizationalDomains = null) => _organizationalDomains = organizationalDomains;

    /// <summary>The sources so far, in the order of their first rows.</summary>
    public IReadOnlyList<SourceEvidence> Sources => _order;

    /// <summary>How many rows were left out, because there were too many sources.</summary>
    public long RowsLeftOut { get; private set; }

    /// <summary>Takes in a row.</summary>
    public void Add(AggregateReportRow row)
    {
        if (row is null)
        {
            throw new ArgumentNullException(nameof(row));
        }

        (string, string) key = (row.SourceIP, row.HeaderFrom);
        if (!_sources.TryGetValue(key, out SourceEvidence? evidence))
        {
            // The same domain in another case is the same domain.
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

    /// <summary>Ends the gathering: each source is known to its neighbours now.</summary>
    public void Complete()
    {
        for (; _introduced < _order.Count; _introduced++)
        {
            _neighbourhood.Add(_order[_introduced]);
        }
    }

    /// <summary>Says what a source is, after <see cref="Complete"/>.</summary>
    /// <param name="evidence">One of <see cref="Sources"/>.</param>
    /// <param name="resolved">What look-ups found of the address; null if none were made.</param>
    public SourceVerdict Classify(SourceEvidence evidence, SourceResult? resolved) => _classifier.Classify(evidence, _neighbourhood, resolved);

    /// <summary>Looks a source up and says what it is.</summary>
    /// <param name="inspector">Makes the look-ups.</param>
    /// <param name="evidence">One of <see cref="Sources"/>.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public async Task<SourceResult> InspectAsync(SourceInspector inspector, SourceEvidence evidence, CancellationToken cancellationToken)
    {
        if (inspector is null)
        {
            throw new ArgumentNullException(nameof(inspector));
        }

        if (evidence is null)
        {
            throw new ArgumentNullException(nameof(evidence));
        }

        SourceResult resolved = await inspector.InspectAsync(evidence.Source, evidence.HeaderFrom, cancellationToken).ConfigureAwait(false);
        SourceVerdict verdict = Classify(evidence, resolved);
        ServiceSign sign = resolved.ServiceSign;
        if (resolved.Service.Length == 0 && verdict.Service.Length > 0)
        {
            _ = SendingServices.Default.FindOf(evidence, out sign);
        }

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

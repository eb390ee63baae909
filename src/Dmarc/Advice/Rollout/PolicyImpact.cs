using Dmarc.Advice.Records;
using Dmarc.Reports;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>
/// The effect that the next policy would have had on failing messages, by source, class and From domain. It ignores
/// exceptions by receivers, and np, because reports do not show which names exist.
/// </summary>
internal sealed class PolicyImpact
{
    private const int MaximumSources = 50;
    private const int MaximumSubdomains = 100;

    private readonly RolloutFacts _facts;
    private readonly RolloutRecord _now;
    private readonly RolloutRecord? _next;

    public PolicyImpact(RolloutFacts facts)
    {
        _facts = facts;
        _now = facts.Record ?? new RolloutRecord { Origin = RolloutRecordOrigin.None };
        Stage = RolloutSteps.NextWithEffect(_now.Stage);
        _next = Stage is { } stage ? _now with { Policy = stage.Publishes().Policy, Testing = false }
            : _now is { Policy: DmarcPolicy.Reject, SubdomainPolicy: { } subdomains } && subdomains < DmarcPolicy.Reject
                ? _now with { SubdomainPolicy = subdomains + 1, Testing = false }
                : null;
    }

    /// <summary>The stage evaluated: the next one with a stricter effect; null if there is none.</summary>
    public RolloutStage? Stage { get; }

    /// <summary>The failing sources, one for each service, ordered by failing messages.</summary>
    public List<RolloutSource> Sources(IEnumerable<SurveyedSource> sources, bool blocking) =>
    [
        .. sources
            .Where(source => source.Observed.Failed > 0)
            .GroupBy(source => (
                source.Verdict.Service.Length > 0 ? "" : source.Observed.Source,
                source.Verdict.Service,
                source.Verdict.Class,
                From: source.Observed.HeaderFrom.ToUpperInvariant(),
                source.NeedsWork))
            .Select(group => ToResult([.. group.OrderByDescending(source => source.Observed.Failed)]))
            .OrderByDescending(source => source.Failed)
            .ThenBy(source => source.Source, StringComparer.Ordinal)
            .Take(blocking ? int.MaxValue : MaximumSources),
    ];

    /// <summary>The totals of all sources, by class.</summary>
    public PrintableList<RolloutClassImpact> Classes() => _facts.Sources
        .GroupBy(source => source.Verdict.Class)
        .OrderBy(group => group.Key)
        .Select(group => new RolloutClassImpact
        {
            Class = group.Key,
            Sources = group.Count(),
            Messages = Saturating.Sum(group, source => source.Observed.Messages),
            Failed = Saturating.Sum(group, source => source.Observed.Failed),
            WouldQuarantine = Saturating.Sum(group, source => Hit(source.Observed, DmarcPolicy.Quarantine)),
            WouldReject = Saturating.Sum(group, source => Hit(source.Observed, DmarcPolicy.Reject)),
        })
        .ToPrintableList();

    /// <summary>The From domains, ordered by messages.</summary>
    public PrintableList<RolloutSubdomain> Subdomains() => _facts.Sources
        .GroupBy(source => source.Observed.HeaderFrom, StringComparer.OrdinalIgnoreCase)
        .Select(group => ToSubdomain(group.Key, [.. group]))
        .OrderByDescending(subdomain => subdomain.Messages)
        .ThenBy(subdomain => subdomain.Name, StringComparer.Ordinal)
        .Take(MaximumSubdomains)
        .ToPrintableList();

    /// <summary>The failing messages of a source that the policy would newly affect.</summary>
    public long Hit(ObservedSource source, DmarcPolicy policy)
    {
        bool isSubdomain = _facts.IsSubdomain(source.HeaderFrom);
        return _next is not null && _next.Applied(isSubdomain) == policy && policy > _now.Applied(isSubdomain) ? source.Failed : 0;
    }

    private RolloutSource ToResult(SurveyedSource[] sources)
    {
        SurveyedSource first = sources[0];
        return new RolloutSource
        {
            Source = first.Observed.Source,
            HeaderFrom = first.Observed.HeaderFrom,
            Class = first.Verdict.Class,
            Service = first.Verdict.Service,
            Addresses = sources.Length,
            Messages = Saturating.Sum(sources, source => source.Observed.Messages),
            Failed = Saturating.Sum(sources, source => source.Observed.Failed),
            WouldQuarantine = Saturating.Sum(sources, source => Hit(source.Observed, DmarcPolicy.Quarantine)),
            WouldReject = Saturating.Sum(sources, source => Hit(source.Observed, DmarcPolicy.Reject)),
            IsBlocking = first.NeedsWork,
            LastFailed = sources.Max(source => source.Observed.LastFailed),
            Reason = first.Verdict.Reason,
            Remedy = first.Verdict.Remedy,
        };
    }

    private RolloutSubdomain ToSubdomain(string name, SurveyedSource[] sources)
    {
        bool isSubdomain = _facts.IsSubdomain(name);
        long messages = Saturating.Sum(sources, source => source.Observed.Messages);
        long failed = Saturating.Sum(sources, source => source.Observed.Failed);
        return new RolloutSubdomain
        {
            Name = name,
            Messages = messages,
            Passed = messages - failed,
            Failed = failed,
            Policy = _facts.Record?.Applied(isSubdomain),
            NextPolicy = _next?.Applied(isSubdomain),
            WouldQuarantine = Saturating.Sum(sources, source => Hit(source.Observed, DmarcPolicy.Quarantine)),
            WouldReject = Saturating.Sum(sources, source => Hit(source.Observed, DmarcPolicy.Reject)),
            IsBlocking = sources.Any(source => source.NeedsWork),
        };
    }
}

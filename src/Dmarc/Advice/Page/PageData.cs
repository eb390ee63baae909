using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>A source and what it is.</summary>
/// <param name="Evidence">What rows say of it.</param>
/// <param name="Verdict">What it is.</param>
/// <param name="Name">
/// The service, its name in DNS or the owner of its network; empty if nobody looked it up. A name that does not lead back to the address is
/// none: whoever has the address writes into reverse DNS what he likes.
/// </param>
/// <param name="Service">The sending service; empty if none is known.</param>
/// <param name="Owner">Who announces its network; empty if that is not known.</param>
/// <param name="Country">Where the network is registered; empty if that is not known.</param>
internal sealed record PageSource(SourceEvidence Evidence, SourceVerdict Verdict, string Name, string Service, string Owner, string Country);

/// <summary>What a page shows.</summary>
internal sealed record PageData
{
    public required ReportMeasure Total { get; init; }

    public required PageTimeline Timeline { get; init; }

    public required IReadOnlyList<ReportMeasure> Domains { get; init; }

    public required IReadOnlyList<ReportMeasure> HeaderFroms { get; init; }

    public required IReadOnlyList<ReportMeasure> Reporters { get; init; }

    /// <summary>The advice for each domain, the one with most messages first.</summary>
    public required IReadOnlyList<RolloutResult> Advice { get; init; }

    public required PublishedPolicies Policies { get; init; }

    /// <summary>The sources, the largest first.</summary>
    public required IReadOnlyList<PageSource> Sources { get; init; }

    /// <summary>The messages of sources that were too many to keep apart.</summary>
    public required long RestMessages { get; init; }

    public required TlsTotals Tls { get; init; }

    public required long FailureReports { get; init; }
}

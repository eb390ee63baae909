using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Page;

/// <summary>A source and its classification.</summary>
/// <param name="Evidence">The evidence in the rows.</param>
/// <param name="Verdict">The classification.</param>
/// <param name="Name">
/// The service, the name in DNS or the owner of the network; empty if unknown. A name that does not resolve back to the
/// address is not used: whoever has the address can write any name into reverse DNS.
/// </param>
/// <param name="Service">The sending service; empty if unknown.</param>
/// <param name="Owner">The owner of the network; empty if unknown.</param>
/// <param name="Country">The country in which the network is registered; empty if unknown.</param>
internal sealed record PageSource(
    SourceEvidence Evidence, SourceVerdict Verdict, string Name, string Service, string Owner, string Country);

/// <summary>The content of a page.</summary>
internal sealed record PageData
{
    public required ReportMeasure Total { get; init; }

    public required PageTimeline Timeline { get; init; }

    public required IReadOnlyList<ReportMeasure> Domains { get; init; }

    public required IReadOnlyList<ReportMeasure> HeaderFroms { get; init; }

    public required IReadOnlyList<ReportMeasure> Reporters { get; init; }

    /// <summary>The advice for each domain, ordered by number of messages.</summary>
    public required IReadOnlyList<RolloutResult> Advice { get; init; }

    public required PublishedPolicies Policies { get; init; }

    /// <summary>The sources, largest first.</summary>
    public required IReadOnlyList<PageSource> Sources { get; init; }

    /// <summary>The messages of sources beyond the limit.</summary>
    public required long RestMessages { get; init; }

    public required TlsTotals Tls { get; init; }

    public required long FailureReports { get; init; }
}

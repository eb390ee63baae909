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
/// <param name="Total">The totals of all rows.</param>
/// <param name="Timeline">The messages over time.</param>
/// <param name="Domains">The totals by policy domain.</param>
/// <param name="HeaderFroms">The totals by From domain.</param>
/// <param name="Reporters">The totals by reporter.</param>
/// <param name="Advice">The advice for each domain, ordered by number of messages.</param>
/// <param name="Policies">The published policies of the domains.</param>
/// <param name="Sources">The sources, largest first.</param>
/// <param name="RestMessages">The messages of sources beyond the limit.</param>
/// <param name="Tls">The totals of TLS reports.</param>
/// <param name="FailureReports">The number of failure reports.</param>
internal sealed record PageData(
    ReportMeasure Total,
    PageTimeline Timeline,
    IReadOnlyList<ReportMeasure> Domains,
    IReadOnlyList<ReportMeasure> HeaderFroms,
    IReadOnlyList<ReportMeasure> Reporters,
    IReadOnlyList<RolloutResult> Advice,
    PublishedPolicies Policies,
    IReadOnlyList<PageSource> Sources,
    long RestMessages,
    TlsTotals Tls,
    long FailureReports);

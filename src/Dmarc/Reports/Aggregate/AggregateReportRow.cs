using Dmarc.Text;

namespace Dmarc.Reports.Aggregate;

/// <summary>
/// One <c>&lt;record&gt;</c> of an aggregate report: so many messages from one address, evaluated alike. What the report
/// says once for all rows is repeated on each, so that rows can be grouped, filtered and exported by themselves.
/// </summary>
public sealed class AggregateReportRow
{
    private readonly AggregateReport _report;
    private readonly RecordFlags _flags;
    private RowEvaluation? _evaluation;

    internal AggregateReportRow(AggregateReport report, RecordValues values)
    {
        _report = report;
        _flags = values.Flags;
        SourceIP = values.SourceIP;
        Count = values.Count;
        CountText = values.CountText;
        WrittenDisposition = values.Disposition;
        WrittenDkimResult = values.DkimResult;
        WrittenSpfResult = values.SpfResult;
        HeaderFrom = values.HeaderFrom;
        EnvelopeFrom = values.EnvelopeFrom;
        EnvelopeTo = values.EnvelopeTo;
        OverrideReasons = values.OverrideReasons.ToList();
        Dkim = values.Dkim.ToList();
        Spf = values.Spf.ToList();
        Extensions = values.Extensions.ToList();
    }

    /// <summary>The reporting organisation; the domain of its address where the report gives no name.</summary>
    public string OrganizationName => _report.OrganizationName;

    /// <summary>The address of the reporting organisation.</summary>
    public string OrganizationEmail => _report.OrganizationEmail;

    /// <summary>Further ways to reach the reporting organisation.</summary>
    public string ExtraContactInfo => _report.ExtraContactInfo;

    /// <summary>The report's identifier, unique at its organisation.</summary>
    public string ReportId => _report.ReportId;

    /// <summary>The start of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? Begin => _report.Begin;

    /// <summary>The end of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? End => _report.End;

    /// <summary>The software that wrote the report (RFC 9990).</summary>
    public string Generator => _report.Generator;

    /// <summary>What the reporter says went wrong while it processed the policy.</summary>
    public PrintableList<string> ReportErrors => _report.ReportErrors;

    /// <summary>The edition of the format that the report follows.</summary>
    public ReportSchema Schema => _report.Schema;

    /// <summary>The domain where the policy record was found.</summary>
    public string Domain => _report.Domain;

    /// <summary>The published policy (<c>p</c>); null if the report leaves it out.</summary>
    public ReportedPolicy? Policy => _report.Policy;

    /// <summary>The published policy for subdomains (<c>sp</c>); null if the report leaves it out.</summary>
    public ReportedPolicy? SubdomainPolicy => _report.SubdomainPolicy;

    /// <summary>The published policy for subdomains that do not exist (<c>np</c>); null if the report leaves it out.</summary>
    public ReportedPolicy? NonexistentSubdomainPolicy => _report.NonexistentSubdomainPolicy;

    /// <summary>The published DKIM alignment mode (<c>adkim</c>); null if the report leaves it out, which means relaxed.</summary>
    public ReportedAlignmentMode? DkimAlignmentMode => _report.DkimAlignmentMode;

    /// <summary>The published SPF alignment mode (<c>aspf</c>); null if the report leaves it out, which means relaxed.</summary>
    public ReportedAlignmentMode? SpfAlignmentMode => _report.SpfAlignmentMode;

    /// <summary>The published percentage (<c>pct</c>, RFC 7489), 0 to 100; null if the report gives no readable one.</summary>
    public int? Percentage => _report.Percentage;

    /// <summary>The published failure reporting options (<c>fo</c>).</summary>
    public string FailureOptions => _report.FailureOptions;

    /// <summary>Whether the record asks for test mode (RFC 9990); null if the report gives no readable answer.</summary>
    public bool? Testing => _report.Testing;

    /// <summary>How the receiver found the record (RFC 9990); null if the report leaves it out.</summary>
    public ReportedDiscoveryMethod? DiscoveryMethod => _report.DiscoveryMethod;

    /// <summary>
    /// The address that sent the messages, in its canonical text (RFC 5952; an IPv4-mapped address as IPv4); what the report
    /// writes where that is no address.
    /// </summary>
    public string SourceIP { get; }

    /// <summary>How many messages the row stands for; 0 if the report gives no readable number (see <see cref="CountText"/>).</summary>
    public long Count { get; }

    /// <summary>What the report writes instead of a number of messages; null if that is a number.</summary>
    public string? CountText { get; }

    /// <summary>What the receiver did with the messages.</summary>
    public ReportedDisposition Disposition => WrittenDisposition.Value;

    /// <summary>What the report writes as what the receiver did if that is none of the standard's words; else empty.</summary>
    public string DispositionText => WrittenDisposition.OtherText;

    /// <summary>Whether DKIM gave an aligned pass, as the receiver evaluated it.</summary>
    public ReportedOutcome DkimResult => WrittenDkimResult.Value;

    /// <summary>What the report writes as the evaluation of DKIM if that is none of the standard's words; else empty.</summary>
    public string DkimResultText => WrittenDkimResult.OtherText;

    /// <summary>Whether SPF gave an aligned pass, as the receiver evaluated it.</summary>
    public ReportedOutcome SpfResult => WrittenSpfResult.Value;

    /// <summary>What the report writes as the evaluation of SPF if that is none of the standard's words; else empty.</summary>
    public string SpfResultText => WrittenSpfResult.OtherText;

    /// <summary>Why the receiver departed from the published policy.</summary>
    public PrintableList<OverrideReason> OverrideReasons { get; }

    /// <summary>The domain of the From header.</summary>
    public string HeaderFrom { get; }

    /// <summary>The domain of MAIL FROM; null if the report leaves it out, empty for the null sender.</summary>
    public string? EnvelopeFrom { get; }

    /// <summary>The domain of the recipients; null if the report leaves it out.</summary>
    public string? EnvelopeTo { get; }

    /// <summary>The results of all DKIM signatures that the report lists.</summary>
    public PrintableList<ReportedDkim> Dkim { get; }

    /// <summary>The results of all SPF checks that the report lists (RFC 9990 allows one; earlier reports have two).</summary>
    public PrintableList<ReportedSpf> Spf { get; }

    /// <summary>Elements of the record that are in no standard.</summary>
    public PrintableList<ReportExtension> Extensions { get; }

    /// <summary>
    /// True if the receiver found DKIM or SPF to pass and align; null if neither is said to and the report does not say it of both.
    /// </summary>
    public bool? Passed => DkimAligned | SpfAligned;

    /// <summary>True if the receiver found DKIM to pass and align; null if the report does not say.</summary>
    public bool? DkimAligned => AggregateWords.IsPass(WrittenDkimResult);

    /// <summary>True if the receiver found SPF to pass and align; null if the report does not say.</summary>
    public bool? SpfAligned => AggregateWords.IsPass(WrittenSpfResult);

    /// <summary>
    /// Whether DMARC passes, worked out anew from the single results, the From domain, the published modes and the
    /// Organizational Domains; null if the From domain is none. Worked out when first asked for.
    /// </summary>
    public bool? ComputedPassed => Evaluation.Passed;

    /// <summary>Whether DKIM passes and aligns, worked out anew; null if the From domain is none.</summary>
    public bool? ComputedDkimAligned => Evaluation.DkimAligned;

    /// <summary>Whether SPF passes and aligns, worked out anew; null if the From domain is none.</summary>
    public bool? ComputedSpfAligned => Evaluation.SpfAligned;

    /// <summary>
    /// Where the row is not as the standard has it, and where the receiver's evaluation and ours differ and why. Worked out
    /// when first asked for.
    /// </summary>
    public PrintableList<Finding> Findings => Evaluation.Findings;

    /// <summary>The file that the row was read from; the names of containers and entries in it follow, joined by <c>!</c>.</summary>
    public string Path => _report.Path;

    internal WrittenValue<ReportedDisposition> WrittenDisposition { get; }

    internal WrittenValue<ReportedOutcome> WrittenDkimResult { get; }

    internal WrittenValue<ReportedOutcome> WrittenSpfResult { get; }

    internal RecordFlags Flags => _flags;

    internal AggregateReport Report => _report;

    // Two threads may both work it out; they get the same.
    private RowEvaluation Evaluation => _evaluation ??= RowEvaluator.Evaluate(this);

    /// <summary>What the report says once for all its rows.</summary>
    public AggregateReport GetReport() => _report;

    /// <summary>The address, the number of messages, the From domain and whether they passed.</summary>
    public override string ToString() =>
        SourceIP + " " + Count.ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + HeaderFrom + " " + (Passed is { } passed ? passed ? "pass" : "fail" : "unknown");
}

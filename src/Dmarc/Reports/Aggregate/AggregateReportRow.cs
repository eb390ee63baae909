namespace Dmarc.Reports.Aggregate;

/// <summary>
/// A record (<c>&lt;record&gt;</c>) of an aggregate report: a number of messages from one address, evaluated alike. The
/// data common to all rows is repeated on each, so that rows can be grouped, filtered and exported by themselves.
/// </summary>
public sealed class AggregateReportRow
{
    private readonly AggregateReport _report;
    private RowEvaluation? _evaluation;

    internal AggregateReportRow(AggregateReport report, RecordValues values)
    {
        _report = report;
        Flags = values.Flags;
        SourceIP = values.SourceIP;
        Count = values.Count;
        CountText = values.CountText;
        WrittenDisposition = values.Disposition;
        WrittenDkimResult = values.DkimResult;
        WrittenSpfResult = values.SpfResult;
        HeaderFrom = values.HeaderFrom;
        EnvelopeFrom = values.EnvelopeFrom;
        EnvelopeTo = values.EnvelopeTo;
        OverrideReasons = values.OverrideReasons.ToPrintableList();
        Dkim = values.Dkim.ToPrintableList();
        Spf = values.Spf.ToPrintableList();
        Extensions = values.Extensions.ToPrintableList();
    }

    /// <summary>The reporting organisation; by default the domain of its address.</summary>
    public string OrganizationName => _report.OrganizationName;

    /// <summary>The address of the reporting organisation.</summary>
    public string OrganizationEmail => _report.OrganizationEmail;

    /// <summary>Further contact data of the reporting organisation.</summary>
    public string ExtraContactInfo => _report.ExtraContactInfo;

    /// <summary>The identifier of the report, unique at its organisation.</summary>
    public string ReportId => _report.ReportId;

    /// <summary>The start of the period, in UTC; null if not readable.</summary>
    public DateTime? Begin => _report.Begin;

    /// <summary>The end of the period, in UTC; null if not readable.</summary>
    public DateTime? End => _report.End;

    /// <summary>The software that generated the report (RFC 9990).</summary>
    public string Generator => _report.Generator;

    /// <summary>The errors that the reporter encountered while processing the policy.</summary>
    public PrintableList<string> ReportErrors => _report.ReportErrors;

    /// <summary>The edition of the report's format.</summary>
    public ReportSchema Schema => _report.Schema;

    /// <summary>The domain of the policy record.</summary>
    public string Domain => _report.Domain;

    /// <summary>The published policy (<c>p</c>); null if missing.</summary>
    public ReportedPolicy? Policy => _report.Policy;

    /// <summary>The published policy for subdomains (<c>sp</c>); null if missing.</summary>
    public ReportedPolicy? SubdomainPolicy => _report.SubdomainPolicy;

    /// <summary>The published policy for non-existent subdomains (<c>np</c>); null if missing.</summary>
    public ReportedPolicy? NonexistentSubdomainPolicy => _report.NonexistentSubdomainPolicy;

    /// <summary>The published DKIM alignment mode (<c>adkim</c>); null if missing, which means relaxed.</summary>
    public ReportedAlignmentMode? DkimAlignmentMode => _report.DkimAlignmentMode;

    /// <summary>The published SPF alignment mode (<c>aspf</c>); null if missing, which means relaxed.</summary>
    public ReportedAlignmentMode? SpfAlignmentMode => _report.SpfAlignmentMode;

    /// <summary>The published percentage (<c>pct</c>, RFC 7489), 0 to 100; null if not readable.</summary>
    public int? Percentage => _report.Percentage;

    /// <summary>The published failure reporting options (<c>fo</c>).</summary>
    public string FailureOptions => _report.FailureOptions;

    /// <summary>Whether the record requests test mode (RFC 9990); null if not readable.</summary>
    public bool? Testing => _report.Testing;

    /// <summary>How the receiver found the record (RFC 9990); null if missing.</summary>
    public ReportedDiscoveryMethod? DiscoveryMethod => _report.DiscoveryMethod;

    /// <summary>
    /// The sending address in canonical form (RFC 5952; an IPv4-mapped address as IPv4); the written text if it is not
    /// an address.
    /// </summary>
    public string SourceIP { get; }

    /// <summary>The number of messages of the row; 0 if not readable (see <see cref="CountText"/>).</summary>
    public long Count { get; }

    /// <summary>The written number of messages if it is not a number; otherwise null.</summary>
    public string? CountText { get; }

    /// <summary>The receiver's handling of the messages.</summary>
    public ReportedDisposition Disposition => WrittenDisposition.Value;

    /// <summary>The written handling if it is not a standard word; otherwise empty.</summary>
    public string DispositionText => WrittenDisposition.OtherText;

    /// <summary>Whether DKIM passed and aligned, as evaluated by the receiver.</summary>
    public ReportedOutcome DkimResult => WrittenDkimResult.Value;

    /// <summary>The written DKIM evaluation if it is not a standard word; otherwise empty.</summary>
    public string DkimResultText => WrittenDkimResult.OtherText;

    /// <summary>Whether SPF passed and aligned, as evaluated by the receiver.</summary>
    public ReportedOutcome SpfResult => WrittenSpfResult.Value;

    /// <summary>The written SPF evaluation if it is not a standard word; otherwise empty.</summary>
    public string SpfResultText => WrittenSpfResult.OtherText;

    /// <summary>The receiver's reasons for overriding the published policy.</summary>
    public PrintableList<OverrideReason> OverrideReasons { get; }

    /// <summary>The domain of the From header.</summary>
    public string HeaderFrom { get; }

    /// <summary>The domain of MAIL FROM; null if missing, empty for the null sender.</summary>
    public string? EnvelopeFrom { get; }

    /// <summary>The domain of the recipients; null if missing.</summary>
    public string? EnvelopeTo { get; }

    /// <summary>The results of all DKIM signatures in the report.</summary>
    public PrintableList<ReportedDkim> Dkim { get; }

    /// <summary>The results of all SPF checks in the report (RFC 9990 allows one; earlier reports have two).</summary>
    public PrintableList<ReportedSpf> Spf { get; }

    /// <summary>Non-standard elements of the record.</summary>
    public PrintableList<ReportExtension> Extensions { get; }

    /// <summary>
    /// True if DKIM or SPF passed and aligned, as the receiver found; null if neither is known to, and a result is
    /// missing.
    /// </summary>
    public bool? Passed => DkimAligned | SpfAligned;

    /// <summary>True if DKIM passed and aligned, according to the receiver; null if not reported.</summary>
    public bool? DkimAligned => AggregateWords.IsPass(WrittenDkimResult);

    /// <summary>True if SPF passed and aligned, according to the receiver; null if not reported.</summary>
    public bool? SpfAligned => AggregateWords.IsPass(WrittenSpfResult);

    /// <summary>
    /// Whether DMARC passes, computed from the single results, the From domain, the published modes and the
    /// Organizational Domains; null if the From domain is not a domain. Computed on first use.
    /// </summary>
    public bool? ComputedPassed => Evaluation.Passed;

    /// <summary>Whether DKIM passes and aligns, as computed; null if the From domain is not a domain.</summary>
    public bool? ComputedDkimAligned => Evaluation.DkimAligned;

    /// <summary>Whether SPF passes and aligns, as computed; null if the From domain is not a domain.</summary>
    public bool? ComputedSpfAligned => Evaluation.SpfAligned;

    /// <summary>
    /// Deviations of the row from the standard, and differences between the receiver's evaluation and the computed one,
    /// with their causes. Computed on first use.
    /// </summary>
    public PrintableList<Finding> Findings => Evaluation.Findings;

    /// <summary>The source file, followed by the names of containers and entries in it, joined by <c>!</c>.</summary>
    public string Path => _report.Path;

    internal WrittenValue<ReportedDisposition> WrittenDisposition { get; }

    internal WrittenValue<ReportedOutcome> WrittenDkimResult { get; }

    internal WrittenValue<ReportedOutcome> WrittenSpfResult { get; }

    internal RecordFlags Flags { get; }

    internal AggregateReport Report => _report;

    // Two threads may both compute it, with the same result.
    private RowEvaluation Evaluation => _evaluation ??= RowEvaluator.Evaluate(this);

    /// <summary>The data common to all rows of the report.</summary>
    public AggregateReport GetReport() => _report;

    /// <summary>The address, the number of messages, the From domain and the result.</summary>
    public override string ToString() =>
        SourceIP + " " + Count.ToString(CultureInfo.InvariantCulture) + " " + HeaderFrom + " " + (Passed is { } passed ? passed ? "pass" : "fail" : "unknown");
}

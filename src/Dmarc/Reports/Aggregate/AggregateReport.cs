namespace Dmarc.Reports.Aggregate;

/// <summary>
/// The data of an aggregate report common to all its rows: its sender, its period, and the published policy. The rows
/// of a report share one object of this type.
/// </summary>
public sealed class AggregateReport
{
    private PrintableList<Finding>? _findings;

    internal AggregateReport(string path, IOrganizationalDomainSource organizationalDomains)
    {
        Path = path;
        OrganizationalDomains = organizationalDomains;
    }

    /// <summary>The source file, followed by the names of containers and entries in it, joined by <c>!</c>.</summary>
    public string Path { get; }

    /// <summary>The reporting organisation; by default the domain of its address.</summary>
    public string OrganizationName { get; internal set; } = "";

    /// <summary>The address of the reporting organisation.</summary>
    public string OrganizationEmail { get; internal set; } = "";

    /// <summary>Further contact data of the reporting organisation.</summary>
    public string ExtraContactInfo { get; internal set; } = "";

    /// <summary>The identifier of the report, unique at its organisation.</summary>
    public string ReportId { get; internal set; } = "";

    /// <summary>The start of the period, in UTC; null if not readable.</summary>
    public DateTime? Begin => WrittenBegin.Value;

    /// <summary>The written start of the period if it is not readable; otherwise empty.</summary>
    public string BeginText => WrittenBegin.OtherText;

    /// <summary>The end of the period, in UTC; null if not readable.</summary>
    public DateTime? End => WrittenEnd.Value;

    /// <summary>The written end of the period if it is not readable; otherwise empty.</summary>
    public string EndText => WrittenEnd.OtherText;

    /// <summary>The software that generated the report (RFC 9990).</summary>
    public string Generator { get; internal set; } = "";

    /// <summary>The errors that the reporter encountered while processing the policy.</summary>
    public PrintableList<string> ReportErrors { get; internal set; } = [];

    /// <summary>The version in the report; empty if missing.</summary>
    public string Version { get; internal set; } = "";

    /// <summary>The namespace of the report's elements; may be empty.</summary>
    public string Namespace { get; internal set; } = "";

    /// <summary>The edition of the report's format, according to its namespace, version and elements.</summary>
    public ReportSchema Schema { get; internal set; }

    /// <summary>The domain of the policy record.</summary>
    public string Domain { get; internal set; } = "";

    /// <summary>The published policy (<c>p</c>); null if missing.</summary>
    public ReportedPolicy? Policy => WrittenPolicy.Value;

    /// <summary>The written policy if it is not a standard word; otherwise empty.</summary>
    public string PolicyText => WrittenPolicy.OtherText;

    /// <summary>The published policy for subdomains (<c>sp</c>); null if missing.</summary>
    public ReportedPolicy? SubdomainPolicy => WrittenSubdomainPolicy.Value;

    /// <summary>The written policy for subdomains if it is not a standard word; otherwise empty.</summary>
    public string SubdomainPolicyText => WrittenSubdomainPolicy.OtherText;

    /// <summary>The published policy for non-existent subdomains (<c>np</c>); null if missing.</summary>
    public ReportedPolicy? NonexistentSubdomainPolicy => WrittenNonexistentSubdomainPolicy.Value;

    /// <summary>The written policy for non-existent subdomains if it is not a standard word; otherwise empty.</summary>
    public string NonexistentSubdomainPolicyText => WrittenNonexistentSubdomainPolicy.OtherText;

    /// <summary>The published DKIM alignment mode (<c>adkim</c>); null if missing.</summary>
    public ReportedAlignmentMode? DkimAlignmentMode => WrittenDkimAlignmentMode.Value;

    /// <summary>The written DKIM alignment mode if it is not a standard word; otherwise empty.</summary>
    public string DkimAlignmentModeText => WrittenDkimAlignmentMode.OtherText;

    /// <summary>The published SPF alignment mode (<c>aspf</c>); null if missing.</summary>
    public ReportedAlignmentMode? SpfAlignmentMode => WrittenSpfAlignmentMode.Value;

    /// <summary>The written SPF alignment mode if it is not a standard word; otherwise empty.</summary>
    public string SpfAlignmentModeText => WrittenSpfAlignmentMode.OtherText;

    /// <summary>The published percentage (<c>pct</c>, RFC 7489), 0 to 100; null if not readable.</summary>
    public int? Percentage => WrittenPercentage.Value;

    /// <summary>The written percentage if it is not a number from 0 to 100; otherwise empty.</summary>
    public string PercentageText => WrittenPercentage.OtherText;

    /// <summary>The published failure reporting options (<c>fo</c>).</summary>
    public string FailureOptions { get; internal set; } = "";

    /// <summary>Whether the record requests test mode (<c>t=y</c>, RFC 9990); null if not readable.</summary>
    public bool? Testing => WrittenTesting.Value;

    /// <summary>The written test mode if it is not a standard word; otherwise empty.</summary>
    public string TestingText => WrittenTesting.OtherText;

    /// <summary>How the receiver found the record (RFC 9990); null if missing.</summary>
    public ReportedDiscoveryMethod? DiscoveryMethod => WrittenDiscoveryMethod.Value;

    /// <summary>The written discovery method if it is not a standard word; otherwise empty.</summary>
    public string DiscoveryMethodText => WrittenDiscoveryMethod.OtherText;

    /// <summary>Non-standard elements of the report outside its records.</summary>
    public PrintableList<ReportExtension> Extensions { get; internal set; } = [];

    /// <summary>The findings about the report, apart from its records. Computed on first use.</summary>
    public PrintableList<Finding> Findings => _findings ??= ReportHeaderRules.Check(this);

    internal IOrganizationalDomainSource OrganizationalDomains { get; }

    internal WrittenValue<DateTime?> WrittenBegin { get; set; }

    internal WrittenValue<DateTime?> WrittenEnd { get; set; }

    internal WrittenValue<ReportedPolicy?> WrittenPolicy { get; set; }

    internal WrittenValue<ReportedPolicy?> WrittenSubdomainPolicy { get; set; }

    internal WrittenValue<ReportedPolicy?> WrittenNonexistentSubdomainPolicy { get; set; }

    internal WrittenValue<ReportedAlignmentMode?> WrittenDkimAlignmentMode { get; set; }

    internal WrittenValue<ReportedAlignmentMode?> WrittenSpfAlignmentMode { get; set; }

    internal WrittenValue<int?> WrittenPercentage { get; set; }

    internal WrittenValue<bool?> WrittenTesting { get; set; }

    internal WrittenValue<ReportedDiscoveryMethod?> WrittenDiscoveryMethod { get; set; }

    internal bool OrganizationNameIsFromEmail { get; set; }

    /// <summary>True if the report has an author or a policy: other documents have elements named alike.</summary>
    internal bool SaysAnything => OrganizationName.Length + OrganizationEmail.Length + ReportId.Length
        + WrittenBegin.Text.Length + WrittenEnd.Text.Length + Domain.Length + WrittenPolicy.Text.Length > 0;

    /// <summary>The place of the report in its document; the same for two passes over it.</summary>
    internal ReportPlace? Place { get; init; }

    /// <summary>The identity of the report, by which copies are recognised.</summary>
    internal ReportKey Key => new(
        OrganizationName.ToUpperInvariant(),
        ReportId,
        DomainKey.Of(Domain),
        ReportKey.Time(WrittenBegin),
        ReportKey.Time(WrittenEnd));

    /// <summary>The organisation, the domain and the identifier.</summary>
    public override string ToString() => OrganizationName + " " + Domain + " " + ReportId;

    /// <summary>True if invisible characters were removed from the policy domain.</summary>
    internal bool HasNameMarks { get; set; }

    /// <summary>The data of one section, in short.</summary>
    internal string Describe(bool isPolicy) =>
        (isPolicy ? Domain + (WrittenPolicy.IsPresent ? " p=" + WrittenPolicy : "") : OrganizationName + " " + ReportId).Trim();

    /// <summary>Takes one section from another report.</summary>
    /// <param name="other">The other report.</param>
    /// <param name="isPolicy">True for the policy, false for the metadata.</param>
    /// <param name="onlyMissing">True to keep what this report has.</param>
    internal void Take(AggregateReport other, bool isPolicy, bool onlyMissing = false)
    {
        string Text(string own, string others) => onlyMissing && own.Length > 0 ? own : others;
        WrittenValue<T> Or<T>(WrittenValue<T> own, WrittenValue<T> others) => onlyMissing ? own.Or(others) : others;
        if (!isPolicy)
        {
            OrganizationName = Text(OrganizationName, other.OrganizationName);
            OrganizationNameIsFromEmail = onlyMissing ? OrganizationNameIsFromEmail : other.OrganizationNameIsFromEmail;
            OrganizationEmail = Text(OrganizationEmail, other.OrganizationEmail);
            ExtraContactInfo = Text(ExtraContactInfo, other.ExtraContactInfo);
            ReportId = Text(ReportId, other.ReportId);
            Generator = Text(Generator, other.Generator);
            WrittenBegin = Or(WrittenBegin, other.WrittenBegin);
            WrittenEnd = Or(WrittenEnd, other.WrittenEnd);
            return;
        }

        Domain = Text(Domain, other.Domain);
        WrittenPolicy = Or(WrittenPolicy, other.WrittenPolicy);
        WrittenSubdomainPolicy = Or(WrittenSubdomainPolicy, other.WrittenSubdomainPolicy);
        WrittenNonexistentSubdomainPolicy =
            Or(WrittenNonexistentSubdomainPolicy, other.WrittenNonexistentSubdomainPolicy);
        WrittenDkimAlignmentMode = Or(WrittenDkimAlignmentMode, other.WrittenDkimAlignmentMode);
        WrittenSpfAlignmentMode = Or(WrittenSpfAlignmentMode, other.WrittenSpfAlignmentMode);
        WrittenPercentage = Or(WrittenPercentage, other.WrittenPercentage);
        FailureOptions = Text(FailureOptions, other.FailureOptions);
        WrittenTesting = Or(WrittenTesting, other.WrittenTesting);
        WrittenDiscoveryMethod = Or(WrittenDiscoveryMethod, other.WrittenDiscoveryMethod);
    }

    /// <summary>Adds missing data from another description of the section; false, unchanged, on conflict.</summary>
    internal bool Complete(AggregateReport other, bool isPolicy)
    {
        bool isConflict = Texts(isPolicy)
            .Zip(other.Texts(isPolicy), (own, others) =>
                own.Length > 0 && others.Length > 0 && !string.Equals(own, others, StringComparison.OrdinalIgnoreCase))
            .Contains(true);
        if (!isConflict)
        {
            Take(other, isPolicy, onlyMissing: true);
        }

        return !isConflict;
    }

    /// <summary>The data of a section as texts.</summary>
    private string[] Texts(bool isPolicy) => isPolicy
        ?
        [
            DomainKey.Of(Domain),
            WrittenPolicy.Text,
            WrittenSubdomainPolicy.Text,
            WrittenNonexistentSubdomainPolicy.Text,
            WrittenDkimAlignmentMode.Text,
            WrittenSpfAlignmentMode.Text,
            WrittenPercentage.Text,
            FailureOptions,
            WrittenTesting.Text,
            WrittenDiscoveryMethod.Text,
        ]
        : [OrganizationNameIsFromEmail ? "" : OrganizationName, OrganizationEmail, ReportId, WrittenBegin.Text, WrittenEnd.Text];
}

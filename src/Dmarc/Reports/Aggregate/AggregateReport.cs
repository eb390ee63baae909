using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Reports.Aggregate;

/// <summary>
/// What an aggregate report says once for all its rows: who sent it, for when, and which policy it found published. The
/// rows of a report share one object of this type.
/// </summary>
public sealed class AggregateReport
{
    private PrintableList<Finding>? _findings;

    internal AggregateReport(string path, IOrganizationalDomainSource organizationalDomains)
    {
        Path = path;
        OrganizationalDomains = organizationalDomains;
    }

    /// <summary>The file that the report was read from; the names of containers and entries in it follow, joined by <c>!</c>.</summary>
    public string Path { get; }

    /// <summary>The reporting organisation; the domain of its address where the report gives no name.</summary>
    public string OrganizationName { get; internal set; } = "";

    /// <summary>The address of the reporting organisation.</summary>
    public string OrganizationEmail { get; internal set; } = "";

    /// <summary>Further ways to reach the reporting organisation.</summary>
    public string ExtraContactInfo { get; internal set; } = "";

    /// <summary>The report's identifier, unique at its organisation.</summary>
    public string ReportId { get; internal set; } = "";

    /// <summary>The start of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? Begin => WrittenBegin.Value;

    /// <summary>The start of the time covered as the report writes it if that is no readable time; else empty.</summary>
    public string BeginText => WrittenBegin.OtherText;

    /// <summary>The end of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? End => WrittenEnd.Value;

    /// <summary>The end of the time covered as the report writes it if that is no readable time; else empty.</summary>
    public string EndText => WrittenEnd.OtherText;

    /// <summary>The software that wrote the report (RFC 9990).</summary>
    public string Generator { get; internal set; } = "";

    /// <summary>What the reporter says went wrong while it processed the policy.</summary>
    public PrintableList<string> ReportErrors { get; internal set; } = [];

    /// <summary>The version that the report states; empty if it states none.</summary>
    public string Version { get; internal set; } = "";

    /// <summary>The namespace of the report's elements; empty if they have none.</summary>
    public string Namespace { get; internal set; } = "";

    /// <summary>The edition of the format that the report follows, told by its namespace, version and elements.</summary>
    public ReportSchema Schema { get; internal set; }

    /// <summary>The domain where the policy record was found.</summary>
    public string Domain { get; internal set; } = "";

    /// <summary>The published policy (<c>p</c>); null if the report leaves it out.</summary>
    public ReportedPolicy? Policy => WrittenPolicy.Value;

    /// <summary>What the report writes as the published policy if that is none of the standard's words; else empty.</summary>
    public string PolicyText => WrittenPolicy.OtherText;

    /// <summary>The published policy for subdomains (<c>sp</c>); null if the report leaves it out.</summary>
    public ReportedPolicy? SubdomainPolicy => WrittenSubdomainPolicy.Value;

    /// <summary>What the report writes as the published policy for subdomains if that is none of the standard's words; else empty.</summary>
    public string SubdomainPolicyText => WrittenSubdomainPolicy.OtherText;

    /// <summary>The published policy for subdomains that do not exist (<c>np</c>); null if the report leaves it out.</summary>
    public ReportedPolicy? NonexistentSubdomainPolicy => WrittenNonexistentSubdomainPolicy.Value;

    /// <summary>What the report writes as the published policy for subdomains that do not exist if that is none of the standard's words; else empty.</summary>
    public string NonexistentSubdomainPolicyText => WrittenNonexistentSubdomainPolicy.OtherText;

    /// <summary>The published DKIM alignment mode (<c>adkim</c>); null if the report leaves it out.</summary>
    public ReportedAlignmentMode? DkimAlignmentMode => WrittenDkimAlignmentMode.Value;

    /// <summary>What the report writes as the published DKIM alignment mode if that is none of the standard's words; else empty.</summary>
    public string DkimAlignmentModeText => WrittenDkimAlignmentMode.OtherText;

    /// <summary>The published SPF alignment mode (<c>aspf</c>); null if the report leaves it out.</summary>
    public ReportedAlignmentMode? SpfAlignmentMode => WrittenSpfAlignmentMode.Value;

    /// <summary>What the report writes as the published SPF alignment mode if that is none of the standard's words; else empty.</summary>
    public string SpfAlignmentModeText => WrittenSpfAlignmentMode.OtherText;

    /// <summary>The published percentage (<c>pct</c>, RFC 7489), 0 to 100; null if the report gives no readable one.</summary>
    public int? Percentage => WrittenPercentage.Value;

    /// <summary>What the report writes as the published percentage if that is no number from 0 to 100; else empty.</summary>
    public string PercentageText => WrittenPercentage.OtherText;

    /// <summary>The published failure reporting options (<c>fo</c>).</summary>
    public string FailureOptions { get; internal set; } = "";

    /// <summary>Whether the record asks for test mode (<c>t=y</c>, RFC 9990); null if the report gives no readable answer.</summary>
    public bool? Testing => WrittenTesting.Value;

    /// <summary>What the report writes about test mode if that is none of the standard's words; else empty.</summary>
    public string TestingText => WrittenTesting.OtherText;

    /// <summary>How the receiver found the record (RFC 9990); null if the report leaves it out.</summary>
    public ReportedDiscoveryMethod? DiscoveryMethod => WrittenDiscoveryMethod.Value;

    /// <summary>What the report writes about how the receiver found the record if that is none of the standard's words; else empty.</summary>
    public string DiscoveryMethodText => WrittenDiscoveryMethod.OtherText;

    /// <summary>Elements of the report, outside its records, that are in no standard.</summary>
    public PrintableList<ReportExtension> Extensions { get; internal set; } = [];

    /// <summary>What is wrong with the report apart from its records. Worked out when first asked for.</summary>
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

    /// <summary>True if the report says who wrote it or which policy it is about: other documents have elements of the same names.</summary>
    internal bool SaysAnything => OrganizationName.Length + OrganizationEmail.Length + ReportId.Length
        + WrittenBegin.Text.Length + WrittenEnd.Text.Length + Domain.Length + WrittenPolicy.Text.Length > 0;

    /// <summary>Which report of which document this is; two skips the document give the same.</summary>
    internal ReportPlace? Place { get; init; }

    /// <summary>What the report is, so that a copy is known again.</summary>
    internal ReportKey Key => new(
        OrganizationName.ToUpperInvariant(),
        ReportId,
        DomainKey.Of(Domain),
        Begin?.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? WrittenBegin.Text,
        End?.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? WrittenEnd.Text);

    /// <summary>The organisation, the domain and the identifier.</summary>
    public override string ToString() => OrganizationName + " " + Domain + " " + ReportId;

    /// <summary>True if marks that nobody sees were left out of the policy domain.</summary>
    internal bool HasNameMarks { get; set; }

    /// <summary>What one section says, in short.</summary>
    internal string Describe(bool isPolicy) => (isPolicy ? Domain + (WrittenPolicy.IsPresent ? " p=" + WrittenPolicy : "") : OrganizationName + " " + ReportId).Trim();

    /// <summary>Takes one section of another report instead of this one's.</summary>
    internal void Take(AggregateReport other, bool isPolicy)
    {
        if (!isPolicy)
        {
            (OrganizationName, OrganizationEmail, ExtraContactInfo) = (other.OrganizationName, other.OrganizationEmail, other.ExtraContactInfo);
            (ReportId, Generator) = (other.ReportId, other.Generator);
            (WrittenBegin, WrittenEnd) = (other.WrittenBegin, other.WrittenEnd);
            OrganizationNameIsFromEmail = other.OrganizationNameIsFromEmail;
            return;
        }

        Domain = other.Domain;
        WrittenPolicy = other.WrittenPolicy;
        WrittenSubdomainPolicy = other.WrittenSubdomainPolicy;
        WrittenNonexistentSubdomainPolicy = other.WrittenNonexistentSubdomainPolicy;
        WrittenDkimAlignmentMode = other.WrittenDkimAlignmentMode;
        WrittenSpfAlignmentMode = other.WrittenSpfAlignmentMode;
        WrittenPercentage = other.WrittenPercentage;
        FailureOptions = other.FailureOptions;
        WrittenTesting = other.WrittenTesting;
        WrittenDiscoveryMethod = other.WrittenDiscoveryMethod;
    }

    /// <summary>Adds what another description of the same section says and this one does not. False if they disagree; then nothing is added.</summary>
    internal bool Complete(AggregateReport other, bool isPolicy)
    {
        string[] own = Texts(isPolicy);
        string[] others = other.Texts(isPolicy);
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i].Length > 0 && others[i].Length > 0 && !string.Equals(own[i], others[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        AggregateReport both = new(Path, OrganizationalDomains);
        both.Take(this, isPolicy);
        both.Fill(other, isPolicy);
        Take(both, isPolicy);
        return true;
    }

    private void Fill(AggregateReport other, bool isPolicy)
    {
        if (!isPolicy)
        {
            OrganizationName = OrganizationName.Length > 0 ? OrganizationName : other.OrganizationName;
            OrganizationEmail = OrganizationEmail.Length > 0 ? OrganizationEmail : other.OrganizationEmail;
            ExtraContactInfo = ExtraContactInfo.Length > 0 ? ExtraContactInfo : other.ExtraContactInfo;
            ReportId = ReportId.Length > 0 ? ReportId : other.ReportId;
            Generator = Generator.Length > 0 ? Generator : other.Generator;
            WrittenBegin = WrittenBegin.Or(other.WrittenBegin);
            WrittenEnd = WrittenEnd.Or(other.WrittenEnd);
            return;
        }

        Domain = Domain.Length > 0 ? Domain : other.Domain;
        WrittenPolicy = WrittenPolicy.Or(other.WrittenPolicy);
        WrittenSubdomainPolicy = WrittenSubdomainPolicy.Or(other.WrittenSubdomainPolicy);
        WrittenNonexistentSubdomainPolicy = WrittenNonexistentSubdomainPolicy.Or(other.WrittenNonexistentSubdomainPolicy);
        WrittenDkimAlignmentMode = WrittenDkimAlignmentMode.Or(other.WrittenDkimAlignmentMode);
        WrittenSpfAlignmentMode = WrittenSpfAlignmentMode.Or(other.WrittenSpfAlignmentMode);
        WrittenPercentage = WrittenPercentage.Or(other.WrittenPercentage);
        FailureOptions = FailureOptions.Length > 0 ? FailureOptions : other.FailureOptions;
        WrittenTesting = WrittenTesting.Or(other.WrittenTesting);
        WrittenDiscoveryMethod = WrittenDiscoveryMethod.Or(other.WrittenDiscoveryMethod);
    }

    /// <summary>What a section says, in words.</summary>
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

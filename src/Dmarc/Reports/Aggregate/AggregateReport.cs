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
    public DateTime? Begin { get; internal set; }

    /// <summary>The start of the time covered as the report writes it.</summary>
    public string BeginText { get; internal set; } = "";

    /// <summary>The end of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? End { get; internal set; }

    /// <summary>The end of the time covered as the report writes it.</summary>
    public string EndText { get; internal set; } = "";

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
    public ReportedPolicy? Policy { get; internal set; }

    /// <summary>The published policy as the report writes it.</summary>
    public string PolicyText { get; internal set; } = "";

    /// <summary>The published policy for subdomains (<c>sp</c>); null if the report leaves it out.</summary>
    public ReportedPolicy? SubdomainPolicy { get; internal set; }

    /// <summary>The published policy for subdomains as the report writes it.</summary>
    public string SubdomainPolicyText { get; internal set; } = "";

    /// <summary>The published policy for subdomains that do not exist (<c>np</c>); null if the report leaves it out.</summary>
    public ReportedPolicy? NonexistentSubdomainPolicy { get; internal set; }

    /// <summary>The published policy for subdomains that do not exist as the report writes it.</summary>
    public string NonexistentSubdomainPolicyText { get; internal set; } = "";

    /// <summary>The published DKIM alignment mode (<c>adkim</c>); null if the report leaves it out.</summary>
    public ReportedAlignmentMode? DkimAlignmentMode { get; internal set; }

    /// <summary>The published DKIM alignment mode as the report writes it.</summary>
    public string DkimAlignmentModeText { get; internal set; } = "";

    /// <summary>The published SPF alignment mode (<c>aspf</c>); null if the report leaves it out.</summary>
    public ReportedAlignmentMode? SpfAlignmentMode { get; internal set; }

    /// <summary>The published SPF alignment mode as the report writes it.</summary>
    public string SpfAlignmentModeText { get; internal set; } = "";

    /// <summary>The published percentage (<c>pct</c>, RFC 7489), 0 to 100; null if the report gives no readable one.</summary>
    public int? Percentage { get; internal set; }

    /// <summary>The published percentage as the report writes it.</summary>
    public string PercentageText { get; internal set; } = "";

    /// <summary>The published failure reporting options (<c>fo</c>).</summary>
    public string FailureOptions { get; internal set; } = "";

    /// <summary>Whether the record asks for test mode (<c>t=y</c>, RFC 9990); null if the report gives no readable answer.</summary>
    public bool? Testing { get; internal set; }

    /// <summary>Test mode as the report writes it.</summary>
    public string TestingText { get; internal set; } = "";

    /// <summary>How the receiver found the record (RFC 9990); null if the report leaves it out.</summary>
    public ReportedDiscoveryMethod? DiscoveryMethod { get; internal set; }

    /// <summary>How the receiver found the record as the report writes it.</summary>
    public string DiscoveryMethodText { get; internal set; } = "";

    /// <summary>Elements of the report, outside its records, that are in no standard.</summary>
    public PrintableList<ReportExtension> Extensions { get; internal set; } = [];

    /// <summary>What is wrong with the report apart from its records. Worked out when first asked for.</summary>
    public PrintableList<Finding> Findings => _findings ??= ReportHeaderRules.Check(this);

    internal IOrganizationalDomainSource OrganizationalDomains { get; }

    internal bool OrganizationNameIsFromEmail { get; set; }

    /// <summary>True if the report says who wrote it or which policy it is about: other documents have elements of the same names.</summary>
    internal bool SaysAnything => OrganizationName.Length + OrganizationEmail.Length + ReportId.Length + BeginText.Length + EndText.Length
        + Domain.Length + PolicyText.Length > 0;

    /// <summary>Which report of which document this is; two skips the document give the same.</summary>
    internal ReportPlace? Place { get; init; }

    /// <summary>What the report is, so that a copy is known again.</summary>
    internal ReportKey Key => new(
        OrganizationName.ToUpperInvariant(),
        ReportId,
        DomainKey.Of(Domain),
        Begin?.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? BeginText,
        End?.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? EndText);

    /// <summary>The organisation, the domain and the identifier.</summary>
    public override string ToString() => OrganizationName + " " + Domain + " " + ReportId;

    /// <summary>What one section says, in short.</summary>
    /// <summary>True if marks that nobody sees were left out of the policy domain.</summary>
    internal bool HasNameMarks { get; set; }

    internal string Describe(bool isPolicy) => (isPolicy ? Domain + (PolicyText.Length > 0 ? " p=" + PolicyText : "") : OrganizationName + " " + ReportId).Trim();

    /// <summary>Takes one section of another report instead of this one's.</summary>
    internal void Take(AggregateReport other, bool isPolicy)
    {
        if (!isPolicy)
        {
            (OrganizationName, OrganizationEmail, ExtraContactInfo) = (other.OrganizationName, other.OrganizationEmail, other.ExtraContactInfo);
            (ReportId, Generator) = (other.ReportId, other.Generator);
            (Begin, BeginText, End, EndText) = (other.Begin, other.BeginText, other.End, other.EndText);
            OrganizationNameIsFromEmail = other.OrganizationNameIsFromEmail;
            return;
        }

        Domain = other.Domain;
        (Policy, PolicyText) = (other.Policy, other.PolicyText);
        (SubdomainPolicy, SubdomainPolicyText) = (other.SubdomainPolicy, other.SubdomainPolicyText);
        (NonexistentSubdomainPolicy, NonexistentSubdomainPolicyText) = (other.NonexistentSubdomainPolicy, other.NonexistentSubdomainPolicyText);
        (DkimAlignmentMode, DkimAlignmentModeText) = (other.DkimAlignmentMode, other.DkimAlignmentModeText);
        (SpfAlignmentMode, SpfAlignmentModeText) = (other.SpfAlignmentMode, other.SpfAlignmentModeText);
        (Percentage, PercentageText, FailureOptions) = (other.Percentage, other.PercentageText, other.FailureOptions);
        (Testing, TestingText) = (other.Testing, other.TestingText);
        (DiscoveryMethod, DiscoveryMethodText) = (other.DiscoveryMethod, other.DiscoveryMethodText);
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
            (Begin, BeginText) = BeginText.Length > 0 ? (Begin, BeginText) : (other.Begin, other.BeginText);
            (End, EndText) = EndText.Length > 0 ? (End, EndText) : (other.End, other.EndText);
            return;
        }

        Domain = Domain.Length > 0 ? Domain : other.Domain;
        (Policy, PolicyText) = PolicyText.Length > 0 ? (Policy, PolicyText) : (other.Policy, other.PolicyText);
        (SubdomainPolicy, SubdomainPolicyText) = SubdomainPolicyText.Length > 0
            ? (SubdomainPolicy, SubdomainPolicyText)
            : (other.SubdomainPolicy, other.SubdomainPolicyText);
        (NonexistentSubdomainPolicy, NonexistentSubdomainPolicyText) = NonexistentSubdomainPolicyText.Length > 0
            ? (NonexistentSubdomainPolicy, NonexistentSubdomainPolicyText)
            : (other.NonexistentSubdomainPolicy, other.NonexistentSubdomainPolicyText);
        (DkimAlignmentMode, DkimAlignmentModeText) = DkimAlignmentModeText.Length > 0
            ? (DkimAlignmentMode, DkimAlignmentModeText)
            : (other.DkimAlignmentMode, other.DkimAlignmentModeText);
        (SpfAlignmentMode, SpfAlignmentModeText) = SpfAlignmentModeText.Length > 0
            ? (SpfAlignmentMode, SpfAlignmentModeText)
            : (other.SpfAlignmentMode, other.SpfAlignmentModeText);
        (Percentage, PercentageText) = PercentageText.Length > 0 ? (Percentage, PercentageText) : (other.Percentage, other.PercentageText);
        FailureOptions = FailureOptions.Length > 0 ? FailureOptions : other.FailureOptions;
        (Testing, TestingText) = TestingText.Length > 0 ? (Testing, TestingText) : (other.Testing, other.TestingText);
        (DiscoveryMethod, DiscoveryMethodText) = DiscoveryMethodText.Length > 0
            ? (DiscoveryMethod, DiscoveryMethodText)
            : (other.DiscoveryMethod, other.DiscoveryMethodText);
    }

    /// <summary>What a section says, in words.</summary>
    private string[] Texts(bool isPolicy) => isPolicy
        ? [DomainKey.Of(Domain), PolicyText, SubdomainPolicyText, NonexistentSubdomainPolicyText, DkimAlignmentModeText, SpfAlignmentModeText, PercentageText, FailureOptions, TestingText, DiscoveryMethodText]
        : [OrganizationNameIsFromEmail ? "" : OrganizationName, OrganizationEmail, ReportId, BeginText, EndText];
}

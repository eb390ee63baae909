using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>Whose words the next step of DMARC has, for a domain that sends no mail.</summary>
internal enum DmarcStepWording
{
    /// <summary>The verdict has no such step.</summary>
    None,

    /// <summary>Those of the rule.</summary>
    OfRule,

    /// <summary>Those of a policy that can be the strictest at once.</summary>
    OfPolicy,
}

/// <summary>What a rule says of a domain.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Cap">The best grade that is left; null for advice that costs nothing.</param>
/// <param name="Reason">What was found, in a sentence.</param>
/// <param name="Remedy">What to do, in a sentence.</param>
internal sealed record GradeVerdict(string Rule, MailDomainGrade? Cap, string Reason, string Remedy)
{
    /// <summary>Whether the next step of DMARC belongs to the verdict: it is worked out once for all of them.</summary>
    public DmarcStepWording DmarcStep { get; init; }

    /// <summary>The name of the record to publish or change; empty if no single record does it.</summary>
    public string RecordName { get; init; } = "";

    /// <summary>Its type.</summary>
    public string RecordType { get; init; } = "";

    /// <summary>Its text.</summary>
    public string RecordValue { get; init; } = "";

    /// <summary>The verdict of a rule. Its texts are the resources <c>Grade_{rule}</c> and <c>Grade_{rule}_Action</c>.</summary>
    /// <param name="rule">The rule's name, as results and <c>docs/grades.md</c> have it.</param>
    /// <param name="cap">The best grade that is left; null for advice only.</param>
    /// <param name="domain">The domain, which is the first placeholder of both texts.</param>
    /// <param name="more">The values for the further placeholders of both texts.</param>
    public static GradeVerdict Of(string rule, MailDomainGrade? cap, MailDomainResult domain, params object?[] more) =>
        In("Grade_" + rule, rule, cap, domain, more);

    /// <summary>The same in the words of another pair of resources.</summary>
    public static GradeVerdict In(string resource, string rule, MailDomainGrade? cap, MailDomainResult domain, params object?[] more)
    {
        object?[] arguments = [domain.Domain, .. more];
        return new GradeVerdict(
            rule, cap, Fill(resource, arguments).TrimEnd(), Fill(resource + "_Action", arguments).TrimEnd());
    }

    /// <summary>The most severe finding of a part, which names the number and the term that a verdict is about; null if there is none.</summary>
    public static Finding? Worst(IEnumerable<Finding> findings) => findings.OrderByDescending(finding => finding.Severity).FirstOrDefault();

    /// <summary>The same with a TXT record to publish.</summary>
    public GradeVerdict WithText(string name, string value) => this with { RecordName = name, RecordType = "TXT", RecordValue = value };

    private static string Fill(string name, object?[] arguments) => Sentences.Fill(
        Strings.ResourceManager.GetString(name, Strings.Culture) ?? throw new InvalidOperationException("The resource '" + name + "' is missing."),
        arguments);
}

namespace Dmarc.Advice.Audit;

/// <summary>Which texts describe the next DMARC step of a domain that sends no mail.</summary>
internal enum DmarcStepWording
{
    /// <summary>There is no such step.</summary>
    None,

    /// <summary>The texts of the rule.</summary>
    OfRule,

    /// <summary>The texts for a policy that can be the strictest at once.</summary>
    OfPolicy,
}

/// <summary>The verdict of a rule.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Cap">The best grade still possible; null for advice without effect on the grade.</param>
/// <param name="Reason">The reason, in a sentence.</param>
/// <param name="Remedy">What to do, in a sentence.</param>
/// <param name="DmarcStep">Whether the next DMARC step belongs to it: it is computed once for all verdicts.</param>
/// <param name="RecordName">The name of the record to publish or change; empty if it needs several records.</param>
/// <param name="RecordType">The type of the record.</param>
/// <param name="RecordValue">The text of the record.</param>
internal sealed record GradeVerdict(
    string Rule,
    MailDomainGrade? Cap,
    string Reason,
    string Remedy,
    DmarcStepWording DmarcStep = DmarcStepWording.None,
    string RecordName = "",
    string RecordType = "",
    string RecordValue = "")
{
    /// <summary>A verdict whose texts are the resources <c>Grade_{rule}</c> and <c>Grade_{rule}_Action</c>.</summary>
    /// <param name="rule">The name of the rule, as in results and <c>docs/grades.md</c>.</param>
    /// <param name="cap">The best grade still possible; null for mere advice.</param>
    /// <param name="domain">The domain, the first placeholder of both texts.</param>
    /// <param name="more">The values for further placeholders of both texts.</param>
    public static GradeVerdict Of(string rule, MailDomainGrade? cap, MailDomainResult domain, params object?[] more) =>
        In("Grade_" + rule, rule, cap, domain, more);

    /// <summary>The same with the texts of other resources.</summary>
    public static GradeVerdict In(string resource, string rule, MailDomainGrade? cap, MailDomainResult domain, params object?[] more)
    {
        object?[] arguments = [domain.Domain, .. more];
        return new GradeVerdict(
            rule, cap, Fill(resource, arguments).TrimEnd(), Fill(resource + "_Action", arguments).TrimEnd());
    }

    /// <summary>The most severe finding of a part, with the verdict's number and term; null if none.</summary>
    public static Finding? Worst(IEnumerable<Finding> findings) => findings.OrderByDescending(finding => finding.Severity).FirstOrDefault();

    /// <summary>Adds a TXT record to publish.</summary>
    public GradeVerdict WithText(string name, string value) => this with { RecordName = name, RecordType = "TXT", RecordValue = value };

    private static string Fill(string name, object?[] arguments) => Sentences.Fill(
        Strings.ResourceManager.GetString(name, Strings.Culture) ?? throw new InvalidOperationException("The resource '" + name + "' is missing."),
        arguments);
}

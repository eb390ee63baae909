using System.Globalization;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Grades;

/// <summary>What a rule says of a domain.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Cap">The best grade that is left; null for advice that costs nothing.</param>
/// <param name="Reason">What was found, in a sentence.</param>
/// <param name="Action">What to do, in a sentence.</param>
internal sealed record GradeVerdict(string Rule, MailDomainGrade? Cap, string Reason, string Action)
{
    /// <summary>The name of the record to publish or change; empty where no one record does it.</summary>
    public string RecordName { get; init; } = "";

    /// <summary>Its type.</summary>
    public string RecordType { get; init; } = "";

    /// <summary>Its text.</summary>
    public string RecordValue { get; init; } = "";

    /// <summary>The same with a TXT record to publish.</summary>
    public GradeVerdict WithText(string name, string value) => this with { RecordName = name, RecordType = "TXT", RecordValue = value };
}

/// <summary>
/// A rule that keeps the grade of a domain from being better than so. Its texts are the resources <c>Grade_{Name}</c> and
/// <c>Grade_{Name}_Action</c>, with the domain as the first placeholder. It says nothing where its part is not known or was left out.
/// </summary>
internal abstract class GradeRule
{
    /// <summary>The name that results and <c>docs/grades.md</c> have: that of the type without its ending.</summary>
    public string Name => GetType().Name.Substring(0, GetType().Name.Length - "Rule".Length);

    /// <summary>What the rule says of a domain; null where it does not apply.</summary>
    public abstract GradeVerdict? Check(MailDomainResult domain);

    /// <summary>The rule applies.</summary>
    /// <param name="cap">The best grade that is left; null for advice only.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="more">The values for the further placeholders of both texts.</param>
    protected GradeVerdict Verdict(MailDomainGrade? cap, MailDomainResult domain, params object?[] more)
    {
        return VerdictIn("Grade_" + Name, cap, domain, more);
    }

    /// <summary>The same in the words of another pair of resources.</summary>
    protected GradeVerdict VerdictIn(string resource, MailDomainGrade? cap, MailDomainResult domain, params object?[] more)
    {
        object?[] arguments = [domain.Domain, .. more];
        return new GradeVerdict(Name, cap, Fill(resource, arguments).TrimEnd(), Fill(resource + "_Action", arguments).TrimEnd());
    }

    /// <summary>The most severe finding of a part, which names the number and the term that a verdict is about; null if there is none.</summary>
    protected static Finding? Worst(IEnumerable<Finding> findings) => findings.OrderByDescending(finding => finding.Severity).FirstOrDefault();

    private static string Fill(string name, object?[] arguments) => string.Format(
        CultureInfo.InvariantCulture,
        Strings.ResourceManager.GetString(name, Strings.Culture) ?? throw new InvalidOperationException("The resource '" + name + "' is missing."),
        arguments);
}

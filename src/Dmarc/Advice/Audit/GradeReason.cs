using Dmarc.Dns.Zones;

namespace Dmarc.Advice.Audit;

/// <summary>Why a domain's grade is not better.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Rule">The stable name of the rule, as in <c>docs/grades.md</c>.</param>
/// <param name="Grade">The best possible grade if the rule applies.</param>
/// <param name="Reason">The reason, in a sentence.</param>
public sealed record GradeReason(string Domain, string Rule, MailDomainGrade Grade, string Reason)
{
    /// <summary>The grade, the rule and the reason.</summary>
    public override string ToString() => Grade + " " + Rule + ": " + Reason;
}

/// <summary>A recommended step.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Rank">The rank; 1 for the most effective step.</param>
/// <param name="Rule">The rule that requires it, as in <c>docs/grades.md</c>.</param>
/// <param name="Remedy">What to do, in a sentence.</param>
/// <param name="RecordName">The name of the record to publish or change; empty if there is not one record.</param>
/// <param name="RecordType">The type, such as TXT; empty if there is no record.</param>
/// <param name="RecordValue">The text; empty if unknown.</param>
public sealed record MailDomainStep(
    string Domain,
    int Rank,
    string Rule,
    string Remedy,
    string RecordName = "",
    string RecordType = "",
    string RecordValue = "")
{
    /// <summary>The step in one line, with the record if there is one.</summary>
    public override string ToString() =>
        RecordValue.Length == 0 ? Remedy
        : Remedy + " " + RecordName + " " + RecordType + " " + (RecordType == "TXT" ? ZoneLine.Quote(RecordValue) : RecordValue);
}

using Dmarc.Dns.Zones;

namespace Dmarc.Advice.Audit;

/// <summary>Why a domain's grade is no better than it is.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Rule">The rule's stable name, as <c>docs/grades.md</c> lists it.</param>
/// <param name="Grade">The best grade that a domain can have to which the rule applies.</param>
/// <param name="Reason">What was found, in a sentence.</param>
public sealed record GradeReason(string Domain, string Rule, MailDomainGrade Grade, string Reason)
{
    /// <summary>The grade, the rule and the reason.</summary>
    public override string ToString() => Grade + " " + Rule + ": " + Reason;
}

/// <summary>Something to do next.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Rank">1 for what helps most.</param>
/// <param name="Rule">The rule that asks for it, as <c>docs/grades.md</c> lists it.</param>
/// <param name="Remedy">What to do, in a sentence.</param>
/// <param name="RecordName">The name of the record to publish or change; empty if no one record does it.</param>
/// <param name="RecordType">Its type, such as TXT; empty if there is no record.</param>
/// <param name="RecordValue">Its text; empty if it cannot be known from here.</param>
public sealed record MailDomainStep(
    string Domain,
    int Rank,
    string Rule,
    string Remedy,
    string RecordName = "",
    string RecordType = "",
    string RecordValue = "")
{
    /// <summary>The step in one line, with the record where there is one.</summary>
    public override string ToString() =>
        RecordValue.Length == 0 ? Remedy
        : Remedy + " " + RecordName + " " + RecordType + " " + (RecordType == "TXT" ? ZoneLine.Quote(RecordValue) : RecordValue);
}

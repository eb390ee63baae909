namespace Dmarc.Advice.Audit;

/// <summary>How well a domain is protected from misuse in mail (<c>docs/grades.md</c>). Lower is better.</summary>
public enum MailDomainGrade
{
    /// <summary>Correct.</summary>
    A,

    /// <summary>Failing mail in the domain's name stays out of inboxes; minor improvements are left.</summary>
    B,

    /// <summary>A policy is in force, but it has a gap.</summary>
    C,

    /// <summary>DMARC does not request any action yet.</summary>
    D,

    /// <summary>There is no DMARC record, only SPF.</summary>
    E,

    /// <summary>Anyone can send mail in the domain's name.</summary>
    F,

    /// <summary>No grade: a deciding fact is unknown or was skipped, or the domain does not exist.</summary>
    Unknown,
}

namespace Dmarc.Advice.Audit;

/// <summary>How well a domain is protected from being misused in mail; <c>docs/grades.md</c> has the rules. A lower number is better.</summary>
public enum MailDomainGrade
{
    /// <summary>As it should be.</summary>
    A,

    /// <summary>Mail in the domain's name that fails is kept from inboxes; something smaller is left to do.</summary>
    B,

    /// <summary>A policy is in force, but it has a gap.</summary>
    C,

    /// <summary>DMARC asks for nothing yet.</summary>
    D,

    /// <summary>There is no DMARC record, only SPF.</summary>
    E,

    /// <summary>Anyone can send mail in the domain's name.</summary>
    F,

    /// <summary>No grade: what it depends on is not known, was left out, or there is no such domain.</summary>
    Unknown,
}

namespace Dmarc.Advice.Audit;

/// <summary>A finding about one part of a domain's mail configuration.</summary>
public sealed record MailDomainFinding : Finding
{
    /// <summary>A finding of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="finding">The finding.</param>
    public MailDomainFinding(MailDomainPart part, string domain, Finding finding)
        : base(finding)
    {
        Part = part;
        Domain = finding.Domain.Length > 0 ? finding.Domain : domain;
    }

    /// <summary>The part concerned.</summary>
    public MailDomainPart Part { get; init; }

    /// <summary>The part, the severity and the message.</summary>
    public override string ToString() => Part + " " + Severity + ": " + Message;
}

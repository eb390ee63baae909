namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The relevant properties of a <c>Get-DkimSigningConfig</c> object.</summary>
internal sealed record DkimSigningFacts
{
    /// <summary>The domain of the signed mail.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>True if Microsoft 365 signs mail of the domain with the domain's key.</summary>
    public bool Enabled { get; init; }

    /// <summary>Exchange Online's last check, such as <c>Valid</c> or <c>CnameMissing</c>; empty if unknown.</summary>
    public string Status { get; init; } = "";

    /// <summary>The required CNAME target of selector1; empty if unknown.</summary>
    public string Selector1 { get; init; } = "";

    /// <summary>The required CNAME target of selector2; empty if unknown.</summary>
    public string Selector2 { get; init; } = "";

    /// <summary>The domain, and whether its mail is signed.</summary>
    public override string ToString() => Domain + ": Enabled=" + Enabled + (Status.Length == 0 ? "" : ", " + Status);
}

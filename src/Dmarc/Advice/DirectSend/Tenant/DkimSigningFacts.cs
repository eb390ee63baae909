using Dmarc.Domains;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>What matters here of an object of <c>Get-DkimSigningConfig</c>.</summary>
internal sealed record DkimSigningFacts
{
    /// <summary>The domain that mail is signed for.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>True where Microsoft 365 signs mail of the domain with a key of it.</summary>
    public bool Enabled { get; init; }

    /// <summary>What Exchange Online last found, such as <c>Valid</c> or <c>CnameMissing</c>; empty if it is not told.</summary>
    public string Status { get; init; } = "";

    /// <summary>What the CNAME record of selector1 should lead to; empty if it is not told.</summary>
    public string Selector1 { get; init; } = "";

    /// <summary>What the CNAME record of selector2 should lead to; empty if it is not told.</summary>
    public string Selector2 { get; init; } = "";

    /// <summary>The domain and whether mail of it is signed.</summary>
    public override string ToString() => Domain + ": Enabled=" + Enabled + (Status.Length == 0 ? "" : ", " + Status);
}

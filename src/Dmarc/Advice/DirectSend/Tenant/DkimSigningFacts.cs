namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The relevant properties of a <c>Get-DkimSigningConfig</c> object.</summary>
/// <param name="Domain">The domain of the signed mail.</param>
/// <param name="Enabled">True if Microsoft 365 signs mail of the domain with the domain's key.</param>
/// <param name="Status">Exchange Online's last check, such as <c>Valid</c> or <c>CnameMissing</c>; empty if
/// unknown.</param>
/// <param name="Selector1">The required CNAME target of selector1; empty if unknown.</param>
/// <param name="Selector2">The required CNAME target of selector2; empty if unknown.</param>
internal sealed record DkimSigningFacts(
    DomainName Domain, bool Enabled, string Status, string Selector1, string Selector2);

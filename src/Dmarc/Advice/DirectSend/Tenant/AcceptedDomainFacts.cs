namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The relevant properties of a <c>Get-AcceptedDomain</c> object.</summary>
/// <param name="Domain">The domain, without a leading <c>*.</c>.</param>
/// <param name="MatchesSubdomains">True if its subdomains are accepted too.</param>
internal sealed record AcceptedDomainFacts(DomainName Domain, bool MatchesSubdomains)
{
    /// <summary>True if sending from it is disabled (<c>SendingFromDomainDisabled</c>); null if unknown.</summary>
    public bool? SendingDisabled { get; init; }

    public bool Accepts(DomainName domain) => domain == Domain || (MatchesSubdomains && domain.IsBelow(Domain));
}

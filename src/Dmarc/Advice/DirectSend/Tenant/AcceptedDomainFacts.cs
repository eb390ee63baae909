namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The relevant properties of a <c>Get-AcceptedDomain</c> object.</summary>
/// <param name="Domain">The domain, without a leading <c>*.</c>.</param>
/// <param name="MatchesSubdomains">True if its subdomains are accepted too.</param>
internal sealed record AcceptedDomainFacts(DomainName Domain, bool MatchesSubdomains)
{
    /// <summary>True if sending from it is disabled (<c>SendingFromDomainDisabled</c>); null if unknown.</summary>
    public bool? SendingDisabled { get; init; }

    /// <summary>True if this accepts a domain.</summary>
    public bool Accepts(DomainName domain) => domain == Domain || (MatchesSubdomains && domain is not null && domain.IsBelow(Domain));

    /// <summary>The domain, with a leading <c>*.</c> if its subdomains are accepted.</summary>
    public override string ToString() => (MatchesSubdomains ? "*." : "") + Domain;
}

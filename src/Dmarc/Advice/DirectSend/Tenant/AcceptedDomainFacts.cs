using Dmarc.Domains;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>What matters here of an object of <c>Get-AcceptedDomain</c>.</summary>
/// <param name="Domain">The domain, without the <c>*.</c> that stands before some.</param>
/// <param name="MatchesSubdomains">True where its subdomains are accepted too.</param>
internal sealed record AcceptedDomainFacts(DomainName Domain, bool MatchesSubdomains)
{
    /// <summary>True if nobody may send from it (<c>SendingFromDomainDisabled</c>); null if that is not told.</summary>
    public bool? SendingDisabled { get; init; }

    /// <summary>True if this accepts a domain.</summary>
    /// <param name="domain">The domain.</param>
    public bool Accepts(DomainName domain) => domain == Domain || (MatchesSubdomains && domain is not null && domain.IsBelow(Domain));

    /// <summary>The domain, with <c>*.</c> before it where its subdomains are accepted.</summary>
    public override string ToString() => (MatchesSubdomains ? "*." : "") + Domain;
}

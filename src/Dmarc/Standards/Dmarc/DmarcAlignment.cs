namespace Dmarc.Standards.Dmarc;

/// <summary>Identifier alignment (RFC 9989 §4.4, §4.10.2).</summary>
internal static class DmarcAlignment
{
    /// <summary>Evaluates one identifier.</summary>
    /// <param name="discovery">The record of the Author Domain.</param>
    /// <param name="identifier">The identifier.</param>
    /// <param name="mode">The requested mode; null without a record.</param>
    /// <param name="organizations">The Organizational Domains found; null for failed look-ups.</param>
    public static IdentifierAlignment Evaluate(
        DmarcDiscovery discovery,
        AuthenticatedIdentifier identifier,
        AlignmentMode? mode,
        Dictionary<DomainName, DomainName?> organizations)
    {
        bool walked = organizations.TryGetValue(identifier.Domain, out DomainName? organization);
        IdentifierAlignmentCause cause = GetCause(discovery, identifier, mode, organization, walked);
        (bool? aligned, string format) = cause switch
        {
            IdentifierAlignmentCause.SameDomain => (true, Strings.Policy_AlignedSame),
            IdentifierAlignmentCause.SameOrganizationalDomain => (true, Strings.Policy_AlignedRelaxed),
            IdentifierAlignmentCause.NotAuthenticated => (false, Strings.Policy_NotAuthenticated),
            IdentifierAlignmentCause.StrictMode => (false, Strings.Policy_NotAlignedStrict),
            IdentifierAlignmentCause.LookupFailed => (null, Strings.Policy_AlignmentUnknown),
            IdentifierAlignmentCause.NoRecord => (false, Strings.Policy_NothingToAlign),
            IdentifierAlignmentCause.NotExamined => (null, Strings.Policy_AlignmentNotExamined),
            _ => ((bool?)false, Strings.Policy_NotAlignedOther),
        };
        string reason = Sentences.Insert(
            format,
            identifier.Domain,
            discovery.Domain,
            organization ?? discovery.OrganizationalDomain,
            identifier.Result);
        return new IdentifierAlignment(identifier, aligned, cause, reason);
    }

    /// <summary>
    /// Whether an identifier may share the Author Domain's Organizational Domain. That domain is at or above both, so
    /// without a common last label no query is needed.
    /// </summary>
    public static bool NeedsWalk(DomainName authorDomain, AuthenticatedIdentifier identifier) =>
        identifier.Result == AuthenticationResult.Pass
        && identifier.Domain != authorDomain
        && identifier.Domain.IsEqualToOrBelow(authorDomain.KeepLast(1));

    private static IdentifierAlignmentCause GetCause(
        DmarcDiscovery discovery,
        AuthenticatedIdentifier identifier,
        AlignmentMode? mode,
        DomainName? organization,
        bool walked)
    {
        bool isRelated = organization is not null && organization == discovery.OrganizationalDomain;
        return identifier.Result != AuthenticationResult.Pass ? IdentifierAlignmentCause.NotAuthenticated
            : discovery.Status == DmarcRecordStatus.DnsFailure ? IdentifierAlignmentCause.LookupFailed
            : discovery.Policy is null ? IdentifierAlignmentCause.NoRecord
            : identifier.Domain == discovery.Domain ? IdentifierAlignmentCause.SameDomain
            : !walked && NeedsWalk(discovery.Domain, identifier) ? IdentifierAlignmentCause.NotExamined
            : mode == AlignmentMode.Strict && isRelated ? IdentifierAlignmentCause.StrictMode
            : mode == AlignmentMode.Strict || !walked ? IdentifierAlignmentCause.OtherOrganizationalDomain
            : organization is null || discovery.IsOrganizationalDomainUncertain ? IdentifierAlignmentCause.LookupFailed
            : isRelated ? IdentifierAlignmentCause.SameOrganizationalDomain
            : IdentifierAlignmentCause.OtherOrganizationalDomain;
    }
}

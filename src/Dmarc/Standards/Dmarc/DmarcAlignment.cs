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
        organizations.TryGetValue(identifier.Domain, out DomainName? organization);
        bool walked = organizations.ContainsKey(identifier.Domain);
        IdentifierAlignmentCause reason = GetReason(discovery, identifier, mode, organization, walked);
        bool? aligned = reason is IdentifierAlignmentCause.LookupFailed or IdentifierAlignmentCause.NotExamined
            ? null
            : reason is IdentifierAlignmentCause.SameDomain or IdentifierAlignmentCause.SameOrganizationalDomain;
        return new IdentifierAlignment(identifier, aligned, reason, Explain(discovery, identifier, reason, organization));
    }

    /// <summary>
    /// Whether an identifier may share the Author Domain's Organizational Domain. That domain is at or above both, so
    /// without a common last label no query is needed.
    /// </summary>
    public static bool NeedsWalk(DomainName authorDomain, AuthenticatedIdentifier identifier) =>
        identifier.Result == AuthenticationResult.Pass
        && identifier.Domain != authorDomain
        && identifier.Domain.IsEqualToOrBelow(authorDomain.KeepLast(1));

    private static IdentifierAlignmentCause GetReason(
        DmarcDiscovery discovery,
        AuthenticatedIdentifier identifier,
        AlignmentMode? mode,
        DomainName? organization,
        bool walked)
    {
        if (identifier.Result != AuthenticationResult.Pass)
        {
            return IdentifierAlignmentCause.NotAuthenticated;
        }

        if (discovery.Policy is null)
        {
            return discovery.Status == DmarcRecordStatus.DnsFailure
                ? IdentifierAlignmentCause.LookupFailed
                : IdentifierAlignmentCause.NoRecord;
        }

        if (identifier.Domain == discovery.Domain)
        {
            return IdentifierAlignmentCause.SameDomain;
        }

        if (!walked && NeedsWalk(discovery.Domain, identifier))
        {
            return IdentifierAlignmentCause.NotExamined;
        }

        if (mode == AlignmentMode.Strict)
        {
            bool related = organization is not null && organization == discovery.OrganizationalDomain;
            return related ? IdentifierAlignmentCause.StrictMode : IdentifierAlignmentCause.OtherOrganizationalDomain;
        }

        if (!walked)
        {
            return IdentifierAlignmentCause.OtherOrganizationalDomain;
        }

        if (organization is null || discovery.IsOrganizationalDomainUncertain)
        {
            return IdentifierAlignmentCause.LookupFailed;
        }

        return organization == discovery.OrganizationalDomain
            ? IdentifierAlignmentCause.SameOrganizationalDomain
            : IdentifierAlignmentCause.OtherOrganizationalDomain;
    }

    private static string Explain(
        DmarcDiscovery discovery,
        AuthenticatedIdentifier identifier,
        IdentifierAlignmentCause reason,
        DomainName? organization)
    {
        string format = reason switch
        {
            IdentifierAlignmentCause.SameDomain => Strings.Policy_AlignedSame,
            IdentifierAlignmentCause.SameOrganizationalDomain => Strings.Policy_AlignedRelaxed,
            IdentifierAlignmentCause.NotAuthenticated => Strings.Policy_NotAuthenticated,
            IdentifierAlignmentCause.StrictMode => Strings.Policy_NotAlignedStrict,
            IdentifierAlignmentCause.LookupFailed => Strings.Policy_AlignmentUnknown,
            IdentifierAlignmentCause.NoRecord => Strings.Policy_NothingToAlign,
            IdentifierAlignmentCause.NotExamined => Strings.Policy_AlignmentNotExamined,
            _ => Strings.Policy_NotAlignedOther,
        };
        return string.Format(
            CultureInfo.InvariantCulture,
            format,
            identifier.Domain,
            discovery.Domain,
            organization ?? discovery.OrganizationalDomain,
            identifier.Result);
    }
}

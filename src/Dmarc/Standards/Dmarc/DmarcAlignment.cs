using System.Globalization;
using Dmarc.Domains;

namespace Dmarc.Standards.Dmarc;

/// <summary>Identifier alignment (RFC 9989 §4.4, §4.10.2).</summary>
internal static class DmarcAlignment
{
    /// <summary>Evaluates one identifier.</summary>
    /// <param name="discovery">The record of the Author Domain.</param>
    /// <param name="identifier">The identifier.</param>
    /// <param name="mode">The mode that the record asks for; null if there is none.</param>
    /// <param name="organizations">Organizational Domains that were found; null for those where a look-up failed.</param>
    public static IdentifierAlignment Evaluate(
        DmarcDiscovery discovery,
        AuthenticatedIdentifier identifier,
        AlignmentMode? mode,
        Dictionary<DomainName, DomainName?> organizations)
    {
        organizations.TryGetValue(identifier.Domain, out DomainName? organization);
        bool walked = organizations.ContainsKey(identifier.Domain);
        AlignmentReason reason = GetReason(discovery, identifier, mode, organization, walked);
        bool? aligned = reason is AlignmentReason.LookupFailed or AlignmentReason.NotExamined
            ? null
            : reason is AlignmentReason.SameDomain or AlignmentReason.SameOrganizationalDomain;
        return new IdentifierAlignment(identifier, mode, aligned, reason, organization, Explain(discovery, identifier, reason, organization));
    }

    /// <summary>
    /// Whether an identifier may turn out to share the Author Domain's Organizational Domain. That domain is at or above both, so where they
    /// have no last label in common there is nothing to ask.
    /// </summary>
    public static bool NeedsWalk(DomainName authorDomain, AuthenticatedIdentifier identifier) =>
        identifier.Result == IdentifierResult.Pass
        && identifier.Domain != authorDomain
        && identifier.Domain.IsEqualToOrBelow(authorDomain.KeepLast(1));

    private static AlignmentReason GetReason(
        DmarcDiscovery discovery,
        AuthenticatedIdentifier identifier,
        AlignmentMode? mode,
        DomainName? organization,
        bool walked)
    {
        if (identifier.Result != IdentifierResult.Pass)
        {
            return AlignmentReason.NotAuthenticated;
        }

        if (discovery.Policy is null)
        {
            return discovery.Status.IsDnsFailure() ? AlignmentReason.LookupFailed : AlignmentReason.NoRecord;
        }

        if (identifier.Domain == discovery.Domain)
        {
            return AlignmentReason.SameDomain;
        }

        if (!walked && NeedsWalk(discovery.Domain, identifier))
        {
            return AlignmentReason.NotExamined;
        }

        if (mode == AlignmentMode.Strict)
        {
            bool related = organization is not null && organization == discovery.OrganizationalDomain;
            return related ? AlignmentReason.StrictMode : AlignmentReason.OtherOrganizationalDomain;
        }

        if (!walked)
        {
            return AlignmentReason.OtherOrganizationalDomain;
        }

        if (organization is null || discovery.IsOrganizationalDomainUncertain)
        {
            return AlignmentReason.LookupFailed;
        }

        return organization == discovery.OrganizationalDomain
            ? AlignmentReason.SameOrganizationalDomain
            : AlignmentReason.OtherOrganizationalDomain;
    }

    private static string Explain(
        DmarcDiscovery discovery,
        AuthenticatedIdentifier identifier,
        AlignmentReason reason,
        DomainName? organization)
    {
        string format = reason switch
        {
            AlignmentReason.SameDomain => Strings.Policy_AlignedSame,
            AlignmentReason.SameOrganizationalDomain => Strings.Policy_AlignedRelaxed,
            AlignmentReason.NotAuthenticated => Strings.Policy_NotAuthenticated,
            AlignmentReason.StrictMode => Strings.Policy_NotAlignedStrict,
            AlignmentReason.LookupFailed => Strings.Policy_AlignmentUnknown,
            AlignmentReason.NoRecord => Strings.Policy_NothingToAlign,
            AlignmentReason.NotExamined => Strings.Policy_AlignmentNotExamined,
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

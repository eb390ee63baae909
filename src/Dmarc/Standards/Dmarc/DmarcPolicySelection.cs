using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>Selects record and policy from the answers, without queries (RFC 9989 §4.10.1, RFC 7489 §6.6.3).</summary>
internal static class DmarcPolicySelection
{
    public static DmarcDiscovery Select(
        DomainName domain,
        DiscoveryMethod method,
        DmarcWalkStep[] steps,
        IOrganizationalDomainSource suffixes,
        bool? exists)
    {
        DmarcDiscovery discovery = new()
        {
            Domain = domain,
            Method = method,
            Status = DmarcRecordStatus.NotFound,
            DomainExists = exists,
        };
        discovery = method == DiscoveryMethod.TreeWalk
            ? SelectFromWalk(discovery, steps, suffixes)
            : SelectFromSuffixList(discovery, steps, suffixes);
        return discovery.Status switch
        {
            DmarcRecordStatus.Found or DmarcRecordStatus.Inherited => WithPolicy(discovery),
            DmarcRecordStatus.NotFound => WithReason(discovery),
            _ => discovery,
        };
    }

    /// <summary>
    /// True for a failed look-up that may hide the Organizational Domain. That of a name under which others register
    /// need not stop the search: the domain is the same with or without a record there, unless the record is wrong.
    /// </summary>
    public static bool IsDecidingFailure(DmarcWalkStep step, IOrganizationalDomainSource suffixes) =>
        !step.Status.IsAnswer()
        && step.Domain.LabelCount > 1
        && !(suffixes is PublicSuffixList list && list.IsPublicSuffix(step.Domain));

    private static DmarcDiscovery SelectFromWalk(DmarcDiscovery discovery, DmarcWalkStep[] steps, IOrganizationalDomainSource suffixes)
    {
        PrintableList<DmarcWalkStep> walk = steps.Take(DmarcTreeWalk.CountUntilStop(steps)).ToPrintableList();
        DomainName organization = DmarcTreeWalk.GetOrganizationalDomain(discovery.Domain, walk);
        discovery = discovery with { Walk = walk, OrganizationalDomain = organization };

        // Order: the record of the domain itself, of the Organizational Domain, of the PSD.
        DmarcWalkStep own = walk[0];
        DmarcWalkStep? failed = walk.FirstOrDefault(step => IsDecidingFailure(step, suffixes));
        if (own.ValidRecord is { } ownRecord)
        {
            return discovery with
            {
                Status = DmarcRecordStatus.Found,
                RecordDomain = discovery.Domain,
                Record = ownRecord,
                IsOrganizationalDomainUncertain = failed is not null,
            };
        }

        failed ??= own.Status.IsAnswer() ? null : own;
        DmarcWalkStep? inherited =
            walk.FirstOrDefault(step => step.ValidRecord is not null && step.Domain == organization)
            ?? walk.FirstOrDefault(step => step.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.Yes });
        if (failed is null && inherited is not null)
        {
            return discovery with
            {
                Status = DmarcRecordStatus.Inherited,
                RecordDomain = inherited.Domain,
                Record = inherited.ValidRecord,
            };
        }

        // Without any record, even a failure at a public suffix leaves open whether there is one.
        failed ??= walk.FirstOrDefault(step => !step.Status.IsAnswer());
        return failed is null
            ? discovery
            : discovery with { Status = DmarcRecordStatus.DnsFailure, DnsFailure = failed.Status.ToDnsFailure(), OrganizationalDomain = null };
    }

    /// <summary>RFC 7489 §6.6.3: the domain, then its Organizational Domain; several records end the search.</summary>
    private static DmarcDiscovery SelectFromSuffixList(
        DmarcDiscovery discovery, DmarcWalkStep[] steps, IOrganizationalDomainSource suffixes)
    {
        discovery = discovery with { OrganizationalDomain = suffixes.GetOrganizationalDomain(discovery.Domain) };
        for (int index = 0; index < steps.Length; index++)
        {
            DmarcWalkStep step = steps[index];
            discovery = discovery with { Walk = steps.Take(index + 1).ToPrintableList() };
            if (!step.Status.IsAnswer())
            {
                return discovery with { Status = DmarcRecordStatus.DnsFailure, DnsFailure = step.Status.ToDnsFailure() };
            }

            if (step.ValidRecord is not null)
            {
                return discovery with
                {
                    Status = index == 0 ? DmarcRecordStatus.Found : DmarcRecordStatus.Inherited,
                    RecordDomain = step.Domain,
                    Record = step.ValidRecord,
                };
            }

            if (step.RecordCount > 0)
            {
                return discovery;
            }
        }

        return discovery;
    }

    private static DmarcDiscovery WithReason(DmarcDiscovery discovery)
    {
        foreach (DmarcWalkStep step in discovery.Walk)
        {
            if (step.RecordCount > 1)
            {
                return discovery with { Status = DmarcRecordStatus.Multiple, RecordDomain = step.Domain };
            }

            if ((step.Parsed ?? step.Mistaken) is { } faulty)
            {
                return discovery with { Status = DmarcRecordStatus.Invalid, RecordDomain = step.Domain, Record = faulty };
            }
        }

        return discovery with
        {
            Status = discovery.DomainExists == false ? DmarcRecordStatus.DomainNotFound : DmarcRecordStatus.NotFound,
        };
    }

    private static DmarcDiscovery WithPolicy(DmarcDiscovery discovery)
    {
        DmarcRecord record = discovery.Record!;
        if (!record.IsUsableUnder(discovery.Method))
        {
            return discovery with { Status = DmarcRecordStatus.Invalid };
        }

        (DmarcPolicy policy, string tag) = SelectPolicy(discovery, record);
        return discovery with { Policy = policy, PolicyTag = tag, AppliedPolicy = Apply(policy, record, discovery.Method) };
    }

    private static (DmarcPolicy Policy, string Tag) SelectPolicy(DmarcDiscovery discovery, DmarcRecord record)
    {
        if (record.HasFaultyPolicyUnder(discovery.Method))
        {
            return (DmarcPolicy.None, DmarcTags.Policy);
        }

        DmarcPolicy policy = record.Policy ?? DmarcPolicy.None;
        if (discovery.Status == DmarcRecordStatus.Found)
        {
            return (policy, DmarcTags.Policy);
        }

        if (discovery.Method == DiscoveryMethod.TreeWalk
            && discovery.DomainExists == false
            && record.NonexistentSubdomainPolicy is { } nonexistent)
        {
            return (nonexistent, DmarcTags.NonexistentSubdomainPolicy);
        }

        return record.SubdomainPolicy is { } subdomain ? (subdomain, DmarcTags.SubdomainPolicy) : (policy, DmarcTags.Policy);
    }

    public static DmarcPolicy Apply(DmarcPolicy policy, DmarcRecord record, DiscoveryMethod method)
    {
        // RFC 9989 §4.7: t=y means one level down. RFC 7489 §6.6.4: so does every message that pct exempts.
        bool down = method == DiscoveryMethod.TreeWalk ? record.Testing : record.Percentage == 0;
        return down ? policy.OneLevelDown() : policy;
    }
}

using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Policy.Rules;

/// <summary>The policy is missing or not valid, so that receivers act on another one or on none (RFC 9989 §4.10.1).</summary>
internal sealed class FaultyPolicyRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is not { HasFaultyPolicy: true } record)
        {
            return;
        }

        FindingDescriptor kind = !record.HasValidAggregateReportUri ? DmarcFindings.RecordIgnored
            : record.Policy is null && record.Find(DmarcTags.Policy) is null ? DmarcFindings.PolicyMissing
            : DmarcFindings.PolicyTreatedAsNone;
        findings.Add(kind, null);
    }
}

/// <summary>p does not stand right behind v, where RFC 7489 wanted it.</summary>
internal sealed class PolicyPlaceRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { Policy: not null, Tags.Count: > 1 } record && record.Tags[1].Name != DmarcTags.Policy)
        {
            findings.Add(DmarcFindings.PolicyNotSecond, inspection.PositionOf(DmarcTags.Policy), record.Tags[1].Name);
        }
    }
}

/// <summary>The policy is none.</summary>
internal sealed class PolicyNoneRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { HasFaultyPolicy: false, Policy: DmarcPolicy.None })
        {
            findings.Add(DmarcFindings.PolicyNone, inspection.PositionOf(DmarcTags.Policy));
        }
    }
}

/// <summary>Subdomains are less protected than the domain.</summary>
internal sealed class WeakSubdomainPolicyRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { HasFaultyPolicy: false, Policy: { } policy, SubdomainPolicy: { } subdomain }
            && subdomain < policy
            && !IgnoredSubdomainPolicyRule.Applies(inspection))
        {
            findings.Add(
                DmarcFindings.SubdomainPolicyWeaker,
                inspection.PositionOf(DmarcTags.SubdomainPolicy),
                subdomain.ToKeyword(),
                policy.ToKeyword());
        }
    }
}

/// <summary>Subdomains that do not exist are less protected than the domain.</summary>
internal sealed class WeakNonexistentPolicyRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { HasFaultyPolicy: false, Policy: { } policy, NonexistentSubdomainPolicy: { } nonexistent }
            && nonexistent < policy
            && !IgnoredSubdomainPolicyRule.Applies(inspection))
        {
            findings.Add(
                DmarcFindings.NonexistentPolicyWeaker,
                inspection.PositionOf(DmarcTags.NonexistentSubdomainPolicy),
                nonexistent.ToKeyword(),
                policy.ToKeyword());
        }
    }
}

/// <summary>The record is in test mode.</summary>
internal sealed class TestingRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is not { HasFaultyPolicy: false, Testing: true } record)
        {
            return;
        }

        DmarcPolicy strongest = DmarcPolicy.None;
        foreach (DmarcPolicy? policy in new[] { record.Policy, record.SubdomainPolicy, record.NonexistentSubdomainPolicy })
        {
            strongest = policy > strongest ? policy.Value : strongest;
        }

        int? position = inspection.PositionOf(DmarcTags.Testing);
        if (strongest == DmarcPolicy.None)
        {
            findings.Add(DmarcFindings.TestingWithoutEffect, position);
        }
        else
        {
            findings.Add(DmarcFindings.TestingMode, position, strongest.ToKeyword(), strongest.OneLevelDown().ToKeyword());
        }
    }
}

/// <summary>The historic tag pct asks for less than all mail.</summary>
internal sealed class PercentageRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is { Percentage: < 100 } record)
        {
            findings.Add(DmarcFindings.PercentageBelow100, inspection.PositionOf(DmarcTags.Percentage), record.Percentage);
        }
    }
}

/// <summary>sp or np stands where receivers do not look at it (RFC 9989 §4.7).</summary>
internal sealed class IgnoredSubdomainPolicyRule : IDmarcRule
{
    /// <summary>True where nobody looks at sp and np of the record, so that nothing else need be said of them.</summary>
    public static bool Applies(DmarcInspection inspection) =>
        inspection.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.Unknown }
        && inspection.Discovery is { Method: DiscoveryMethod.TreeWalk, OrganizationalDomain: { } organization }
        && inspection.RecordDomain is { } domain
        && domain.IsBelow(organization);

    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (!Applies(inspection))
        {
            return;
        }

        DomainName domain = inspection.RecordDomain!;
        DomainName organization = inspection.Discovery!.OrganizationalDomain!;

        foreach (string tag in new[] { DmarcTags.SubdomainPolicy, DmarcTags.NonexistentSubdomainPolicy })
        {
            if (inspection.PositionOf(tag) is { } position)
            {
                findings.Add(DmarcFindings.SubdomainPolicyIgnored, position, domain, tag, organization);
            }
        }
    }
}

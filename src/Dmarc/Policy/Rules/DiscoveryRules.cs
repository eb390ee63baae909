using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Policy.Rules;

/// <summary>No record applies.</summary>
internal sealed class MissingRecordRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        // An alias that leads nowhere is told with what to do about it: nothing can be published beside it.
        if (inspection.Discovery is { Status: DmarcRecordStatus.NotFound or DmarcRecordStatus.DomainNotFound } discovery
            && !(discovery.Walk.Count > 0 && AliasRule.IsDangling(discovery.Walk[0], inspection)))
        {
            findings.Add(DmarcFindings.RecordMissing, null, discovery.Domain, discovery.OrganizationalDomain ?? discovery.Domain);
        }
    }
}

/// <summary>The name of a record is an alias (CNAME).</summary>
internal sealed class AliasRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is not { } discovery)
        {
            return;
        }

        foreach (DmarcWalkStep step in discovery.Walk)
        {
            if (IsDangling(step, inspection))
            {
                findings.Add(DmarcFindings.AliasDangling, null, step.QueryName, step.Target, step.Domain, step.Status);
            }
            else if (step is { Target: not null, IsDangling: false } && step.Status.IsAnswer())
            {
                findings.Add(DmarcFindings.RecordAlias, null, step.QueryName, step.Target, step.Domain);
            }
        }
    }

    /// <summary>True if the alias of a step leads nowhere, and is one of its own: a wildcard is none of anybody's.</summary>
    public static bool IsDangling(DmarcWalkStep step, DmarcInspection inspection) =>
        step.IsDangling
        && !(inspection.Probes?.Wildcard is { CnamePath.Count: > 0 } wildcard
            && string.Equals(wildcard.CnamePath[0].TrimEnd('.'), step.Target, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The domain does not exist.</summary>
internal sealed class MissingDomainRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        // A record at a name below it makes the domain exist.
        if (inspection.Discovery is { DomainExists: false, Status: not DmarcRecordStatus.Found } discovery)
        {
            findings.Add(DmarcFindings.DomainMissing, null, discovery.Domain);
        }
    }
}

/// <summary>Several records stand at one name, so none of them counts (RFC 9989 §4.10).</summary>
internal sealed class MultipleRecordsRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is not { } discovery)
        {
            return;
        }

        foreach (DmarcWalkStep step in discovery.Walk)
        {
            if (step.RecordCount > 1)
            {
                findings.Add(DmarcFindings.RecordMultiple, null, step.QueryName, step.RecordCount);
            }
        }
    }
}

/// <summary>A look-up failed (RFC 9989 §5.3.6).</summary>
internal sealed class FailedLookupRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is not { } discovery)
        {
            return;
        }

        foreach (DmarcWalkStep step in discovery.Walk)
        {
            if (!step.Status.IsAnswer())
            {
                findings.Add(
                    discovery.Status.IsDnsFailure() ? DmarcFindings.DnsFailure : DmarcFindings.WalkIncomplete,
                    null,
                    step.QueryName,
                    step.Status);
            }
        }
    }
}

/// <summary>np would apply to a domain that does not exist, but whether it exists is not known.</summary>
internal sealed class UnknownExistenceRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is { Status: DmarcRecordStatus.Inherited, DomainExists: null, Record.NonexistentSubdomainPolicy: not null } discovery)
        {
            findings.Add(DmarcFindings.ExistenceUnknown, null, discovery.Domain, Strings.Policy_LookupFailed);
        }
    }
}

/// <summary>The record of a domain above applies.</summary>
internal sealed class InheritedRecordRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is { Status: DmarcRecordStatus.Inherited } discovery)
        {
            findings.Add(DmarcFindings.RecordInherited, null, discovery.Domain, discovery.RecordDomain, discovery.PolicyTag);
        }
    }
}

/// <summary>A name of more than eight labels without a record of its own (RFC 9989 §5.1.8).</summary>
internal sealed class SkippedNamesRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.Discovery is { Method: DiscoveryMethod.TreeWalk, Domain.LabelCount: > DmarcTreeWalk.MaximumQueries } discovery
            && discovery.Status != DmarcRecordStatus.Found)
        {
            findings.Add(DmarcFindings.WalkSkipsNames, null, discovery.Domain, discovery.Domain.LabelCount);
        }
    }
}

/// <summary>A record at a name that the walk of no longer name ever asks (RFC 9989 §5.1.8).</summary>
internal sealed class UnreachableRecordRule : IDmarcRule
{
    public void Check(DmarcInspection inspection, FindingCollector findings)
    {
        if (inspection.ValidRecord is not null && inspection.RecordDomain is { LabelCount: >= DmarcTreeWalk.MaximumQueries } domain)
        {
            findings.Add(DmarcFindings.LabelLimit, null, domain, domain.LabelCount);
        }
    }
}

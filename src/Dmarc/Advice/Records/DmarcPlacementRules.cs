using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>The rules about the place of a DMARC record, and about other records at the expected names.</summary>
internal static class DmarcPlacementRules
{
    /// <summary>The rules about the search.</summary>
    public static Rule<DmarcInspection>[] Discovery { get; } =
    [
        // A look-up failed (RFC 9989 §5.3.6).
        new(DmarcFindings.DnsFailure.Code, inspection => Steps(inspection)
            .Where(step => !step.Status.IsAnswer())
            .Select(step =>
                (inspection.Discovery!.Status == DmarcRecordStatus.DnsFailure ? DmarcFindings.DnsFailure : DmarcFindings.WalkIncomplete)
                .Create(step.QueryName, step.Status))),

        // A dangling alias has its own finding and remedy: nothing can be published beside it.
        new(DmarcFindings.RecordMissing,
            inspection => inspection.Discovery is { Status: DmarcRecordStatus.NotFound or DmarcRecordStatus.DomainNotFound } discovery
                && !(discovery.Walk.Count > 0 && IsDangling(discovery.Walk[0], inspection)),
            inspection => [inspection.Discovery!.Domain, inspection.Discovery.OrganizationalDomain ?? inspection.Discovery.Domain]),

        // A record at a name below makes the domain exist.
        new(DmarcFindings.DomainMissing, inspection => inspection.Discovery is { DomainExists: false, Status: not DmarcRecordStatus.Found },
            inspection => [inspection.Discovery!.Domain]),

        // If one name has several records, none counts (RFC 9989 §4.10).
        new(DmarcFindings.RecordMultiple.Code, inspection => Steps(inspection)
            .Where(step => step.RecordCount > 1)
            .Select(step => DmarcFindings.RecordMultiple.Create(step.QueryName, step.RecordCount))),
        new(nameof(Aliases), Aliases),
        new(DmarcFindings.RecordInherited, inspection => inspection.Discovery is { Status: DmarcRecordStatus.Inherited },
            inspection => [inspection.Discovery!.Domain, inspection.Discovery.RecordDomain, inspection.Discovery.PolicyTag]),

        // np would apply if the domain does not exist, but that is unknown.
        new(DmarcFindings.ExistenceUnknown,
            inspection => inspection.Discovery is
            {
                Status: DmarcRecordStatus.Inherited, DomainExists: null, Record.NonexistentSubdomainPolicy: not null,
            },
            inspection => [inspection.Discovery!.Domain, Strings.Policy_LookupFailed]),
    ];

    /// <summary>The rules about other texts beside the record, misplaced records, and unqueried names.</summary>
    public static Rule<DmarcInspection>[] Placement { get; } =
    [
        // If only a wildcard answers at the name, the record was not put there.
        new(DmarcFindings.RecordAtDomain,
            inspection => inspection.Discovery is not null
                && DmarcProbes.FindRecord(inspection.Probes?.Apex) is { } record
                && record != DmarcProbes.FindRecord(inspection.Probes?.Wildcard),
            inspection => [inspection.Discovery!.Domain]),

        // A name to which part of itself was added twice. A wildcard also answers there, and has its own finding.
        new(DmarcFindings.RecordAtDoubledName.Code, inspection => inspection is not { Discovery: { } discovery, Probes: { } probes } ? []
            : probes.Doubled
                .Where(response => DmarcProbes.FindRecord(response) is { } record && record != DmarcProbes.FindRecord(probes.Wildcard))
                .Select(response => DmarcFindings.RecordAtDoubledName.Create(response.Name, discovery.Domain))),
        new(nameof(OtherTexts), OtherTexts),

        // A wildcard gives every name below the domain a DMARC record.
        new(DmarcFindings.WildcardRecord,
            inspection => inspection.Discovery is not null && DmarcProbes.FindRecord(inspection.Probes?.Wildcard) is not null,
            inspection => [inspection.Discovery!.Domain, inspection.Probes!.Wildcard!.Name]),

        // np is published, but every name below the domain exists.
        new(DmarcFindings.WildcardHidesNonexistence,
            inspection => inspection.ValidRecord is { NonexistentSubdomainPolicy: { } nonexistent } record
                && inspection.Discovery is { Status: DmarcRecordStatus.Found }
                && nonexistent != (record.SubdomainPolicy ?? record.Policy)
                && inspection.Probes?.Wildcard is { Status: DnsStatus.NoError or DnsStatus.NoData },
            inspection => [inspection.Discovery!.Domain],
            DmarcInspection.At(DmarcTags.NonexistentSubdomainPolicy)),

        // A name of more than eight labels without its own record (RFC 9989 §5.1.8).
        new(DmarcFindings.WalkSkipsNames,
            inspection => inspection.Discovery is
            {
                Method: DiscoveryMethod.TreeWalk, Domain.LabelCount: > DmarcLimits.TreeWalkQueries, Status: not DmarcRecordStatus.Found,
            },
            inspection => [inspection.Discovery!.Domain, inspection.Discovery.Domain.LabelCount]),

        // A record at a name that is not queried for any longer name (RFC 9989 §5.1.8).
        new(DmarcFindings.LabelLimit,
            inspection => inspection.ValidRecord is not null && inspection.RecordDomain is { LabelCount: >= DmarcLimits.TreeWalkQueries },
            inspection => [inspection.RecordDomain, inspection.RecordDomain!.LabelCount]),
    ];

    private static PrintableList<DmarcWalkStep> Steps(DmarcInspection inspection) =>
        inspection.Discovery?.Walk ?? PrintableList<DmarcWalkStep>.Empty;

    /// <summary>Names of records that are aliases (CNAME).</summary>
    private static IEnumerable<Finding> Aliases(DmarcInspection inspection)
    {
        bool isWildcardTold = false;
        foreach (DmarcWalkStep step in Steps(inspection))
        {
            if (step is { IsDangling: true, Status: DnsStatus.NxDomain } && !IsDangling(step, inspection))
            {
                if (!isWildcardTold)
                {
                    isWildcardTold = true;
                    yield return RecordFindings.WildcardDangling.Create(step.QueryName, step.Target, "DMARC", step.Domain);
                }
            }
            else if (IsDangling(step, inspection))
            {
                yield return DmarcFindings.AliasDangling.Create(step.QueryName, step.Target, step.Domain, step.Status);
            }
            else if (step is { Target: not null, IsDangling: false } && step.Status.IsAnswer())
            {
                yield return DmarcFindings.RecordAlias.Create(step.QueryName, step.Target, step.Domain);
            }
        }
    }

    /// <summary>True if the alias of a step is dangling and belongs to the name itself, not to a wildcard.</summary>
    private static bool IsDangling(DmarcWalkStep step, DmarcInspection inspection) =>
        step.IsDangling
        && !(inspection.Probes?.Wildcard is { CnamePath.Count: > 0 } wildcard
            && string.Equals(wildcard.CnamePath[0].TrimEnd('.'), step.Target, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds texts beside the record that are not records.</summary>
    private static IEnumerable<Finding> OtherTexts(DmarcInspection inspection)
    {
        PrintableList<DmarcWalkStep> steps = Steps(inspection);
        if (steps.Count == 0)
        {
            yield break;
        }

        DmarcWalkStep own = steps[0];
        HashSet<string> wildcard = [.. inspection.Probes?.Wildcard?.Records.OfType<TxtRecord>().Select(record => record.Text) ?? []];
        foreach (string text in own.OtherTexts)
        {
            // A mistaken record has its own findings; the answers of a wildcard were not put there.
            if (own.Mistaken?.Text != text && !wildcard.Contains(text))
            {
                string shown = PrintableText.Shorten(text);
                yield return (own.RecordCount == 1 && IsRest(text) ? DmarcFindings.RecordSplit : DmarcFindings.OtherTextAtName)
                    .Create(own.QueryName, shown);
            }
        }
    }

    /// <summary>True for a text that begins with a tag of DMARC records.</summary>
    private static bool IsRest(string text)
    {
        TagReader reader = new(text);
        return reader.Read()
            && DmarcTag.Read(reader) is { Value.Length: > 0 } tag
            && Array.IndexOf(DmarcTags.All, tag.Name) > 0;
    }
}

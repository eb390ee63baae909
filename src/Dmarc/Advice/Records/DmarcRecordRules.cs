using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The rules about DMARC records, in the order of their findings.</summary>
internal static class DmarcRecordRules
{
    public static readonly Rule<DmarcInspection>[] All =
    [
        .. DmarcPlacementRules.Discovery,
        .. DmarcPlacementRules.Placement,

        // A missing or invalid policy: receivers apply another one, or none (RFC 9989 §4.10.1).
        new("FaultyPolicy", inspection => inspection.ValidRecord is not { HasFaultyPolicy: true } record ? null
            : !record.HasValidAggregateReportUri ? DmarcFindings.RecordIgnored.Create()
            : record.Policy is null && record.Find(DmarcTags.Policy) is null ? DmarcFindings.PolicyMissing.Create()
            : DmarcFindings.PolicyTreatedAsNone.Create()),

        // RFC 7489 required p directly after v.
        new(DmarcFindings.PolicyNotSecond,
            inspection => inspection.ValidRecord is { Policy: not null, Tags.Count: > 1 } record && record.Tags[1].Name != DmarcTags.Policy,
            inspection => [inspection.ValidRecord!.Tags[1].Name],
            DmarcInspection.At(DmarcTags.Policy)),
        // Below the record's domain, sp or np may apply instead.
        new(DmarcFindings.PolicyNone,
            inspection => inspection.ValidRecord is { HasFaultyPolicy: false, Policy: DmarcPolicy.None }
                && inspection.Discovery is not { Policy: not (null or DmarcPolicy.None) },
            _ => [],
            DmarcInspection.At(DmarcTags.Policy)),

        // Subdomains or non-existent names are less protected than the domain.
        new(DmarcFindings.SubdomainPolicyWeaker,
            inspection => inspection.ValidRecord is { HasFaultyPolicy: false } record
                && record.SubdomainPolicy < record.Policy
                && !IgnoresSubdomainPolicies(inspection),
            inspection => [inspection.ValidRecord!.SubdomainPolicy!.Value.ToKeyword(), inspection.ValidRecord.Policy!.Value.ToKeyword()],
            DmarcInspection.At(DmarcTags.SubdomainPolicy)),
        new(DmarcFindings.NonexistentPolicyWeaker,
            inspection => inspection.ValidRecord is { HasFaultyPolicy: false } record
                && (record.NonexistentSubdomainPolicy < record.Policy || record.NonexistentSubdomainPolicy < record.SubdomainPolicy)
                && !IgnoresSubdomainPolicies(inspection),
            inspection => [inspection.ValidRecord!.NonexistentSubdomainPolicy!.Value.ToKeyword(), StricterThanNonexistent(inspection.ValidRecord)],
            DmarcInspection.At(DmarcTags.NonexistentSubdomainPolicy)),

        // sp or np in a record where receivers ignore it (RFC 9989 §4.7).
        new(DmarcFindings.SubdomainPolicyIgnored.Code, inspection => !IgnoresSubdomainPolicies(inspection) ? []
            : new[] { DmarcTags.SubdomainPolicy, DmarcTags.NonexistentSubdomainPolicy }
                .Where(tag => inspection.PositionOf(tag) is not null)
                .Select(tag => DmarcFindings.SubdomainPolicyIgnored.CreateAt(
                    inspection.PositionOf(tag), inspection.RecordDomain, tag, inspection.Discovery!.OrganizationalDomain))),
        new(nameof(TestMode), TestMode),
        new(DmarcFindings.PercentageBelow100, inspection => inspection.ValidRecord is { Percentage: < 100 },
            inspection => [inspection.ValidRecord!.Percentage],
            DmarcInspection.At(DmarcTags.Percentage)),

        // In strict mode only the domain itself counts. DNS only partly shows what uses it: see the next rule.
        new(nameof(StrictAlignment), StrictAlignment),

        // aspf=s without an SPF record at the domain: SPF can never produce an aligned pass.
        new(DmarcFindings.StrictSpfWithoutRecord, LacksStrictSpf, inspection => [inspection.Discovery!.Domain], DmarcInspection.At(DmarcTags.SpfAlignment)),

        // psd=y at a domain that is not a public suffix (RFC 9989 §4.7), or a public suffix without it (§5.2).
        new(DmarcFindings.PublicSuffixMisused,
            inspection => inspection.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.Yes } && IsPublicSuffix(inspection) == false,
            inspection => [inspection.RecordDomain],
            DmarcInspection.At(DmarcTags.PublicSuffixDomain)),
        new(DmarcFindings.PublicSuffixUnmarked,
            inspection => inspection.ValidRecord is { PublicSuffixDomain: not PublicSuffixDomain.Yes } && IsPublicSuffix(inspection) == true,
            inspection => [inspection.RecordDomain],
            DmarcInspection.At(DmarcTags.PublicSuffixDomain)),

        // RFC 9991 §2.
        new(DmarcFindings.PublicSuffixFailureReports,
            inspection => inspection.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.Yes, FailureReportUris.Count: > 0 },
            _ => [],
            DmarcInspection.At(DmarcTags.FailureReports)),

        // psd=n below a domain that would otherwise be the Organizational Domain (RFC 9989 §4.10.2).
        new(DmarcFindings.OrganizationSplit,
            inspection => inspection.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.No }
                && inspection.RecordDomain is { } domain
                && inspection.Suffixes.GetOrganizationalDomain(domain) is { } registered
                && domain.IsBelow(registered),
            inspection => [inspection.RecordDomain, inspection.Suffixes.GetOrganizationalDomain(inspection.RecordDomain!)],
            DmarcInspection.At(DmarcTags.PublicSuffixDomain)),
        .. DmarcReportingRules.All,
    ];

    /// <summary>The findings about a record's text and its surroundings, most severe first.</summary>
    public static PrintableList<Finding> Check(DmarcInspection inspection, IEnumerable<Finding>? more = null)
    {
        FindingCollector findings = new();
        findings.AddRange(inspection.Record?.Findings ?? []);
        findings.AddRange(All.SelectMany(rule => rule.Check(inspection)));
        findings.AddRange(more ?? []);
        return findings.ToList()
            .Select(finding => WithTag(finding, inspection.Record?.Tags))
            .OrderByDescending(finding => finding.Severity)
            .ToPrintableList();
    }

    /// <summary>A finding with a position concerns the tag at that position.</summary>
    private static Finding WithTag(Finding finding, PrintableList<DmarcTag>? tags) =>
        finding.Position is { } position && tags is not null && Positions.LastAt(tags, tag => tag.Position, position) is >= 0 and int index
            ? finding with { Term = tags[index].Name }
            : finding;

    /// <summary>True if receivers ignore sp and np of the record, so that findings about them are useless.</summary>
    private static bool IgnoresSubdomainPolicies(DmarcInspection inspection) =>
        inspection.ValidRecord is { PublicSuffixDomain: PublicSuffixDomain.Unknown }
        && inspection.Discovery is { Method: DiscoveryMethod.TreeWalk, OrganizationalDomain: { } organization }
        && inspection.RecordDomain is { } domain
        && domain.IsBelow(organization);

    /// <summary>The tag that is stricter than np: the one that would apply to non-existent names without np.</summary>
    private static string StricterThanNonexistent(DmarcRecord record) => record.NonexistentSubdomainPolicy < record.SubdomainPolicy
        ? "sp=" + record.SubdomainPolicy!.Value.ToKeyword()
        : "p=" + record.Policy!.Value.ToKeyword();

    private static Finding? TestMode(DmarcInspection inspection)
    {
        if (inspection.ValidRecord is not { HasFaultyPolicy: false, Testing: true } record)
        {
            return null;
        }

        (string Tag, DmarcPolicy? Policy)[] tags =
        [
            (DmarcTags.Policy, record.Policy),
            (DmarcTags.SubdomainPolicy, record.SubdomainPolicy),
            (DmarcTags.NonexistentSubdomainPolicy, record.NonexistentSubdomainPolicy),
        ];
        (string Tag, DmarcPolicy Policy)[] written =
            [.. tags.Where(one => one.Policy is not null).Select(one => (one.Tag, one.Policy!.Value))];
        (string Tag, DmarcPolicy Policy)[] weakened = [.. written.Where(one => one.Policy != DmarcPolicy.None)];
        int? position = inspection.PositionOf(DmarcTags.Testing);

        // The policy of each tag is listed only if they differ.
        bool isOne = written.Select(one => one.Policy).Distinct().Count() == 1;
        return weakened.Length == 0
            ? DmarcFindings.TestingWithoutEffect.CreateAt(position)
            : DmarcFindings.TestingMode.CreateAt(position, Describe(policy => policy), Describe(policy => policy.OneLevelDown()));

        string Describe(Func<DmarcPolicy, DmarcPolicy> apply) => isOne
            ? apply(weakened[0].Policy).ToKeyword()
            : string.Join("; ", weakened.Select(one => one.Tag + "=" + apply(one.Policy).ToKeyword()));
    }

    private static IEnumerable<Finding> StrictAlignment(DmarcInspection inspection)
    {
        string domain = (inspection.Discovery?.Domain ?? inspection.RecordDomain)?.ToString() ?? Strings.Policy_TheDomain;
        if (inspection.ValidRecord is { DkimAlignment: AlignmentMode.Strict })
        {
            yield return DmarcFindings.StrictAlignment.CreateAt(
                inspection.PositionOf(DmarcTags.DkimAlignment), DmarcTags.DkimAlignment, Strings.Policy_DkimSignatures, domain);
        }

        if (inspection.ValidRecord is { SpfAlignment: AlignmentMode.Strict } && !LacksStrictSpf(inspection))
        {
            yield return DmarcFindings.StrictAlignment.CreateAt(
                inspection.PositionOf(DmarcTags.SpfAlignment), DmarcTags.SpfAlignment, Strings.Policy_SpfPasses, domain);
        }
    }

    private static bool LacksStrictSpf(DmarcInspection inspection) =>
        inspection.ValidRecord is { SpfAlignment: AlignmentMode.Strict }
        && inspection.Discovery is not null
        && inspection.Probes?.Apex is { } apex
        && apex.Status.IsAnswer()
        && !apex.Records.Any(SpfRecord.IsSpf);

    /// <summary>True if a name below the record's domain is its own organisation; null if unknown.</summary>
    private static bool? IsPublicSuffix(DmarcInspection inspection) =>
        inspection.RecordDomain is not { } domain ? null
        : domain.LabelCount == 1
            || (DomainName.TryParse("a." + domain, out DomainName? below) && inspection.Suffixes.GetOrganizationalDomain(below) == below);
}

using Dmarc.Policy.Rules;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>Every rule about DMARC records, in the order in which their findings are told.</summary>
internal static class DmarcRecordRules
{
    public static readonly IDmarcRule[] All =
    [
        new FailedLookupRule(),
        new MissingRecordRule(),
        new MissingDomainRule(),
        new MultipleRecordsRule(),
        new AliasRule(),
        new InheritedRecordRule(),
        new UnknownExistenceRule(),
        new RecordAtDomainRule(),
        new RecordAtDoubledNameRule(),
        new OtherTextRule(),
        new WildcardRecordRule(),
        new WildcardExistenceRule(),
        new SkippedNamesRule(),
        new UnreachableRecordRule(),
        new FaultyPolicyRule(),
        new PolicyPlaceRule(),
        new PolicyNoneRule(),
        new WeakSubdomainPolicyRule(),
        new WeakNonexistentPolicyRule(),
        new IgnoredSubdomainPolicyRule(),
        new TestingRule(),
        new PercentageRule(),
        new StrictAlignmentRule(),
        new StrictSpfRule(),
        new MisusedPublicSuffixFlagRule(),
        new MissingPublicSuffixFlagRule(),
        new PublicSuffixFailureReportsRule(),
        new SplitOrganizationRule(),
        new MissingAggregateReportsRule(),
        new UnusedFailureOptionsRule(),
        new MissingDestinationRule(),
        new DestinationAuthorizationRule(),
        new ManyDestinationsRule(),
    ];

    /// <summary>The findings about a record's text and about everything around it, the gravest first.</summary>
    public static PrintableList<Finding> Check(DmarcInspection inspection, IEnumerable<Finding>? more = null)
    {
        FindingCollector findings = new();
        if (inspection.Record is { } record)
        {
            findings.AddRange(record.Findings);
        }

        foreach (IDmarcRule rule in All)
        {
            rule.Check(inspection, findings);
        }

        findings.AddRange(more ?? []);
        return findings.ToList().OrderByDescending(finding => finding.Severity).ToPrintableList();
    }
}

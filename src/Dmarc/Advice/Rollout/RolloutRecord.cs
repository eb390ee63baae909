using Dmarc.Advice.Records;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The current record of a domain, as far as known.</summary>
internal sealed record RolloutRecord
{
    public required RolloutRecordOrigin Origin { get; init; }

    /// <summary>The text; null if only the policy is known.</summary>
    public string? Text { get; init; }

    /// <summary>The domain of the record; null if unknown or not published yet.</summary>
    public DomainName? Domain { get; init; }

    /// <summary>The policy for the domain itself.</summary>
    public DmarcPolicy Policy { get; init; }

    /// <summary>The explicit policy for subdomains; null if p applies to them.</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    public DmarcPolicy? NonexistentSubdomainPolicy { get; init; }

    public bool Testing { get; init; }

    public int Percentage { get; init; } = 100;

    /// <summary>False if it requests no aggregate reports. Assumed true for a record known from reports.</summary>
    public bool AsksForReports { get; init; } = true;

    public RolloutStage Stage => RolloutStages.Of(Policy, Testing);

    /// <summary>The policy applied to failing mail (RFC 9989 §4.7: test mode is one level down).</summary>
    /// <param name="isSubdomain">True for existing subdomains, false for the domain itself.</param>
    public DmarcPolicy Applied(bool isSubdomain)
    {
        DmarcPolicy policy = isSubdomain ? SubdomainPolicy ?? Policy : Policy;
        return Testing ? policy.OneLevelDown() : policy;
    }

    /// <summary>The record found or given; null if it does not apply.</summary>
    public static RolloutRecord? Of(DmarcRecordResult result)
    {
        if (result.ParsedRecord is not { } record || result.Status is not (DmarcRecordStatus.Found or DmarcRecordStatus.Inherited))
        {
            return null;
        }

        bool inherited = result.Status == DmarcRecordStatus.Inherited;
        DmarcPolicy policy = record.HasFaultyPolicy ? DmarcPolicy.None
            : (inherited ? record.SubdomainPolicy : null) ?? record.Policy ?? DmarcPolicy.None;
        return new RolloutRecord
        {
            Origin = RolloutRecordOrigin.Record,
            Text = record.Text,
            Domain = DomainName.TryParse(result.RecordDomain, out DomainName? domain) ? domain : null,
            Policy = policy,
            SubdomainPolicy = inherited || record.HasFaultyPolicy ? null : record.SubdomainPolicy,
            NonexistentSubdomainPolicy = inherited || record.HasFaultyPolicy ? null : record.NonexistentSubdomainPolicy,
            Testing = record.Testing,
            Percentage = record.Percentage,
            AsksForReports = record.AsksForReports,
        };
    }

    /// <summary>The policy of a record, as far as a report repeats it; null if the report has no valid one.</summary>
    public static RolloutRecord? Of(AggregateReport report) =>
        ToPolicy(report.Policy) is not { } policy ? null : new RolloutRecord
    {
        Origin = RolloutRecordOrigin.Reports,
        Policy = policy,
        SubdomainPolicy = ToPolicy(report.SubdomainPolicy),
        NonexistentSubdomainPolicy = ToPolicy(report.NonexistentSubdomainPolicy),
        Testing = report.Testing == true,
        Percentage = report.Percentage ?? 100,
    };

    /// <summary>
    /// Why the policy does not suffice for BIMI (draft-brand-indicators-for-message-identification §7.2); empty if it
    /// does.
    /// </summary>
    public static string FindBimiObstacle(RolloutRecord? record) => record switch
    {
        null => Strings.Rollout_BimiNoRecord,
        { Policy: DmarcPolicy.None } => Strings.Rollout_BimiNone,
        { Testing: true } => Strings.Rollout_BimiTesting,
        { SubdomainPolicy: DmarcPolicy.None } => Strings.Rollout_BimiSubdomains,
        { Percentage: < 100 } => Strings.Rollout_BimiPercentage,
        _ => "",
    };

    private static DmarcPolicy? ToPolicy(ReportedPolicy? policy) => policy switch
    {
        ReportedPolicy.None => DmarcPolicy.None,
        ReportedPolicy.Quarantine => DmarcPolicy.Quarantine,
        ReportedPolicy.Reject => DmarcPolicy.Reject,
        _ => null,
    };
}

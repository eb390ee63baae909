using Dmarc.Advice.Records;
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

    /// <summary>The record according to the latest reports.</summary>
    public static RolloutRecord Of(ReportedRecord record) => new()
    {
        Origin = RolloutRecordOrigin.Reports,
        Policy = record.Policy,
        SubdomainPolicy = record.SubdomainPolicy,
        NonexistentSubdomainPolicy = record.NonexistentSubdomainPolicy,
        Testing = record.Testing,
        Percentage = record.Percentage,
    };
}

using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>The present record of a domain, as far as it is known.</summary>
internal sealed record RolloutRecord
{
    public required RolloutRecordOrigin Origin { get; init; }

    /// <summary>The text; null where only the policy is known.</summary>
    public string? Text { get; init; }

    /// <summary>Where it stands; null if that is not known or it is not published yet.</summary>
    public DomainName? Domain { get; init; }

    /// <summary>What it says of the domain itself.</summary>
    public DmarcPolicy Policy { get; init; }

    /// <summary>What it says of subdomains by a tag of its own; null where p goes for them.</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    public DmarcPolicy? NonexistentSubdomainPolicy { get; init; }

    public bool Testing { get; init; }

    public int Percentage { get; init; } = 100;

    /// <summary>False if it asks for no aggregate reports. Of one known from reports it is taken for granted: they came.</summary>
    public bool AsksForReports { get; init; } = true;

    public RolloutStage Stage => RolloutSteps.StageOf(Policy, Testing);

    /// <summary>What receivers apply to failing mail (RFC 9989 §4.7: test mode is one level down).</summary>
    /// <param name="isSubdomain">For the subdomains, those that exist; else for the domain itself.</param>
    public DmarcPolicy Applied(bool isSubdomain)
    {
        DmarcPolicy policy = isSubdomain ? SubdomainPolicy ?? Policy : Policy;
        return Testing ? policy.OneLevelDown() : policy;
    }

    /// <summary>The record that was found or given; null if it does not apply.</summary>
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

    /// <summary>What the latest reports state.</summary>
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

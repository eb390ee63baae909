using Dmarc.Text;

namespace Dmarc.Advice.Rollout;

/// <summary>What can be found about the roll-out of a policy.</summary>
public static class RolloutFindings
{
    /// <summary>There are no rows for the domain.</summary>
    public static readonly FindingDescriptor NoReports = new("RolloutNoReports", Severity.Warning);

    /// <summary>The record could not be looked up.</summary>
    public static readonly FindingDescriptor RecordUnknown = new("RolloutRecordUnknown", Severity.Error);

    /// <summary>The domain has no record.</summary>
    public static readonly FindingDescriptor NoRecord = new("RolloutNoRecord", Severity.Error, "RFC 9989 §4.10");

    /// <summary>The record has no effect.</summary>
    public static readonly FindingDescriptor RecordVoid = new("RolloutRecordVoid", Severity.Error, "RFC 9989 §4.10.1");

    /// <summary>The record asks for no aggregate reports.</summary>
    public static readonly FindingDescriptor NoReportAddress = new("RolloutNoReportAddress", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>A source of the domain owner's own fails, so that the next policy has to wait.</summary>
    public static readonly FindingDescriptor SourceBlocks = new("RolloutSourceBlocks", Severity.Warning);

    /// <summary>A source of the domain owner's own fails while receivers enforce the policy.</summary>
    public static readonly FindingDescriptor SourceHit = new("RolloutSourceHit", Severity.Error);

    /// <summary>An unknown source sends so much and so steadily that it may be the domain owner's own.</summary>
    public static readonly FindingDescriptor SourceUnclear = new("RolloutSourceUnclear", Severity.Warning);

    /// <summary>The SPF record is in error.</summary>
    public static readonly FindingDescriptor SpfBroken = new("RolloutSpfBroken", Severity.Error, "RFC 7208 §2.6.7");

    /// <summary>The policy for names that do not exist is milder than that for subdomains.</summary>
    public static readonly FindingDescriptor NonexistentLag = new("RolloutNonexistentLag", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>No mail is signed, and p=reject must not rest on SPF alone.</summary>
    public static readonly FindingDescriptor SpfAlone = new("RolloutSpfAlone", Severity.Warning, "RFC 9989 §8");

    /// <summary>A part of the mail is not signed.</summary>
    public static readonly FindingDescriptor SpfOnly = new("RolloutSpfOnly", Severity.Information, "RFC 9989 §8");

    /// <summary>There were more sources than are kept.</summary>
    public static readonly FindingDescriptor EvidenceIncomplete = new("RolloutEvidenceIncomplete", Severity.Warning);

    /// <summary>The stage has not been observed for long enough.</summary>
    public static readonly FindingDescriptor TooEarly = new("RolloutTooEarly", Severity.Information);

    /// <summary>There are reports of too few days.</summary>
    public static readonly FindingDescriptor FewReports = new("RolloutFewReports", Severity.Information);

    /// <summary>Nothing speaks against the next stage.</summary>
    public static readonly FindingDescriptor MayAdvance = new("RolloutMayAdvance", Severity.Information);

    /// <summary>The domain sends no mail.</summary>
    public static readonly FindingDescriptor Parked = new("RolloutParked", Severity.Information);

    /// <summary>The end is reached.</summary>
    public static readonly FindingDescriptor Complete = new("RolloutComplete", Severity.Information);

    /// <summary>The record still has pct.</summary>
    public static readonly FindingDescriptor PercentageLeft = new("RolloutPercentageLeft", Severity.Warning, "RFC 9989 §9.3");

    /// <summary>The policy for subdomains is milder than that of the domain.</summary>
    public static readonly FindingDescriptor SubdomainsLag = new("RolloutSubdomainsLag", Severity.Warning, "RFC 9989 §4.7");

    /// <summary>Only subdomains hold the domain back.</summary>
    public static readonly FindingDescriptor SubdomainsHold = new("RolloutSubdomainsHold", Severity.Information, "RFC 9989 §4.10.1");

    /// <summary>From subdomains comes nothing that passes.</summary>
    public static readonly FindingDescriptor SubdomainsUnused = new("RolloutSubdomainsUnused", Severity.Information, "RFC 9989 §4.7");

    /// <summary>Forwarded mail fails.</summary>
    public static readonly FindingDescriptor Forwarded = new("RolloutForwarded", Severity.Information, "RFC 9989 §7.4");

    /// <summary>Forwarded mail fails, and the policy is reject already.</summary>
    public static readonly FindingDescriptor ForwardedAtReject = new("RolloutForwardedAtReject", Severity.Information, "RFC 9989 §7.4");

    /// <summary>Look-ups at a receiver failed for a while.</summary>
    public static readonly FindingDescriptor TemporaryErrors = new("RolloutTemporaryErrors", Severity.Warning);

    /// <summary>The reports do not show the published record yet.</summary>
    public static readonly FindingDescriptor ChangedSince = new("RolloutChangedSince", Severity.Information);

    /// <summary>The reports are old.</summary>
    public static readonly FindingDescriptor ReportsOld = new("RolloutReportsOld", Severity.Warning);

    /// <summary>No report has a date that can be believed.</summary>
    public static readonly FindingDescriptor ReportsUndated = new("RolloutReportsUndated", Severity.Warning);

    /// <summary>The policy is known from reports only.</summary>
    public static readonly FindingDescriptor PolicyFromReports = new("RolloutPolicyFromReports", Severity.Information);
}

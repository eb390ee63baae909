namespace Dmarc.Advice.Audit.Changes;

/// <summary>The possible differences between two audits of a domain.</summary>
public enum MailDomainChangeKind
{
    /// <summary>The domain was not in the first audit.</summary>
    DomainAdded,

    /// <summary>The domain is not in the second audit.</summary>
    DomainRemoved,

    /// <summary>The domain no longer exists (NXDOMAIN).</summary>
    DomainVanished,

    /// <summary>The domain exists again.</summary>
    DomainReturned,

    /// <summary>Look-ups failed, so changes are unknown. The records may still exist.</summary>
    LookupFailed,

    /// <summary>Look-ups that had failed are answered again.</summary>
    LookupRecovered,

    /// <summary>A record was added.</summary>
    RecordAdded,

    /// <summary>A record was removed.</summary>
    RecordRemoved,

    /// <summary>A record changed in a way not covered by another kind.</summary>
    RecordChanged,

    /// <summary>A policy is less strict: DMARC, SPF (<c>all</c>) or MTA-STS.</summary>
    PolicyWeakened,

    /// <summary>A policy is stricter.</summary>
    PolicyStrengthened,

    /// <summary>A DKIM selector now has a key.</summary>
    KeyAdded,

    /// <summary>A DKIM selector has another key.</summary>
    KeyRotated,

    /// <summary>A DKIM selector no longer has a key.</summary>
    KeyRemoved,

    /// <summary>The SPF record includes another domain.</summary>
    IncludeGained,

    /// <summary>The SPF record no longer includes a domain.</summary>
    IncludeLost,

    /// <summary>SPF authorises additional addresses.</summary>
    SenderAuthorized,

    /// <summary>SPF no longer authorises some addresses.</summary>
    SenderRemoved,

    /// <summary>The SPF record needs more than ten look-ups.</summary>
    LookupLimitExceeded,

    /// <summary>The SPF record needs at most ten look-ups again.</summary>
    LookupLimitMet,

    /// <summary>The mail exchanges changed.</summary>
    MxChanged,

    /// <summary>The grade is worse.</summary>
    GradeDown,

    /// <summary>The grade is better.</summary>
    GradeUp,
}

namespace Dmarc.Advice.Audit.Changes;

/// <summary>What can be different between two looks at a domain.</summary>
public enum MailDomainChangeKind
{
    /// <summary>The domain was not among those of the first look.</summary>
    DomainAdded,

    /// <summary>The domain is not among those of the second look.</summary>
    DomainRemoved,

    /// <summary>The domain does not exist any more (NXDOMAIN).</summary>
    DomainVanished,

    /// <summary>The domain exists again.</summary>
    DomainReturned,

    /// <summary>Look-ups failed, so that it is not known whether something changed. The records need not be gone.</summary>
    LookupFailed,

    /// <summary>Look-ups that had failed are answered again.</summary>
    LookupRecovered,

    /// <summary>There is a record where there was none.</summary>
    RecordAdded,

    /// <summary>There is no record where there was one.</summary>
    RecordRemoved,

    /// <summary>A record says something else, of no other kind of change.</summary>
    RecordChanged,

    /// <summary>A policy asks for less: of DMARC, SPF (<c>all</c>) or MTA-STS.</summary>
    PolicyWeakened,

    /// <summary>A policy asks for more.</summary>
    PolicyStrengthened,

    /// <summary>A DKIM selector has a key that had none.</summary>
    KeyAdded,

    /// <summary>A DKIM selector has another key.</summary>
    KeyRotated,

    /// <summary>A DKIM selector has no key any more.</summary>
    KeyRemoved,

    /// <summary>The SPF record includes another domain.</summary>
    IncludeGained,

    /// <summary>The SPF record does not include a domain any more.</summary>
    IncludeLost,

    /// <summary>More addresses may send: SPF lets pass what it did not.</summary>
    SenderAuthorized,

    /// <summary>Addresses that could send cannot any more.</summary>
    SenderRemoved,

    /// <summary>The SPF record needs more than ten look-ups.</summary>
    LookupLimitExceeded,

    /// <summary>The SPF record needs ten look-ups at most again.</summary>
    LookupLimitMet,

    /// <summary>Mail goes to other hosts.</summary>
    MxChanged,

    /// <summary>The grade is worse.</summary>
    GradeDown,

    /// <summary>The grade is better.</summary>
    GradeUp,
}

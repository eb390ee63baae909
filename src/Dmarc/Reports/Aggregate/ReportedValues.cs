namespace Dmarc.Reports.Aggregate;

/// <summary>What a receiver did with the messages of a row (RFC 9990 §3.1.1.9).</summary>
public enum ReportedDisposition
{
    /// <summary>No value, or one that is not in the standard; see the text beside it.</summary>
    Unknown,

    /// <summary>No action was taken.</summary>
    None,

    /// <summary>No action, because the messages passed under an enforcing policy (new in RFC 9990).</summary>
    Pass,

    /// <summary>The messages were treated as suspicious.</summary>
    Quarantine,

    /// <summary>The messages were rejected.</summary>
    Reject,
}

/// <summary>Whether a mechanism gave an aligned pass, as the receiver evaluated it.</summary>
public enum ReportedOutcome
{
    /// <summary>No value, or one that is not in the standard; see the text beside it.</summary>
    Unknown,

    /// <summary>Authenticated and aligned.</summary>
    Pass,

    /// <summary>Not authenticated, or not aligned.</summary>
    Fail,
}

/// <summary>The identity that an SPF result is about.</summary>
public enum ReportedSpfScope
{
    /// <summary>A value that is not in the standards; see the text beside it.</summary>
    Unknown,

    /// <summary>The domain of MAIL FROM (<c>mfrom</c>).</summary>
    MailFrom,

    /// <summary>The name given in HELO or EHLO (<c>helo</c>; RFC 7489 only).</summary>
    Helo,
}

/// <summary>Why a receiver departed from the published policy (RFC 9990 §3.1.6, RFC 7489 Appendix C).</summary>
public enum OverrideReasonType
{
    /// <summary>No value, or one that is not in the standards; see the text beside it.</summary>
    Unknown,

    /// <summary>A local rule of the receiver, ARC among them.</summary>
    LocalPolicy,

    /// <summary>The message came through a mailing list.</summary>
    MailingList,

    /// <summary>Something else; the comment may say what.</summary>
    Other,

    /// <summary>The record has <c>t=y</c> (new in RFC 9990).</summary>
    PolicyTestMode,

    /// <summary>The message came from a forwarder that the receiver trusts.</summary>
    TrustedForwarder,

    /// <summary>The message was likely forwarded (RFC 7489 only).</summary>
    Forwarded,

    /// <summary>The message was left out by <c>pct</c> (RFC 7489 only).</summary>
    SampledOut,
}

/// <summary>A policy as a report repeats it.</summary>
public enum ReportedPolicy
{
    /// <summary>A value that is not in the standard; see the text beside it.</summary>
    Unknown,

    /// <summary>No particular handling.</summary>
    None,

    /// <summary>Treat the mail as suspicious.</summary>
    Quarantine,

    /// <summary>Reject the mail.</summary>
    Reject,
}

/// <summary>An alignment mode as a report repeats it.</summary>
public enum ReportedAlignmentMode
{
    /// <summary>A value that is not in the standard; see the text beside it.</summary>
    Unknown,

    /// <summary>The same Organizational Domain is enough.</summary>
    Relaxed,

    /// <summary>The domains must be equal.</summary>
    Strict,
}

/// <summary>How a receiver found the policy record (RFC 9990 §3.1.1.5).</summary>
public enum ReportedDiscoveryMethod
{
    /// <summary>A value that is not in the standard; see the text beside it.</summary>
    Unknown,

    /// <summary>With the public suffix list (<c>psl</c>).</summary>
    PublicSuffixList,

    /// <summary>With the tree walk (<c>treewalk</c>).</summary>
    TreeWalk,
}

/// <summary>Which edition of the format an aggregate report follows.</summary>
public enum ReportSchema
{
    /// <summary>The report has nothing to tell it by.</summary>
    Unknown,

    /// <summary>The drafts before RFC 7489, which had no version.</summary>
    Draft,

    /// <summary>RFC 7489 Appendix C.</summary>
    Rfc7489,

    /// <summary>RFC 9990.</summary>
    Rfc9990,
}

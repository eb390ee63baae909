namespace Dmarc.Reports.Aggregate;

/// <summary>The disposition of a row's messages by the receiver (RFC 9990 §3.1.1.9).</summary>
public enum ReportedDisposition
{
    /// <summary>Missing or not in the standard; see the accompanying text.</summary>
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

/// <summary>Whether a mechanism produced an aligned pass, according to the receiver.</summary>
public enum ReportedOutcome
{
    /// <summary>Missing or not in the standard; see the accompanying text.</summary>
    Unknown,

    /// <summary>Authenticated and aligned.</summary>
    Pass,

    /// <summary>Not authenticated, or not aligned.</summary>
    Fail,
}

/// <summary>The identity of an SPF result.</summary>
public enum ReportedSpfScope
{
    /// <summary>Not in the standards; see the accompanying text.</summary>
    Unknown,

    /// <summary>The domain of MAIL FROM (<c>mfrom</c>).</summary>
    MailFrom,

    /// <summary>The name given in HELO or EHLO (<c>helo</c>; RFC 7489 only).</summary>
    Helo,
}

/// <summary>Why a receiver overrode the published policy (RFC 9990 §3.1.6, RFC 7489 Appendix C).</summary>
public enum OverrideReasonType
{
    /// <summary>Missing or not in the standards; see the accompanying text.</summary>
    Unknown,

    /// <summary>A local rule of the receiver, including ARC.</summary>
    LocalPolicy,

    /// <summary>The message came through a mailing list.</summary>
    MailingList,

    /// <summary>Another reason; the comment may explain it.</summary>
    Other,

    /// <summary>The record has <c>t=y</c> (new in RFC 9990).</summary>
    PolicyTestMode,

    /// <summary>The message came from a forwarder that the receiver trusts.</summary>
    TrustedForwarder,

    /// <summary>The message was likely forwarded (RFC 7489 only).</summary>
    Forwarded,

    /// <summary><c>pct</c> exempted the message (RFC 7489 only).</summary>
    SampledOut,
}

/// <summary>A policy as repeated by a report.</summary>
public enum ReportedPolicy
{
    /// <summary>Not in the standard; see the accompanying text.</summary>
    Unknown,

    /// <summary>No particular handling.</summary>
    None,

    /// <summary>Treat the mail as suspicious.</summary>
    Quarantine,

    /// <summary>Reject the mail.</summary>
    Reject,
}

/// <summary>An alignment mode as repeated by a report.</summary>
public enum ReportedAlignmentMode
{
    /// <summary>Not in the standard; see the accompanying text.</summary>
    Unknown,

    /// <summary>The same Organizational Domain suffices.</summary>
    Relaxed,

    /// <summary>The domains must be equal.</summary>
    Strict,
}

/// <summary>How a receiver found the policy record (RFC 9990 §3.1.1.5).</summary>
public enum ReportedDiscoveryMethod
{
    /// <summary>Not in the standard; see the accompanying text.</summary>
    Unknown,

    /// <summary>With the public suffix list (<c>psl</c>).</summary>
    PublicSuffixList,

    /// <summary>With the tree walk (<c>treewalk</c>).</summary>
    TreeWalk,
}

/// <summary>The edition of an aggregate report's format.</summary>
public enum ReportSchema
{
    /// <summary>Unknown: the report has no indication.</summary>
    Unknown,

    /// <summary>The drafts before RFC 7489, without a version.</summary>
    Draft,

    /// <summary>RFC 7489 Appendix C.</summary>
    Rfc7489,

    /// <summary>RFC 9990.</summary>
    Rfc9990,
}

namespace Dmarc.Standards.Dmarc;

/// <summary>The handling that a Domain Owner requests for mail that fails (RFC 9989 §4.7, tags p, sp and np).</summary>
public enum DmarcPolicy
{
    /// <summary>No particular handling.</summary>
    None,

    /// <summary>Treat the mail as suspicious.</summary>
    Quarantine,

    /// <summary>Reject the mail.</summary>
    Reject,
}

/// <summary>How closely an authenticated identifier must match the Author Domain (RFC 9989 §4.4).</summary>
public enum AlignmentMode
{
    /// <summary>The same Organizational Domain.</summary>
    Relaxed,

    /// <summary>The same domain.</summary>
    Strict,
}

/// <summary>How the Organizational Domain and the policy record are found.</summary>
public enum DiscoveryMethod
{
    /// <summary>The DNS tree walk of RFC 9989 §4.10.</summary>
    TreeWalk,

    /// <summary>The public suffix list, as in RFC 7489 §3.2.</summary>
    PublicSuffixList,
}

/// <summary>Operations on policies.</summary>
internal static class DmarcPolicyExtensions
{
    /// <summary>The next weaker policy: reject becomes quarantine, quarantine none (RFC 9989 §4.7, tag t).</summary>
    public static DmarcPolicy OneLevelDown(this DmarcPolicy policy) =>
        policy == DmarcPolicy.Reject ? DmarcPolicy.Quarantine : DmarcPolicy.None;

    /// <summary>The keyword for the policy in a record.</summary>
    public static string ToKeyword(this DmarcPolicy policy) => policy switch
    {
        DmarcPolicy.Reject => "reject",
        DmarcPolicy.Quarantine => "quarantine",
        _ => "none",
    };
}

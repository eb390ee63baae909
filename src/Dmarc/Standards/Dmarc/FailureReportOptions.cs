namespace Dmarc.Standards.Dmarc;

/// <summary>When failure reports are asked for (RFC 9989 §4.7, tag fo).</summary>
[Flags]
public enum FailureReportOptions
{
    /// <summary>None that is known.</summary>
    None = 0,

    /// <summary><c>0</c>: when no mechanism gave an aligned pass. The default.</summary>
    AllFail = 1,

    /// <summary><c>1</c>: when any mechanism gave something other than an aligned pass.</summary>
    AnyFail = 2,

    /// <summary><c>d</c>: when a DKIM signature failed, aligned or not.</summary>
    Dkim = 4,

    /// <summary><c>s</c>: when SPF failed, aligned or not.</summary>
    Spf = 8,
}

/// <summary>Whether a name is a Public Suffix Domain (RFC 9989 §4.7, tag psd).</summary>
public enum PublicSuffixDomain
{
    /// <summary><c>u</c>: to be found out by the tree walk. The default.</summary>
    Unknown,

    /// <summary><c>n</c>: it is not, and it is the Organizational Domain for itself and what is below.</summary>
    No,

    /// <summary><c>y</c>: it is; others register names below it.</summary>
    Yes,
}

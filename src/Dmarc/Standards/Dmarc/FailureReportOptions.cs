namespace Dmarc.Standards.Dmarc;

/// <summary>When failure reports are requested (RFC 9989 §4.7, tag fo).</summary>
[Flags]
public enum FailureReportOptions
{
    /// <summary>No known option.</summary>
    None = 0,

    /// <summary><c>0</c>: if no mechanism produced an aligned pass. The default.</summary>
    AllFail = 1,

    /// <summary><c>1</c>: if any mechanism produced something other than an aligned pass.</summary>
    AnyFail = 2,

    /// <summary><c>d</c>: if a DKIM signature failed, aligned or not.</summary>
    Dkim = 4,

    /// <summary><c>s</c>: if SPF failed, aligned or not.</summary>
    Spf = 8,
}

/// <summary>Whether a name is a Public Suffix Domain (RFC 9989 §4.7, tag psd).</summary>
public enum PublicSuffixDomain
{
    /// <summary><c>u</c>: determined by the tree walk. The default.</summary>
    Unknown,

    /// <summary><c>n</c>: no; the name is the Organizational Domain for itself and names below it.</summary>
    No,

    /// <summary><c>y</c>: yes; others register names below it.</summary>
    Yes,
}

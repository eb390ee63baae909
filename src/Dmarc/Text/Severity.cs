namespace Dmarc.Text;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing needs to change.</summary>
    Information,

    /// <summary>Works, but not as well, or not as intended.</summary>
    Warning,

    /// <summary>Does not work, or leaves the domain open.</summary>
    Error,
}

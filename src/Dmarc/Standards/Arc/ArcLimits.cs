namespace Dmarc.Standards.Arc;

/// <summary>How long a chain may be.</summary>
internal static class ArcLimits
{
    /// <summary>How many links a chain that passes may have (RFC 8617 §4.2.1).</summary>
    public const int Sets = 50;
}

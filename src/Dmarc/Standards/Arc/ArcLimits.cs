namespace Dmarc.Standards.Arc;

/// <summary>Limits of an ARC chain.</summary>
internal static class ArcLimits
{
    /// <summary>The maximum number of sets in a valid chain (RFC 8617 §4.2.1).</summary>
    public const int Sets = 50;
}

namespace Dmarc.Standards.MtaSts;

/// <summary>How large a policy and its values may be.</summary>
internal static class MtaStsLimits
{
    /// <summary>How many characters the id of a record may have (RFC 8461 §3.1).</summary>
    public const int IdLength = 32;

    /// <summary>The longest time that a policy may be kept, in seconds (RFC 8461 §3.2).</summary>
    public const long MaxAge = 31557600;

    /// <summary>How many bytes of a policy are read (RFC 8461 §3.3).</summary>
    public const int PolicyBytes = 64 * 1024;
}

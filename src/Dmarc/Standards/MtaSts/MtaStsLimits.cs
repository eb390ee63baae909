namespace Dmarc.Standards.MtaSts;

/// <summary>Limits of a policy and its values.</summary>
internal static class MtaStsLimits
{
    /// <summary>The maximum length of a record's id in characters (RFC 8461 §3.1).</summary>
    public const int IdLength = 32;

    /// <summary>The maximum lifetime of a policy in seconds (RFC 8461 §3.2).</summary>
    public const long MaxAge = 31557600;

    /// <summary>The maximum number of bytes read in a policy (RFC 8461 §3.3).</summary>
    public const int PolicyBytes = 64 * 1024;
}

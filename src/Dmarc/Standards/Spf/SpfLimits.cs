namespace Dmarc.Standards.Spf;

/// <summary>Limits of an evaluation (RFC 7208 §4.6.4).</summary>
internal static class SpfLimits
{
    /// <summary>The maximum number of terms that query DNS; one more is permerror.</summary>
    public const int Lookups = 10;

    /// <summary>From here on the record is close to the limit: one more service may need two or three.</summary>
    public const int LookupsToWarn = 8;

    /// <summary>The maximum number of void look-ups; one more is permerror.</summary>
    public const int VoidLookups = 2;

    /// <summary>The maximum number of mail exchanges for an <c>mx</c>; one more is permerror.</summary>
    public const int Exchanges = 10;

    /// <summary>The maximum number of names of an address examined; further ones are ignored.</summary>
    public const int ReverseNames = 10;

    /// <summary>The size of name and records that fits into an answer of 512 octets (RFC 7208 §3.4).</summary>
    public const int RecordLength = 450;

    /// <summary>The maximum length of an expansion: longer ones are useless in a name or an SMTP reply.</summary>
    public const int ExpandedLength = 65_536;
}

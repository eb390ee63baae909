namespace Dmarc.Standards.Dmarc;

/// <summary>Limits of a DMARC look-up and evaluation (RFC 9989 §4.10), and of reading a record.</summary>
internal static class DmarcLimits
{
    /// <summary>The maximum number of names queried in a tree walk (RFC 9989 §4.10).</summary>
    public const int TreeWalkQueries = 8;

    /// <summary>The maximum number of domains of a message with a tree walk; others are not evaluated.</summary>
    public const int IdentifierWalks = 20;

    /// <summary>The maximum number of report destinations queried; no genuine record has more.</summary>
    public const int ReportDestinations = 20;

    /// <summary>The maximum number of entries read in rua and in ruf; no genuine record has more.</summary>
    public const int ReportUris = 100;

    /// <summary>The maximum number of tags read in a record.</summary>
    public const int Tags = TagList.MaximumTags;

    /// <summary>The maximum number of characters read in a record; no DNS answer contains more.</summary>
    public const int RecordLength = 65535;

    /// <summary>The maximum number of mail exchanges of a report destination whose addresses are queried.</summary>
    public const int Exchanges = 20;
}

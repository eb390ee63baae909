namespace Dmarc.Standards.AuthenticationResults;

/// <summary>Limits of reading the fields that receivers write.</summary>
internal static class AuthenticationResultsLimits
{
    /// <summary>The maximum number of characters read in an <c>Authentication-Results</c> field.</summary>
    public const int FieldLength = 64 * 1024;

    /// <summary>The maximum number of results read in a field, and of properties read in a result.</summary>
    public const int Results = 200;

    /// <summary>The maximum number of characters read in a <c>Received</c> or <c>Received-SPF</c> field.</summary>
    public const int ReceivedLength = 16 * 1024;

    /// <summary>The maximum number of key-value pairs read in a <c>Received-SPF</c> field.</summary>
    public const int ReceivedSpfPairs = 100;

    /// <summary>The maximum number of values read in a report of Microsoft's spam filter.</summary>
    public const int AntispamFields = 200;
}

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>How much of the fields that receivers write is read.</summary>
internal static class AuthenticationResultsLimits
{
    /// <summary>How many characters of an <c>Authentication-Results</c> field are read.</summary>
    public const int FieldLength = 64 * 1024;

    /// <summary>How many results of a field, and properties of a result, are read.</summary>
    public const int Results = 200;

    /// <summary>How many characters of a <c>Received</c> or <c>Received-SPF</c> field are read.</summary>
    public const int ReceivedLength = 16 * 1024;

    /// <summary>How many pairs of a name and a value of a <c>Received-SPF</c> field are read.</summary>
    public const int ReceivedSpfPairs = 100;

    /// <summary>How many values of a report of Microsoft's spam filter are read.</summary>
    public const int AntispamFields = 200;
}

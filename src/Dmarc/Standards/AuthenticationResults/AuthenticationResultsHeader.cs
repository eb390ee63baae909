namespace Dmarc.Standards.AuthenticationResults;

/// <summary>
/// An <c>Authentication-Results</c> field (RFC 8601), or an <c>ARC-Authentication-Results</c> field (RFC 8617 §4.1.1).
/// It is a statement of the server that it names, and only as trustworthy as that server.
/// </summary>
public sealed record AuthenticationResultsHeader
{
    /// <summary>The server that made the checks (authserv-id); empty if missing, as in Microsoft's fields.</summary>
    public string AuthServId { get; init; } = "";

    /// <summary>The version of the field; 1 by default. Only version 1 is defined (RFC 8601 §2.2).</summary>
    public int Version { get; init; } = 1;

    /// <summary>The instance of an <c>ARC-Authentication-Results</c> field, from 1 to 50; otherwise null.</summary>
    public int? Instance { get; init; }

    /// <summary>True if the field says <c>none</c>: nothing was checked.</summary>
    public bool IsNone { get; init; }

    /// <summary>The results in order.</summary>
    public PrintableList<MethodResult> Results { get; init; } = PrintableList<MethodResult>.Empty;

    /// <summary>Comments that belong to no result.</summary>
    public PrintableList<string> Comments { get; init; } = PrintableList<string>.Empty;

    /// <summary>The findings about the field.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The original value of the field.</summary>
    public string Raw { get; init; } = "";

    /// <summary>Reads a field. It never fails: problems are in the findings.</summary>
    /// <param name="value">The unfolded value, without the field's name.</param>
    public static AuthenticationResultsHeader Parse(string value) =>
        new AuthenticationResultsParser(value ?? throw new ArgumentNullException(nameof(value))).Parse();

    /// <summary>
    /// The results with a known meaning: a field or a method of another version may use the same words with another
    /// meaning, so no conclusion is drawn from it (RFC 8601 §2.6).
    /// </summary>
    internal IEnumerable<MethodResult> KnownResults => Version == 1 ? Results.Where(result => result.Version == 1) : [];

    /// <summary>The results of one method with a known meaning (field and method of version 1), in order.</summary>
    /// <param name="method">The method.</param>
    public IEnumerable<MethodResult> GetResults(AuthenticationMethod method) =>
        KnownResults.Where(result => result.Method == method);

    /// <summary>The server and its results, in one line.</summary>
    public override string ToString() =>
        string.Join("; ", new[] { AuthServId }.Where(id => id.Length > 0).Concat(IsNone ? ["none"] : Results.Select(result => result.ToString())));
}

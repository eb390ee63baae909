using Dmarc.Text;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>
/// An <c>Authentication-Results</c> field (RFC 8601), or an <c>ARC-Authentication-Results</c> field (RFC 8617 §4.1.1).
/// It is the word of the server that it names, and worth as much as that server is trusted.
/// </summary>
public sealed record AuthenticationResultsHeader
{
    /// <summary>The server that made the checks (authserv-id); empty if the field names none, as Microsoft's.</summary>
    public string AuthServId { get; init; } = "";

    /// <summary>The version of the field; 1 where none is written. Only version 1 is known (RFC 8601 §2.2).</summary>
    public int Version { get; init; } = 1;

    /// <summary>The instance of an <c>ARC-Authentication-Results</c> field, from 1 to 50; null of others.</summary>
    public int? Instance { get; init; }

    /// <summary>True if the field says <c>none</c>: nothing was checked.</summary>
    public bool IsNone { get; init; }

    /// <summary>The results in the order in which they stand.</summary>
    public PrintableList<MethodResult> Results { get; init; } = PrintableList<MethodResult>.Empty;

    /// <summary>Comments that belong to no result.</summary>
    public PrintableList<string> Comments { get; init; } = PrintableList<string>.Empty;

    /// <summary>What is wrong with the field.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The value of the field as it was given.</summary>
    public string Raw { get; init; } = "";

    /// <summary>Reads a field. Whatever it holds, something is returned: what cannot be read is in the findings.</summary>
    /// <param name="value">The unfolded value, without the field's name.</param>
    public static AuthenticationResultsHeader Parse(string value) =>
        new AuthenticationResultsParser(value ?? throw new ArgumentNullException(nameof(value))).Parse();

    /// <summary>
    /// The results whose meaning is known: a field or a method of another version may mean something else by the same words, so that
    /// nothing follows from it (RFC 8601 §2.6).
    /// </summary>
    internal IEnumerable<MethodResult> KnownResults => Version == 1 ? Results.Where(result => result.Version == 1) : [];

    /// <summary>The results of one method whose meaning is known (field and method of version 1), in the order in which they stand.</summary>
    /// <param name="method">The method.</param>
    public IEnumerable<MethodResult> GetResults(AuthenticationMethod method) =>
        KnownResults.Where(result => result.Method == method);

    /// <summary>The server and its results, in one line.</summary>
    public override string ToString() =>
        string.Join("; ", new[] { AuthServId }.Where(id => id.Length > 0).Concat(IsNone ? ["none"] : Results.Select(result => result.ToString())));
}

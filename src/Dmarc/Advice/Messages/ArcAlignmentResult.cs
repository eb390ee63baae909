using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>The ARC chain (RFC 8617): who handled the message in transit, and their results.</summary>
public sealed record ArcAlignmentResult
{
    /// <summary>
    /// The state of the chain: pass, fail, or none if there is no chain. <see cref="AuthenticationResult.Unknown"/> if
    /// only the header is available.
    /// </summary>
    public AuthenticationResult Result { get; init; }

    /// <summary>The number of sets in the chain.</summary>
    public int Instances { get; init; }

    /// <summary>The sealing domains, from first to last.</summary>
    public PrintableList<string> Sealers { get; init; } = PrintableList<string>.Empty;

    /// <summary>The results of the first handler (<c>ARC-Authentication-Results</c>, i=1); null if missing.</summary>
    public AuthenticationResultsHeader? First { get; init; }

    /// <summary>The reason for the state; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The state and the sealers.</summary>
    public override string ToString() => Result + (Sealers.Count == 0 ? "" : " (" + string.Join(", ", Sealers) + ")");
}

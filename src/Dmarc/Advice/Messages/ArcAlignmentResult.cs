using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Text;

namespace Dmarc.Advice.Messages;

/// <summary>What the chain of ARC sets says (RFC 8617): who handled the message on the way and what they saw.</summary>
public sealed record ArcAlignmentResult
{
    /// <summary>
    /// The chain's state: pass, fail, or none if there is no chain. <see cref="AuthenticationResult.Unknown"/> where
    /// only the header is there.
    /// </summary>
    public AuthenticationResult Result { get; init; }

    /// <summary>How many sets the chain has.</summary>
    public int Instances { get; init; }

    /// <summary>The domains that sealed, from the first to the last.</summary>
    public PrintableList<string> Sealers { get; init; } = PrintableList<string>.Empty;

    /// <summary>What the first handler saw (<c>ARC-Authentication-Results</c> with i=1); null if it is not there.</summary>
    public AuthenticationResultsHeader? First { get; init; }

    /// <summary>Why the chain is in that state; empty if there is nothing to say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The state and who sealed.</summary>
    public override string ToString() => Result + (Sealers.Count == 0 ? "" : " (" + string.Join(", ", Sealers) + ")");
}

using Dmarc.Standards;

namespace Dmarc.Advice.Messages;

/// <summary>What is known of a message that is not there itself: the identifiers and what was found of them.</summary>
internal sealed record MessageIdentifiers
{
    /// <summary>The author: an address or a domain.</summary>
    public required string From { get; init; }

    /// <summary>The envelope sender: an address or a domain; empty for the null sender, null if it is not known.</summary>
    public string? MailFrom { get; init; }

    /// <summary>What SPF said of it; null to evaluate it if the client's address is known, and otherwise not known.</summary>
    public AuthenticationResult? SpfResult { get; init; }

    /// <summary>The domains that signed.</summary>
    public IReadOnlyList<string> DkimDomains { get; init; } = [];

    /// <summary>What became of each signature, in the same order; one that is missing counts as the last one given, and as pass where none is.</summary>
    public IReadOnlyList<AuthenticationResult> DkimResults { get; init; } = [];
}

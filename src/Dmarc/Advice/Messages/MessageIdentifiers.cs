using Dmarc.Standards;

namespace Dmarc.Advice.Messages;

/// <summary>A message described by its identifiers and their results.</summary>
internal sealed record MessageIdentifiers
{
    /// <summary>The author: an address or a domain.</summary>
    public required string From { get; init; }

    /// <summary>The envelope sender: an address or a domain; empty for the null sender, null if unknown.</summary>
    public string? MailFrom { get; init; }

    /// <summary>Its SPF result; null to evaluate it if the client's address is known, otherwise unknown.</summary>
    public AuthenticationResult? SpfResult { get; init; }

    /// <summary>The signing domains.</summary>
    public IReadOnlyList<string> DkimDomains { get; init; } = [];

    /// <summary>The result of each signature, in order; by default the last one given, or else pass.</summary>
    public IReadOnlyList<AuthenticationResult> DkimResults { get; init; } = [];
}

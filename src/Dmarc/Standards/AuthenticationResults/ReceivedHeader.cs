using System.Net;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>
/// One <c>Received</c> field (RFC 5321 §4.4), as mail servers write it: who delivered the message to whom, and how.
/// Only the fields written by one's own servers are trustworthy.
/// </summary>
internal sealed record ReceivedHeader
{
    /// <summary>The name after <c>from</c>: usually HELO, the reverse name from Exim and qmail; may be null.</summary>
    public string? From { get; init; }

    /// <summary>The HELO name: from <c>helo=</c> or <c>HELO x</c>, else the name after <c>from</c>, or null.</summary>
    public string? Helo { get; init; }

    /// <summary>The reverse DNS name of the client; null if missing or unknown.</summary>
    public string? ReverseName { get; init; }

    /// <summary>The client's address; null if missing.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The name after <c>by</c>: the server that wrote the field; null if missing.</summary>
    public string? By { get; init; }

    /// <summary>The address of that server, which Exchange writes after its name; null if missing.</summary>
    public IPAddress? ByAddress { get; init; }

    /// <summary>The protocol after <c>with</c>, as written; null if missing.</summary>
    public string? With { get; init; }

    /// <summary>The recipient after <c>for</c>, without angle brackets; null if missing.</summary>
    public string? For { get; init; }

    /// <summary>The MAIL FROM address from a comment (<c>envelope-from</c>); null if missing.</summary>
    public string? EnvelopeFrom { get; init; }

    /// <summary>True if the transport was encrypted, by a protocol such as ESMTPS or HTTPS, or a TLS version.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The TLS version in a uniform format, such as <c>1.3</c>; null if missing.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The comments: those of the client, of the server, then the others.</summary>
    public PrintableList<string> Comments { get; init; } = PrintableList<string>.Empty;

    /// <summary>Reads the unfolded value of a field; it never fails.</summary>
    public static ReceivedHeader Parse(string value) =>
        new ReceivedParser(value ?? throw new ArgumentNullException(nameof(value))).Parse();
}

using System.Net;
using Dmarc.Text;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>
/// One <c>Received</c> field (RFC 5321 §4.4), as mail servers write it: who handed the message over, to whom, and how.
/// Only the fields that servers of one's own wrote can be believed.
/// </summary>
internal sealed record ReceivedHeader
{
    /// <summary>The name after <c>from</c>: with most servers the HELO name, with Exim and qmail the reverse DNS name; null if there is none.</summary>
    public string? From { get; init; }

    /// <summary>The HELO name: one that is written as such (<c>helo=</c>, <c>HELO x</c>), else the name after <c>from</c>; null if there is none.</summary>
    public string? Helo { get; init; }

    /// <summary>The reverse DNS name of the client; null if none is written or it is unknown.</summary>
    public string? ReverseName { get; init; }

    /// <summary>The client's address; null if none is written.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The name after <c>by</c>: the server that wrote the field; null if there is none.</summary>
    public string? By { get; init; }

    /// <summary>The address of that server, which Exchange writes behind its name; null if none is written.</summary>
    public IPAddress? ByAddress { get; init; }

    /// <summary>The protocol after <c>with</c>, as it is written; null if there is none.</summary>
    public string? With { get; init; }

    /// <summary>The identifier after <c>id</c>; null if there is none.</summary>
    public string? Id { get; init; }

    /// <summary>The recipient after <c>for</c>, without angle brackets; null if there is none.</summary>
    public string? For { get; init; }

    /// <summary>The MAIL FROM address where a comment tells it (<c>envelope-from</c>); null if none does.</summary>
    public string? EnvelopeFrom { get; init; }

    /// <summary>True if the client had authenticated itself (a protocol such as ESMTPSA, RFC 3848, or a comment that says so).</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>True if the field says that the transport was encrypted: a protocol such as ESMTPS or HTTPS, or a TLS version.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>The TLS version in one form, such as <c>1.3</c>; null if none is written.</summary>
    public string? TlsVersion { get; init; }

    /// <summary>The cipher; null if none is written.</summary>
    public string? TlsCipher { get; init; }

    /// <summary>When it was received; null if no date can be read.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The comments of the field in the order in which they stand.</summary>
    public PrintableList<string> Comments { get; init; } = PrintableList<string>.Empty;

    /// <summary>What is wrong with the field.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>Reads a field. Whatever it holds, something is returned.</summary>
    /// <param name="value">The unfolded value, without the field's name.</param>
    public static ReceivedHeader Parse(string value) =>
        new ReceivedParser(value ?? throw new ArgumentNullException(nameof(value))).Parse();

    /// <summary>Who handed over to whom, in one line.</summary>
    public override string ToString() =>
        string.Join(" ", new[]
        {
            From is null ? "" : "from " + From,
            ClientAddress is null ? "" : "[" + ClientAddress + "]",
            By is null ? "" : "by " + By,
            With is null ? "" : "with " + With,
        }.Where(part => part.Length > 0));
}

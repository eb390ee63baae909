using System.Net;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>The identity that SPF checked (RFC 7208 §9.1, <c>identity</c>).</summary>
internal enum SpfIdentity
{
    /// <summary>Missing, or another value.</summary>
    Unknown,

    /// <summary>The MAIL FROM address.</summary>
    MailFrom,

    /// <summary>The HELO name.</summary>
    Helo,
}

/// <summary>
/// A <c>Received-SPF</c> field (RFC 7208 §9.1), in the standard form and as Google and Microsoft write it, with part of
/// it in a sentence.
/// </summary>
internal sealed record ReceivedSpf
{
    /// <summary>The result.</summary>
    public AuthenticationResult Outcome => WrittenOutcome.Value;

    /// <summary>The sentence in parentheses; empty if there is none.</summary>
    public string Comment { get; init; } = "";

    /// <summary>The client's address; null if missing.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The MAIL FROM address or domain; null if missing, empty for the null sender.</summary>
    public string? EnvelopeFrom { get; init; }

    /// <summary>The HELO name; null if missing.</summary>
    public string? Helo { get; init; }

    /// <summary>The checked identity.</summary>
    public SpfIdentity Identity { get; init; }

    /// <summary>The host that made the check; null if missing.</summary>
    public string? Receiver { get; init; }

    /// <summary>The matching term; null if missing.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The error of a temperror or permerror; null if missing.</summary>
    public string? Problem { get; init; }

    /// <summary>All key-value pairs in order.</summary>
    public PrintableList<AuthenticationProperty> Properties { get; init; } = PrintableList<AuthenticationProperty>.Empty;

    /// <summary>
    /// The checked domain: that of <see cref="EnvelopeFrom"/>, or the HELO name if that is the identity or there is no
    /// sender. Null if both are missing.
    /// </summary>
    public string? Domain => Identity != SpfIdentity.Helo && EnvelopeFrom is { Length: > 0 }
        ? AuthenticationResultDetails.DomainOf(EnvelopeFrom)
        : Helo ?? (EnvelopeFrom is { Length: > 0 } ? AuthenticationResultDetails.DomainOf(EnvelopeFrom) : null);

    internal WrittenValue<AuthenticationResult> WrittenOutcome { get; init; }

    /// <summary>Reads a field; never fails. Unreadable content, or content beyond the limits, is left out.</summary>
    /// <param name="value">The unfolded value, without the field's name.</param>
    public static ReceivedSpf Parse(string value)
    {
        string text = value ?? throw new ArgumentNullException(nameof(value));
        FieldScanner scanner = new(
            text.Length > AuthenticationResultsLimits.ReceivedLength
                ? text.Substring(0, AuthenticationResultsLimits.ReceivedLength)
                : text);
        List<string> comments = [];
        scanner.SkipBlank(comments);
        WrittenValue<AuthenticationResult> outcome = AuthenticationWords.ReadOutcome(scanner.ReadWord(";="));
        List<AuthenticationProperty> pairs = ReadPairs(scanner, comments);
        string comment = string.Join(" ", comments);
        SpfMention mention = SpfMention.Read(comment);
        string? from = Find(pairs, "envelope-from") ?? Find(pairs, "x-envelope-from");
        return new ReceivedSpf
        {
            WrittenOutcome = outcome,
            Comment = comment,
            ClientAddress = AuthenticationResultDetails.TryReadAddress(Find(pairs, "client-ip"), out IPAddress? address)
                ? address
                : mention.Address,
            EnvelopeFrom = from?.Trim('<', '>') ?? mention.Sender,
            Helo = Find(pairs, "helo"),
            Identity = ReadIdentity(Find(pairs, "identity")),
            Receiver = Find(pairs, "receiver"),
            Mechanism = Find(pairs, "mechanism"),
            Problem = Find(pairs, "problem"),
            Properties = [.. pairs],
        };
    }

    /// <summary>The result and the checked values, in one line.</summary>
    public override string ToString() => string.Join(" ", new[]
    {
        WrittenOutcome.Text,
        ClientAddress is null ? "" : "client-ip=" + ClientAddress,
        EnvelopeFrom is null ? "" : "envelope-from=" + EnvelopeFrom,
        Helo is null ? "" : "helo=" + Helo,
    }.Where(part => part.Length > 0));

    private static List<AuthenticationProperty> ReadPairs(FieldScanner scanner, List<string> comments)
    {
        List<AuthenticationProperty> pairs = [];
        bool inPair = false;
        while (pairs.Count < AuthenticationResultsLimits.ReceivedSpfPairs)
        {
            scanner.SkipBlank(comments);
            if (scanner.IsEnd)
            {
                break;
            }

            if (scanner.TryTake(';') || scanner.TryTake(','))
            {
                inPair = false;
                continue;
            }

            int start = scanner.Position;
            string name = scanner.ReadWord("=;");
            scanner.SkipBlank(comments);
            if (!scanner.TryTake('='))
            {
                // Some filters write a value of several words without quotes.
                if (inPair && name.Length > 0)
                {
                    AuthenticationProperty last = pairs[pairs.Count - 1];
                    pairs[pairs.Count - 1] = last with { Value = last.Value + " " + name };
                    continue;
                }

                scanner.Position += scanner.Position == start ? 1 : 0;
                continue;
            }

            scanner.SkipBlank(comments);
            inPair = true;
            pairs.Add(new AuthenticationProperty(AuthenticationPropertyType.Missing, name, scanner.ReadValue(";"), start));
        }

        return pairs;
    }

    private static string? Find(List<AuthenticationProperty> pairs, string name) =>
        pairs.Find(pair => string.Equals(pair.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    private static SpfIdentity ReadIdentity(string? text) => text?.ToUpperInvariant() switch
    {
        "MAILFROM" or "MFROM" => SpfIdentity.MailFrom,
        "HELO" or "EHLO" => SpfIdentity.Helo,
        _ => SpfIdentity.Unknown,
    };
}

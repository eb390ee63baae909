using System.Net;
using static Dmarc.Text.Keyword;

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
    public AuthenticationResult Outcome { get; init; }

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

    /// <summary>
    /// The checked domain: that of <see cref="EnvelopeFrom"/>, or the HELO name if that is the identity or there is no
    /// sender. Null if both are missing.
    /// </summary>
    public string? Domain => Identity != SpfIdentity.Helo && EnvelopeFrom is { Length: > 0 }
        ? AuthenticationResultDetails.DomainOf(EnvelopeFrom)
        : Helo ?? (EnvelopeFrom is { Length: > 0 } ? AuthenticationResultDetails.DomainOf(EnvelopeFrom) : null);

    /// <summary>Reads the unfolded value of a field; never fails. Unreadable content is left out.</summary>
    public static ReceivedSpf Parse(string value)
    {
        string text = value ?? throw new ArgumentNullException(nameof(value));
        FieldScanner scanner = new(
            text.Length > AuthenticationResultsLimits.ReceivedLength
                ? text.Substring(0, AuthenticationResultsLimits.ReceivedLength)
                : text);
        List<string> comments = [];
        scanner.SkipBlank(comments);
        AuthenticationResult outcome = AuthenticationWords.ReadOutcome(scanner.ReadWord(";=")).Value;
        List<(string Name, string Value)> pairs = ReadPairs(scanner, comments);
        string comment = string.Join(" ", comments);
        SpfMention mention = SpfMention.Read(comment);
        string? from = Find(pairs, "envelope-from") ?? Find(pairs, "x-envelope-from");
        return new ReceivedSpf
        {
            Outcome = outcome,
            Comment = comment,
            ClientAddress = AuthenticationResultDetails.TryReadAddress(Find(pairs, "client-ip"), out IPAddress? address)
                ? address
                : mention.Address,
            EnvelopeFrom = from?.Trim('<', '>') ?? mention.Sender,
            Helo = Find(pairs, "helo"),
            Identity = Find(pairs, "identity")?.ToUpperInvariant() switch
            {
                "MAILFROM" or "MFROM" => SpfIdentity.MailFrom,
                "HELO" or "EHLO" => SpfIdentity.Helo,
                _ => SpfIdentity.Unknown,
            },
            Receiver = Find(pairs, "receiver"),
        };
    }

    private static List<(string Name, string Value)> ReadPairs(FieldScanner scanner, List<string> comments)
    {
        List<(string Name, string Value)> pairs = [];
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
                    (string last, string value) = pairs[pairs.Count - 1];
                    pairs[pairs.Count - 1] = (last, value + " " + name);
                    continue;
                }

                scanner.Position += scanner.Position == start ? 1 : 0;
                continue;
            }

            scanner.SkipBlank(comments);
            inPair = true;
            pairs.Add((name, scanner.ReadValue(";")));
        }

        return pairs;
    }

    private static string? Find(List<(string Name, string Value)> pairs, string name) =>
        pairs.Find(pair => Is(pair.Name, name)).Value;
}

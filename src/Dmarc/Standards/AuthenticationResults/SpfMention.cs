using System.Net;

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>
/// The facts in the sentences that receivers write beside an SPF result, such as <c>google.com: domain of a@example.com
/// designates 192.0.2.1 as permitted sender</c> or <c>sender IP is 192.0.2.1</c>.
/// </summary>
/// <param name="Sender">The checked address or domain; null if missing.</param>
/// <param name="Address">The client's address; null if missing.</param>
internal readonly record struct SpfMention(string? Sender, IPAddress? Address)
{
    public static SpfMention Read(string comment)
    {
        string[] words = comment.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        string? sender = null;
        IPAddress? address = null;
        for (int i = 0; i < words.Length; i++)
        {
            if (address is null && AuthenticationResultDetails.TryReadAddress(words[i], out IPAddress? found))
            {
                address = found;
            }

            if (sender is null && i + 2 < words.Length && Is(words[i], "domain") && Is(words[i + 1], "of"))
            {
                int at = Is(words[i + 2], "transitioning") && i + 3 < words.Length ? i + 3 : i + 2;
                sender = words[at];
            }
            else if (sender is null && i + 2 < words.Length && Is(words[i], "lookup") && Is(words[i + 1], "of"))
            {
                sender = words[i + 2];
            }
            else if (sender is null && i > 0 && i + 3 < words.Length && Is(words[i], "does") && Is(words[i + 1], "not")
                && Is(words[i + 2], "designate") && Is(words[i + 3], "permitted"))
            {
                sender = words[i - 1];
            }
        }

        sender = sender?.Trim('<', '>', ',', ':', ';', '"', '.');
        return new SpfMention(sender is { Length: > 0 } && sender.IndexOf('.') > 0 ? sender : null, address);
    }

    private static bool Is(string word, string expected) => string.Equals(word, expected, StringComparison.OrdinalIgnoreCase);
}

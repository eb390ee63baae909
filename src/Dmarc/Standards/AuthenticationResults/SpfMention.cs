using System.Net;
using static Dmarc.Text.Keyword;

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
            if (address is null)
            {
                AuthenticationResultDetails.TryReadAddress(words[i], out address);
            }

            sender ??= Follows(i, "domain", "of")
                ? words[Is(words[i + 2], "transitioning") && i + 3 < words.Length ? i + 3 : i + 2]
                : Follows(i, "lookup", "of") ? words[i + 2]
                : i > 0 && Follows(i, "does", "not") && Follows(i + 1, "not", "designate")
                    && Is(words[i + 3], "permitted") ? words[i - 1]
                : null;
        }

        sender = sender?.Trim('<', '>', ',', ':', ';', '"', '.');
        return new SpfMention(sender?.IndexOf('.') > 0 ? sender : null, address);

        // True for two words with a third one behind them.
        bool Follows(int at, string first, string second) => at + 2 < words.Length && Is(words[at], first)
            && Is(words[at + 1], second);
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Domains;

/// <summary>
/// Reads the domain from typed or pasted text: a name with a final dot, surrounded by spaces or invisible characters, a
/// mail address, a URL, a name in quotes or angle brackets, or an accepted domain of Exchange that includes its
/// subdomains (<c>*.example.com</c>).
/// </summary>
internal static class DomainInput
{
    private const int MaximumShownLength = 100;

    private static readonly char[] Wrapping = ['"', '\'', '<', '>', '(', ')', '[', ']', ',', ';'];

    private static readonly char[] EndOfAuthority = ['/', '?', '#', '\\'];

    /// <summary>Reads the domain from a text.</summary>
    /// <returns>False if the text contains no domain.</returns>
    public static bool TryRead(string? text, [NotNullWhen(true)] out DomainName? name, out string error)
    {
        name = null;
        string candidate = Unwrap(text ?? "");
        if (candidate.Length == 0)
        {
            error = Strings.Domains_Empty;
            return false;
        }

        candidate = WithoutUrlParts(candidate, out bool isUrl);
        int at = candidate.LastIndexOf('@');
        if (at >= 0)
        {
            candidate = Unwrap(candidate.Substring(at + 1));
        }

        if (isUrl)
        {
            candidate = WithoutPort(candidate);
        }

        if (candidate.StartsWith("*.", StringComparison.Ordinal))
        {
            candidate = candidate.Substring(2);
        }

        if (IsMeantAsAddress(candidate))
        {
            error = Sentences.Insert(Strings.Domains_IsAddress, Shown(text!));
            return false;
        }

        if (!DomainName.TryParse(candidate, out name))
        {
            error = Explain(text!, candidate);
            return false;
        }

        error = "";
        return true;
    }

    /// <summary>True for an address, also with a scope, and for an invalid one such as <c>192.0.2.010</c>.</summary>
    private static bool IsMeantAsAddress(string text) =>
        AddressText.TryReadScoped(text, out _)
        || (text.All(character => character is (>= '0' and <= '9') or '.') && text.Split('.').Length == 4);

    private static string Unwrap(string text)
    {
        string previous;
        do
        {
            previous = text;
            text = InvisibleText.TrimEnds(text.Trim().Trim(Wrapping));
        }
        while (text != previous);
        return text;
    }

    private static string WithoutUrlParts(string text, out bool isUrl)
    {
        isUrl = false;
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0)
        {
            isUrl = true;
            text = text.Substring(scheme + 3);
        }
        else if (text.StartsWith("//", StringComparison.Ordinal))
        {
            isUrl = true;
            text = text.Substring(2);
        }
        else if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            text = text.Substring("mailto:".Length);
        }
        else if (text.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase))
        {
            // The format of Exchange's proxyAddresses.
            text = text.Substring("smtp:".Length);
        }
        else
        {
            isUrl = text.IndexOfAny(EndOfAuthority) > 0;
        }

        int end = text.IndexOfAny(EndOfAuthority);
        return end < 0 ? text : text.Substring(0, end);
    }

    private static string WithoutPort(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0
            && text.IndexOf(':') == colon
            && text.Skip(colon + 1).All(character => character is >= '0' and <= '9')
            ? text.Substring(0, colon)
            : text;
    }

    private static string Explain(string text, string candidate)
    {
        string shown = Shown(text);
        if (candidate.Length > DomainName.MaximumLength + 1)
        {
            return Sentences.Insert(Strings.Domains_TooLong, shown, DomainName.MaximumLength);
        }

        if (Array.Exists(candidate.Split('.'), label => label.Length > DomainName.MaximumLabelLength))
        {
            return Sentences.Insert(Strings.Domains_LabelTooLong, shown, DomainName.MaximumLabelLength);
        }

        if (candidate.Contains("..") || candidate.StartsWith(".", StringComparison.Ordinal))
        {
            return Sentences.Insert(Strings.Domains_EmptyLabel, shown);
        }

        foreach (char character in candidate)
        {
            if (character <= 0x7F && !(char.IsLetterOrDigit(character) || character is '-' or '_' or '.'))
            {
                string printed = char.IsControl(character)
                    ? "U+" + ((int)character).ToString("X4", CultureInfo.InvariantCulture)
                    : character.ToString();
                return Sentences.Insert(Strings.Domains_BadCharacter, shown, printed);
            }
        }

        return InvisibleText.NameFirst(candidate) is { } mark
            ? Sentences.Insert(Strings.Domains_BadCharacter, shown, mark)
            : Sentences.Insert(Strings.Domains_NotADomainName, shown);
    }

    private static string Shown(string text)
    {
        char[] visible =
            Array.ConvertAll(text.Trim().ToCharArray(), character => char.IsControl(character) ? '\uFFFD' : character);
        return PrintableText.Shorten(new string(visible), MaximumShownLength);
    }
}

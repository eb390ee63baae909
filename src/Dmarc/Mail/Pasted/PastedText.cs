using System.Net;

namespace Dmarc.Mail.Pasted;

/// <summary>Repairs characters, and splits the text into lines.</summary>
internal static class PastedText
{
    public static List<PastedLine> ToLines(string text, ICollection<Finding> findings)
    {
        string clean = RemoveOddSpaces(DecodeEntities(text, findings), findings);
        List<PastedLine> lines = [];
        int start = 0;
        bool odd = false;
        for (int i = 0; i <= clean.Length; i++)
        {
            char character = i < clean.Length ? clean[i] : '\n';
            if (character is not ('\n' or '\r' or '\u000B' or '\u000C' or '\u0085' or '\u2028' or '\u2029'))
            {
                continue;
            }

            if (i < clean.Length || i > start)
            {
                lines.Add(new PastedLine(clean.Substring(start, i - start), lines.Count + 1));
            }

            bool pair = character == '\r' && i + 1 < clean.Length && clean[i + 1] == '\n';
            odd |= i < clean.Length && !pair && character != '\n';
            i += pair ? 1 : 0;
            start = i + 1;
        }

        if (odd)
        {
            findings.Add(PastedHeadersFindings.LineEnds.Create());
        }

        return lines;
    }

    /// <summary>
    /// Decodes character references if angle brackets or quotation marks are written as such and no address is in real
    /// angle brackets: the text was then copied from HTML.
    /// </summary>
    private static string DecodeEntities(string text, ICollection<Finding> findings)
    {
        bool references = Has(text, "&lt;") || Has(text, "&gt;") || Has(text, "&quot;") || Has(text, "&#");
        if (!references || text.IndexOf('<') >= 0)
        {
            return text;
        }

        string decoded = WebUtility.HtmlDecode(text);
        if (decoded != text)
        {
            findings.Add(PastedHeadersFindings.Entities.Create());
        }

        return decoded;
    }

    private static string RemoveOddSpaces(string text, ICollection<Finding> findings)
    {
        StringBuilder? builder = null;
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            bool space = character is '\u00A0' or '\u2007' or '\u202F';
            bool invisible = character is '\uFEFF' or '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\u202A' or '\u202C' or '\0';
            if (!space && !invisible)
            {
                builder?.Append(character);
                continue;
            }

            builder ??= new StringBuilder(text, 0, i, text.Length);
            if (space)
            {
                builder.Append(' ');
            }
        }

        if (builder is null)
        {
            return text;
        }

        // Editors add a byte order mark at the beginning: it is not reported.
        if (!(builder.Length == text.Length - 1 && text[0] == '\uFEFF'))
        {
            findings.Add(PastedHeadersFindings.Spaces.Create());
        }

        return builder.ToString();
    }

    private static bool Has(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}

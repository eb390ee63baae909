namespace Dmarc.Reports;

/// <summary>Finds the outermost element of XML or HTML text. The content may be damaged.</summary>
internal static class MarkupRoot
{
    /// <summary>The name of the first element, without its prefix; empty if there is none.</summary>
    public static string NameOf(string text)
    {
        int at = text.IndexOf('<');
        while (at >= 0 && at + 1 < text.Length)
        {
            int end = Begins(text, at, "<!--") ? After(text, "-->", at)
                : Begins(text, at, "<?") ? After(text, "?>", at)
                : text[at + 1] == '!' ? AfterDeclaration(text, at)
                : at + 1;
            if (end == at + 1 && NameAt(text, end) is { Length: > 0 } name)
            {
                return name.Substring(name.IndexOf(':') + 1);
            }

            at = end < 0 ? -1 : text.IndexOf('<', end);
        }

        return "";
    }

    /// <summary>True if a tag with exactly this name begins anywhere in the text.</summary>
    public static bool HasTag(string text, string name)
    {
        int at = text.IndexOf('<');
        while (at >= 0)
        {
            string found = NameAt(text, at + 1);
            if (found.Substring(found.IndexOf(':') + 1).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            at = text.IndexOf('<', at + 1);
        }

        return false;
    }

    private static bool Begins(string text, int at, string start) => string.CompareOrdinal(text, at, start, 0, start.Length) == 0;

    private static int After(string text, string end, int at)
    {
        int found = text.IndexOf(end, at, StringComparison.Ordinal);
        return found < 0 ? -1 : found + end.Length;
    }

    /// <summary>The position after a document type, whose values and declarations may contain any characters.</summary>
    private static int AfterDeclaration(string text, int at)
    {
        bool isInside = false;
        for (int index = at; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '"' or '\'':
                    int quote = text.IndexOf(text[index], index + 1);
                    index = quote < 0 ? index : quote;
                    break;
                case '[':
                    isInside = true;
                    break;
                case ']':
                    isInside = false;
                    break;
                case '>' when !isInside:
                    return index + 1;
            }
        }

        return -1;
    }

    private static string NameAt(string text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.' or ':'))
        {
            end++;
        }

        return text.Substring(start, end - start);
    }
}

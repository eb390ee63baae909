namespace Dmarc.Standards.Spf;

/// <summary>Reads macro strings (RFC 7208 §7.1). The length of the text limits the number of parts.</summary>
internal static class MacroParser
{
    private const string DomainLetters = "slodipvh";
    private const string ExplanationLetters = DomainLetters + "crt";
    private const string Delimiters = ".-+,/_=";

    /// <summary>Reads an explanation, which also allows spaces and three more letters.</summary>
    /// <returns>Null for a syntax error.</returns>
    public static MacroString? ReadExplanation(string text) =>
        TryRead(text, 0, text.Length, ExplanationLetters, true, out MacroString? result, out _) ? result : null;

    /// <summary>Reads a <c>macro-string</c>.</summary>
    /// <param name="text">The whole record.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="result">The parsed string.</param>
    /// <param name="error">The position of the first error in the record.</param>
    public static bool TryReadString(string text, int start, int end, out MacroString? result, out int error) =>
        TryRead(text, start, end, DomainLetters, false, out result, out error);

    /// <summary>
    /// True if a macro string is also a <c>domain-spec</c>: it ends in a macro, or in a dot and a top label that is not
    /// all digits (RFC 7208 §7.1).
    /// </summary>
    public static bool IsDomainSpec(MacroString value)
    {
        ReadOnlySpan<MacroPart> parts = value.Parts;
        if (parts.IsEmpty)
        {
            return false;
        }

        string text = value.Text;
        if (parts[parts.Length - 1].Letter != '\0' || EndsInPercentEscape(text))
        {
            return true;
        }

        int end = text[text.Length - 1] == '.' ? text.Length - 1 : text.Length;
        int start = end;
        while (start > 0 && text[start - 1] is not ('.' or '}' or '%'))
        {
            start--;
        }

        return start > 0 && text[start - 1] == '.' && IsTopLabel(text, start, end);
    }

    private static bool EndsInPercentEscape(string text)
    {
        // The percent signs before the last character: an odd number escapes it.
        int length = text.Length;
        if (length < 2 || text[length - 1] is not ('%' or '_' or '-'))
        {
            return false;
        }

        int signs = 0;
        while (signs < length - 1 && text[length - 2 - signs] == '%')
        {
            signs++;
        }

        return signs % 2 == 1;
    }

    private static bool IsTopLabel(string text, int start, int end)
    {
        if (end <= start || text[start] == '-' || text[end - 1] == '-')
        {
            return false;
        }

        bool distinct = false;
        for (int index = start; index < end; index++)
        {
            char character = text[index];
            if (character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-')
            {
                distinct = true;
            }
            else if (character is not (>= '0' and <= '9'))
            {
                return false;
            }
        }

        return distinct;
    }

    private static bool TryRead(string text, int start, int end, string letters, bool spaces, out MacroString? result, out int error)
    {
        result = null;
        error = start;
        int percent = text.IndexOf('%', start, end - start);
        if (percent < 0)
        {
            if (!IsLiteral(text, start, end, spaces, out error))
            {
                return false;
            }

            string literal = text.Substring(start, end - start);
            result = new MacroString(literal, literal.Length == 0 ? [] : [new MacroPart(literal)]);
            return true;
        }

        List<MacroPart> parts = [];
        StringBuilder pending = new();
        int index = start;
        while (index < end)
        {
            error = index;
            char character = text[index];
            if (character != '%')
            {
                if (!IsLiteral(text, index, index + 1, spaces, out error))
                {
                    return false;
                }

                pending.Append(character);
                index++;
                continue;
            }

            if (index + 1 >= end)
            {
                return false;
            }

            switch (text[index + 1])
            {
                case '%':
                    pending.Append('%');
                    index += 2;
                    break;
                case '_':
                    pending.Append(' ');
                    index += 2;
                    break;
                case '-':
                    pending.Append("%20");
                    index += 2;
                    break;
                case '{' when TryReadMacro(text, index + 2, end, letters, out MacroPart part, out int after):
                    Flush(pending, parts);
                    parts.Add(part);
                    index = after;
                    break;
                default:
                    return false;
            }
        }

        Flush(pending, parts);
        result = new MacroString(text.Substring(start, end - start), [.. parts]);
        return true;
    }

    private static void Flush(StringBuilder pending, List<MacroPart> parts)
    {
        if (pending.Length > 0)
        {
            parts.Add(new MacroPart(pending.ToString()));
            pending.Clear();
        }
    }

    private static bool IsLiteral(string text, int start, int end, bool spaces, out int error)
    {
        for (error = start; error < end; error++)
        {
            if (text[error] is not (>= '!' and <= '~') && !(spaces && text[error] == ' '))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadMacro(string text, int start, int end, string letters, out MacroPart part, out int after)
    {
        part = default;
        after = start;
        if (start >= end)
        {
            return false;
        }

        char letter = (char)(text[start] | 0x20);
        if (letter is < 'a' or > 'z' || letters.IndexOf(letter) < 0)
        {
            return false;
        }

        int index = start + 1;
        int keep = 0;
        int digits = index;
        while (index < end && text[index] is >= '0' and <= '9')
        {
            keep = Math.Min((keep * 10) + (text[index++] - '0'), 1_000_000);
        }

        if (index > digits && keep == 0)
        {
            return false;
        }

        bool reverses = index < end && text[index] is ('r' or 'R');
        if (reverses)
        {
            index++;
        }

        int delimiters = index;
        while (index < end && Delimiters.IndexOf(text[index]) >= 0)
        {
            index++;
        }

        if (index >= end || text[index] != '}')
        {
            return false;
        }

        string splitAt = index == delimiters ? "." : text.Substring(delimiters, index - delimiters);
        part = new MacroPart(splitAt, letter, text[start] is >= 'A' and <= 'Z', keep, reverses);
        after = index + 1;
        return true;
    }
}

using System.Globalization;
using System.Text;

namespace Dmarc.Advice.Audit.Bulk;

/// <summary>One line of JSON: just enough to read one member of its object.</summary>
internal static class JsonLine
{
    /// <summary>The text of a member of an object; null if the line is no whole object, or has no such member with a text.</summary>
    public static string? Member(string json, string name)
    {
        string? value = null;
        int depth = 0;
        int at = 0;
        while (at < json.Length)
        {
            char character = json[at];
            if (depth == 0 && (at > 0 ? !char.IsWhiteSpace(character) : character != '{'))
            {
                return null;
            }

            if (character is '{' or '[')
            {
                depth++;
            }
            else if (character is '}' or ']')
            {
                depth--;
            }
            else if (character == '"')
            {
                if (ReadText(json, ref at) is not string text)
                {
                    return null;
                }

                if (depth == 1 && text == name && IsMember(json, ref at))
                {
                    value = ReadText(json, ref at);
                    if (value is null)
                    {
                        return null;
                    }
                }

                continue;
            }

            at++;
        }

        return depth == 0 ? value : null;
    }

    /// <summary>Goes on to the text after a colon; false where none follows.</summary>
    private static bool IsMember(string json, ref int at)
    {
        int next = SkipSpace(json, at);
        if (next >= json.Length || json[next] != ':')
        {
            return false;
        }

        next = SkipSpace(json, next + 1);
        at = next;
        return next < json.Length && json[next] == '"';
    }

    private static int SkipSpace(string json, int at)
    {
        while (at < json.Length && json[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads a text and goes on behind it; null where it does not end.</summary>
    private static string? ReadText(string json, ref int at)
    {
        int start = ++at;
        StringBuilder? text = null;
        for (; at < json.Length; at++)
        {
            if (json[at] == '"')
            {
                string value = text?.ToString() ?? json.Substring(start, at - start);
                at++;
                return value;
            }

            if (json[at] != '\\')
            {
                text?.Append(json[at]);
                continue;
            }

            text ??= new StringBuilder(json, start, at - start, Math.Max(16, at - start));
            at++;
            if (at < json.Length && !TryAppendEscape(json, ref at, text))
            {
                return null;
            }
        }

        return null;
    }

    private static bool TryAppendEscape(string json, ref int at, StringBuilder text)
    {
        if (json[at] == 'u')
        {
            if (at + 4 >= json.Length
                || !int.TryParse(json.Substring(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
            {
                return false;
            }

            text.Append((char)code);
            at += 4;
            return true;
        }

        text.Append(json[at] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', char other => other });
        return true;
    }
}

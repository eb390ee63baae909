namespace Dmarc.Mail;

/// <summary>A field value with parameters, such as <c>text/plain; charset=utf-8</c> (RFC 2045 §5.1).</summary>
public sealed class ParameterizedValue
{
    private readonly Dictionary<string, string> _parameters;

    private ParameterizedValue(string value, Dictionary<string, string> parameters)
    {
        Value = value;
        _parameters = parameters;
    }

    /// <summary>The value before the parameters, without comments; may be empty.</summary>
    public string Value { get; }

    /// <summary>The names of the parameters.</summary>
    public IReadOnlyCollection<string> ParameterNames => _parameters.Keys;

    /// <summary>A parameter (RFC 2231), joined and decoded, including encoded words; null if missing.</summary>
    /// <param name="name">The name, in any letter case.</param>
    public string? GetParameter(string name) => name is not null && _parameters.TryGetValue(name, out string? value) ? value : null;

    /// <summary>
    /// Reads a value. Nothing is refused: an unquoted value with spaces ends at the next semicolon, an unclosed quoted
    /// one at the end, and the first of two parameters with one name counts.
    /// </summary>
    /// <param name="text">The unfolded value; null yields an empty one.</param>
    public static ParameterizedValue Parse(string? text)
    {
        string source = text ?? "";
        int position = 0;
        string value = ReadPart(source, ref position, ";", out _).Trim();
        List<(string Name, string Value, bool Quoted)> raw = [];
        while (position < source.Length && raw.Count < MailLimits.Parameters)
        {
            position++;
            string name = ReadPart(source, ref position, "=;", out _).Trim();
            if (position < source.Length && source[position] == '=')
            {
                position++;
                string parameter = ReadPart(source, ref position, ";", out bool quoted);
                raw.Add((name, quoted ? parameter : parameter.Trim(), quoted));
            }
        }

        return new ParameterizedValue(value, Combine(raw));
    }

    /// <summary>The value and its parameters.</summary>
    public override string ToString() =>
        string.Join("; ", new[] { Value }.Concat(_parameters.Select(pair => pair.Key + "=\"" + pair.Value + "\"")));

    private static string ReadPart(string source, ref int position, string ends, out bool quoted)
    {
        StringBuilder builder = new();
        quoted = false;
        while (position < source.Length && ends.IndexOf(source[position]) < 0)
        {
            char character = source[position];
            if (character == '"')
            {
                if (!quoted && string.IsNullOrWhiteSpace(builder.ToString()))
                {
                    builder.Clear();
                }

                quoted = true;
                position++;
                ReadQuoted(source, ref position, builder);
            }
            else if (character == '(' && !quoted
                && (builder.Length == 0 || char.IsWhiteSpace(builder[builder.Length - 1])))
            {
                SkipComment(source, ref position);
            }
            else
            {
                if (!quoted || character is not (' ' or '\t'))
                {
                    builder.Append(character);
                }

                position++;
            }
        }

        return builder.ToString();
    }

    private static void ReadQuoted(string source, ref int position, StringBuilder builder)
    {
        while (position < source.Length)
        {
            char character = source[position++];
            if (character == '"')
            {
                return;
            }

            // A backslash escapes only these; otherwise it belongs to a file name.
            if (character == '\\' && position < source.Length && source[position] is '"' or '\\')
            {
                character = source[position++];
            }

            builder.Append(character);
        }
    }

    private static void SkipComment(string source, ref int position)
    {
        int depth = 0;
        while (position < source.Length)
        {
            char character = source[position++];
            if (character == '\\')
            {
                position++;
            }
            else if (character == '(')
            {
                depth++;
            }
            else if (character == ')' && --depth == 0)
            {
                break;
            }
        }

        position = Math.Min(position, source.Length);
    }

    /// <summary>Joins the numbered pieces of RFC 2231 §3.</summary>
    private static Dictionary<string, string> Combine(List<(string Name, string Value, bool Quoted)> raw)
    {
        Dictionary<string, string> parameters = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, SortedDictionary<int, (string Value, bool Encoded)>> pieces = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value, bool _) in raw)
        {
            int star = name.IndexOf('*');
            if (star < 0)
            {
                if (name.Length > 0 && !parameters.ContainsKey(name))
                {
                    parameters.Add(name, EncodedWords.Decode(value));
                }

                continue;
            }

            string baseName = name.Substring(0, star);
            string rest = name.Substring(star + 1);
            bool encoded = rest.Length == 0 || rest[rest.Length - 1] == '*';
            string number = rest.TrimEnd('*');
            int index = 0;
            if (baseName.Length > 0
                && (number.Length == 0
                    || int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            {
                if (!pieces.TryGetValue(baseName, out SortedDictionary<int, (string, bool)>? list))
                {
                    list = [];
                    pieces.Add(baseName, list);
                }

                list[index] = (value, encoded);
            }
        }

        foreach (KeyValuePair<string, SortedDictionary<int, (string Value, bool Encoded)>> pair in pieces)
        {
            // If a sender gives both forms, the extended one is better.
            parameters[pair.Key] = Join(pair.Value);
        }

        return parameters;
    }

    private static string Join(SortedDictionary<int, (string Value, bool Encoded)> pieces)
    {
        string? charset = null;
        List<byte> bytes = [];
        bool first = true;
        foreach (KeyValuePair<int, (string Value, bool Encoded)> piece in pieces)
        {
            string value = piece.Value.Value;
            if (first && piece.Value.Encoded)
            {
                int quote = value.IndexOf('\'');
                int second = quote < 0 ? -1 : value.IndexOf('\'', quote + 1);
                if (second >= 0)
                {
                    charset = value.Substring(0, quote);
                    value = value.Substring(second + 1);
                }
            }

            first = false;
            EncodedWords.AppendEscaped(bytes, value, piece.Value.Encoded ? '%' : null);
        }

        return Charsets.Decode(charset, bytes.ToArray());
    }
}

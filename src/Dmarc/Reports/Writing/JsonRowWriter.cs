namespace Dmarc.Reports.Writing;

/// <summary>
/// Writes an object for each row, one per line; optionally as the items of one array. Every object has all fields of
/// its kind. Characters that control a terminal are escaped as JSON allows, so that the values are unchanged.
/// </summary>
internal sealed class JsonRowWriter(bool array) : RowWriter
{
    private const char Replacement = '\uFFFD';

    private readonly Dictionary<ExportSchema, string[]> _names = [];
    private bool _any;

    public override void Write(TextBuffer text, ExportSchema schema, object row)
    {
        if (array)
        {
            text.Append(_any ? ",\n" : "[\n");
        }

        _any = true;
        string[] names = Names(schema);
        for (int field = 0; field < names.Length; field++)
        {
            text.Append(names[field]);
            Value(text, schema.Get(row, field));
        }

        text.Append(array ? "}" : "}\n");
    }

    public override void Complete(TextBuffer text)
    {
        if (array)
        {
            text.Append(_any ? "\n]\n" : "[]\n");
        }
    }

    /// <summary>The names with all text before a value.</summary>
    private string[] Names(ExportSchema schema)
    {
        if (!_names.TryGetValue(schema, out string[]? names))
        {
            names = [.. schema.Names.Select((name, index) => (index == 0 ? "{\"" : ",\"") + name + "\":")];
            _names[schema] = names;
        }

        return names;
    }

    private static void Value(TextBuffer text, ExportValue value)
    {
        switch (value.Kind)
        {
            case ExportKind.Text:
                Text(text, value.Text);
                break;
            case ExportKind.Number:
                text.Append(value.Number);
                break;
            case ExportKind.Truth:
                text.Append(value.Truth ? "true" : "false");
                break;
            case ExportKind.Time:
                text.Append('"').Append(value.Time).Append('"');
                break;
            case ExportKind.Texts:
                text.Append('[');
                for (int index = 0; index < value.Texts.Count; index++)
                {
                    if (index > 0)
                    {
                        text.Append(',');
                    }

                    Text(text, value.Texts[index]);
                }

                text.Append(']');
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void Text(TextBuffer text, string value)
    {
        text.Append('"').Append(Escape(value)).Append('"');
    }

    /// <summary><see cref="PrintableText"/> uses the escapes of JSON.</summary>
    private static string Escape(string value)
    {
        bool plain = true;
        foreach (char character in value)
        {
            if (character is < ' ' or > '~' or '"' or '\\')
            {
                plain = false;
                break;
            }
        }

        return plain ? value : PrintableText.Escape(WholeCharacters(value.Replace("\\", "\\\\").Replace("\"", "\\\"")));
    }

    /// <summary>Unpaired surrogates and the null character, which loaders refuse, are replaced.</summary>
    private static string WholeCharacters(string value)
    {
        char[]? whole = null;
        for (int index = 0; index < value.Length; index++)
        {
            if (char.IsHighSurrogate(value[index]) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(value[index]) || value[index] == '\0')
            {
                whole ??= value.ToCharArray();
                whole[index] = Replacement;
            }
        }

        return whole is null ? value : new string(whole);
    }
}

namespace Dmarc.Text;

/// <summary>
/// The fields after the version of an MTA-STS or TLS reporting record (RFC 8461 §3.1, RFC 8460 §3): names and values
/// joined by equals signs, separated by semicolons. Both grammars have the same extension fields.
/// </summary>
internal sealed class RecordFields
{
    private const int MaximumName = 32;

    private readonly List<(string Name, string Value)> _fields = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _repeated = [];

    /// <summary>The number of occurrences of each name. The version, which begins the record, counts once.</summary>
    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal) { ["v"] = 1 };

    private RecordFields()
    {
    }

    /// <summary>Text that does not fit the grammar, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>
    /// The names that are repeated, each once. Both grammars allow repetition and neither standard says which field
    /// then counts, so the reader of the record must report it.
    /// </summary>
    public IReadOnlyList<string> Repeated => _repeated;

    /// <summary>The value of the first field with this name, which is case-sensitive; null if there is none.</summary>
    public string? this[string name] => _fields.Find(field => field.Name == name).Value;

    /// <summary>Reads a record.</summary>
    /// <param name="record">The record, which begins with its version.</param>
    /// <param name="ownField">The field whose value has its own rules.</param>
    public static RecordFields Parse(string record, string ownField)
    {
        RecordFields result = new();
        TagReader parts = new(record);
        parts.Read();
        while (parts.Read())
        {
            if (!parts.IsEmpty)
            {
                result.Add(parts, ownField);
            }
            else if (!parts.IsLast)
            {
                result._problems.Add(Strings.Record_FieldEmpty);
            }
        }

        return result;
    }

    private void Add(TagReader part, string ownField)
    {
        int equals = part.EqualsSign;
        if (equals < 0)
        {
            Note(Strings.Record_FieldWithoutEquals, part.Part);
            return;
        }

        int nameEnd = part.NameEnd(equals);
        int valueStart = part.ValueStart(equals);
        string name = part.Text.Substring(part.Start, nameEnd - part.Start);
        string value = part.Text.Substring(valueStart, part.End - valueStart);
        if (nameEnd < equals || valueStart > equals + 1)
        {
            Note(Strings.Record_FieldSpace, part.Part);
        }
        else if (!IsName(name))
        {
            // There is no usable name.
            Note(Strings.Record_FieldName, part.Part);
            return;
        }
        else if (name != ownField && !IsValue(value))
        {
            string problem = string.Equals(name, ownField, StringComparison.OrdinalIgnoreCase)
                ? Strings.Record_FieldCase
                : Strings.Record_FieldValue;
            Note(problem, part.Part);
        }

        int times = _times.TryGetValue(name, out int before) ? before + 1 : 1;
        _times[name] = times;
        if (times == 2)
        {
            _repeated.Add(name);
        }

        _fields.Add((name, value));
    }

    private void Note(string format, string part) => _problems.Add(Sentences.Insert(format,
        PrintableText.Shorten(part)));

    /// <summary>A letter or digit, then up to 31 of these and <c>_</c>, <c>-</c>, <c>.</c></summary>
    private static bool IsName(string name) => name.Length is > 0 and <= MaximumName
        && IsLetterOrDigit(name[0])
        && name.All(character => IsLetterOrDigit(character) || character is '_' or '-' or '.');

    /// <summary>Printable ASCII except <c>=</c> and <c>;</c></summary>
    private static bool IsValue(string value) => value.Length > 0 && value.All(character => character is > ' ' and <= '~' and not '=');

    private static bool IsLetterOrDigit(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}

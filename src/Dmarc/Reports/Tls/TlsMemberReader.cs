namespace Dmarc.Reports.Tls;

/// <summary>
/// Reads members, lists and texts from untrusted JSON in any form, and counts the kept amount: a report is held until
/// it is complete, and a small file may unpack to any number of long texts.
/// </summary>
internal sealed class TlsMemberReader(JsonTokenReader json, ReportReadLimits limits, CancellationToken cancellationToken)
{
    private long _held;

    /// <summary>The number of entries left out since it was last set to 0.</summary>
    public int Dropped { get; set; }

    /// <summary>True if invisible characters were removed from a name since it was last set to false.</summary>
    public bool HasNameMarks { get; set; }

    /// <summary>True once a report member was found inside a value that is kept as text.</summary>
    public bool HasMembersInside { get; private set; }

    /// <summary>Opens JSON within the limits for reports.</summary>
    /// <param name="input">The JSON.</param>
    /// <param name="maximumText">The maximum number of characters kept of a text.</param>
    /// <param name="maximumDepth">The maximum nesting of objects and arrays.</param>
    public static JsonTokenReader Open(TextReader input, int maximumText, int maximumDepth) => new(
        input,
        maximumText,
        maximumDepth,
        () => new ReportLimitException(nameof(ReportReadLimits.MaxXmlDepth), maximumDepth, Strings.Reports_Limit_XmlDepth));

    /// <summary>The members of the next object, by name; each value must be read before the next member.</summary>
    public IEnumerable<string> Members()
    {
        json.Read();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (json.Peek())
            {
                case JsonToken.EndObject:
                    json.Read();
                    yield break;
                case JsonToken.End or JsonToken.EndArray:
                    yield break;
                case JsonToken.Name:
                    json.Read();
                    string name = json.Text;
                    if (json.Peek() is JsonToken.EndObject or JsonToken.Name or JsonToken.End)
                    {
                        // A name without a value.
                        continue;
                    }

                    yield return name;
                    break;
                default:
                    json.Skip();
                    break;
            }
        }
    }

    /// <summary>The items of the next array, or a single value instead; each must be read before the next.</summary>
    public IEnumerable<JsonToken> Items()
    {
        if (json.Peek() != JsonToken.StartArray)
        {
            yield return json.Peek();
            yield break;
        }

        json.Read();
        while (json.Peek() is not (JsonToken.EndArray or JsonToken.End or JsonToken.EndObject))
        {
            yield return json.Peek();
        }

        if (json.Peek() == JsonToken.EndArray)
        {
            json.Read();
        }
    }

    /// <summary>The texts of the next array, or a single text instead; empty ones are left out.</summary>
    public PrintableList<string> Texts()
    {
        List<string> texts = [];
        foreach (JsonToken token in Items())
        {
            if (texts.Count < limits.MaxEntriesPerRecord)
            {
                texts.Add(Text());
            }
            else
            {
                Dropped++;
                json.Skip();
            }
        }

        return texts.Where(text => text.Length > 0).ToPrintableList();
    }

    /// <summary>Microsoft writes TLSA records as an array that is a text within an array.</summary>
    public PrintableList<string> Unpack(PrintableList<string> texts)
    {
        if (texts.Count != 1 || !texts[0].StartsWith("[", StringComparison.Ordinal))
        {
            return texts;
        }

        JsonTokenReader inner = Open(new StringReader(texts[0]), limits.MaxValueLength, 2);
        List<string> unpacked = [];
        inner.Read();
        while (inner.Peek() == JsonToken.Text && unpacked.Count < limits.MaxEntriesPerRecord)
        {
            inner.Read();
            unpacked.Add(inner.Text);
        }

        return unpacked.Count > 0
            && inner.Read() == JsonToken.EndArray
            && inner.DamagedLine == 0
            && inner.CutOffLine == 0
            ? unpacked.ToPrintableList()
            : texts;
    }

    /// <summary>A value as text; for an object or array its joined texts.</summary>
    /// <exception cref="ReportLimitException">The texts of the report exceed the limit.</exception>
    public string Text() => Weigh(ReadText());

    /// <summary>A value as the name of a domain or host, without invisible characters.</summary>
    /// <exception cref="ReportLimitException">The texts of the report exceed the limit.</exception>
    public string Name()
    {
        string text = Text();
        HasNameMarks |= InvisibleText.RemoveFrom(ref text);
        return text;
    }

    /// <summary>Counts a text that is held until the report is complete.</summary>
    /// <exception cref="ReportLimitException">The texts of the report exceed the limit.</exception>
    public string Weigh(string text)
    {
        _held += text.Length * sizeof(char);
        return _held <= limits.MaxHeldBytes
            ? text
            : throw new ReportLimitException(nameof(ReportReadLimits.MaxHeldBytes), limits.MaxHeldBytes, Strings.Reports_Limit_TlsTexts);
    }

    /// <summary>Resets the count for another report.</summary>
    public void Forget() => _held = 0;

    private string ReadText()
    {
        if (json.Peek() is JsonToken.Text or JsonToken.Literal or JsonToken.Null)
        {
            json.Read();
            return json.Text.Trim();
        }

        if (json.Peek() is not (JsonToken.StartObject or JsonToken.StartArray))
        {
            return "";
        }

        const int MaximumLength = 1024;
        StringBuilder text = new();
        int depth = json.Depth;
        do
        {
            JsonToken token = json.Read();
            HasMembersInside |= token == JsonToken.Name && TlsMembers.PartOf(Fold(json.Text)) != TlsPart.None;
            if (token is JsonToken.Name or JsonToken.Text or JsonToken.Literal && text.Length < MaximumLength)
            {
                text.Append(text.Length == 0 ? "" : token == JsonToken.Name ? ", " : " ")
                    .Append(json.Text)
                    .Append(token == JsonToken.Name ? ":" : "");
            }

            if (token == JsonToken.End)
            {
                break;
            }
        }
        while (json.Depth >= depth);

        return text.Length > MaximumLength ? text.ToString(0, MaximumLength) : text.ToString();
    }

    /// <summary>A name without case and separators: <c>policy-type</c> and <c>policyType</c> are equal.</summary>
    public static string Fold(string name)
    {
        StringBuilder folded = new();
        foreach (char character in name.Length > 64 ? name.Substring(0, 64) : name)
        {
            if (character is not ('-' or '_' or ' '))
            {
                folded.Append(char.ToLower(character, CultureInfo.InvariantCulture));
            }
        }

        return folded.ToString();
    }
}

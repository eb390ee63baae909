namespace Dmarc.Standards.Dmarc;

/// <summary>Reads the tags of a record: names in lower case, parts without equals signs (RFC 9989 §4.8).</summary>
internal ref struct DmarcTagReader(string text)
{
    private readonly string _text = text;
    private TagReader _parts = new(text);

    /// <inheritdoc cref="TagReader.Start"/>
    public readonly int Start => _parts.Start;

    /// <inheritdoc cref="TagReader.End"/>
    public readonly int End => _parts.End;

    /// <inheritdoc cref="TagReader.IsLast"/>
    public readonly bool IsLast => _parts.IsLast;

    /// <inheritdoc cref="TagReader.Read"/>
    public bool Read() => _parts.Read();

    /// <summary>The current part as a tag.</summary>
    public readonly DmarcTag ToTag()
    {
        int equals = _parts.EqualsSign;
        ReadOnlySpan<char> written = _text.AsSpan(Start, _parts.NameEnd(equals) - Start);
        string name = DmarcTags.Find(written) ?? Lower(written);
        if (equals < 0)
        {
            return new DmarcTag(name, null, Start, End);
        }

        int value = _parts.ValueStart(equals);
        return new DmarcTag(name, _text.Substring(value, End - value), Start, value);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "Tags are written in lower case.")]
    private static string Lower(ReadOnlySpan<char> text) => text.ToString().ToLowerInvariant();
}

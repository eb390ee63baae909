namespace Dmarc.Mail;

/// <summary>One header field with its original bytes, which signatures cover.</summary>
public sealed class MailHeader
{
    private readonly int _nameLength;
    private readonly int _colon;
    private string? _name;
    private string? _value;
    private string? _decodedValue;

    internal MailHeader(ReadOnlyMemory<byte> raw, int nameLength, int colon, int position, int index)
    {
        Raw = raw;
        _nameLength = nameLength;
        _colon = colon;
        Position = position;
        Index = index;
    }

    /// <summary>The name as written.</summary>
    public string Name => _name ??= Charsets.GetString(Encoding.ASCII, Raw.Slice(0, _nameLength));

    /// <summary>The name's bytes.</summary>
    public ReadOnlyMemory<byte> RawName => Raw.Slice(0, _nameLength);

    /// <summary>The whole field as written: name, colon, value, folds, and the line end if there is one.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The bytes after the colon, including folds and line end.</summary>
    public ReadOnlyMemory<byte> RawValue => Raw.Slice(_colon + 1);

    /// <summary>
    /// The unfolded value (RFC 5322 §2.2.3) without surrounding white space. Decoded as UTF-8 if valid, otherwise as
    /// Windows-1252.
    /// </summary>
    public string Value => _value ??= Unfold(Charsets.DecodeLenient(RawValue));

    /// <summary>The <see cref="Value"/> with its encoded words decoded (RFC 2047).</summary>
    public string DecodedValue => _decodedValue ??= EncodedWords.Decode(Value);

    /// <summary>Where the field begins, in bytes from the beginning of the input.</summary>
    public int Position { get; }

    /// <summary>The index of the field, from 0 at the top.</summary>
    public int Index { get; }

    /// <summary>True if the field has this name, in any letter case.</summary>
    /// <param name="name">The name without the colon.</param>
    public bool IsNamed(string name) => name is not null && AsciiBytes.EqualsIgnoreCase(RawName.Span, name);

    /// <summary>The field in one line.</summary>
    public override string ToString() => Name + ": " + Value;

    private static string Unfold(string text)
    {
        if (text.IndexOf('\n') < 0 && text.IndexOf('\r') < 0)
        {
            return text.Trim();
        }

        StringBuilder builder = new(text.Length);
        foreach (char character in text)
        {
            if (character is not ('\r' or '\n'))
            {
                builder.Append(character);
            }
        }

        return builder.ToString().Trim();
    }
}

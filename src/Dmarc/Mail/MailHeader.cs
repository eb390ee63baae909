using System.Text;
using Dmarc.Text;

namespace Dmarc.Mail;

/// <summary>One header field, with the bytes that it was written in: signatures are made over those.</summary>
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

    /// <summary>The name as it is written.</summary>
    public string Name => _name ??= Charsets.GetString(Encoding.ASCII, Raw.Slice(0, _nameLength));

    /// <summary>The name's bytes.</summary>
    public ReadOnlyMemory<byte> RawName => Raw.Slice(0, _nameLength);

    /// <summary>The whole field as it is written: name, colon, value, folds, and the line end where there is one.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>What stands after the colon, folds and line end included.</summary>
    public ReadOnlyMemory<byte> RawValue => Raw.Slice(_colon + 1);

    /// <summary>
    /// The value unfolded (RFC 5322 §2.2.3) and without white space at its ends. Read as UTF-8 where it is, otherwise as
    /// Windows-1252.
    /// </summary>
    public string Value => _value ??= Unfold(Charsets.DecodeLenient(RawValue));

    /// <summary>The <see cref="Value"/> with its encoded words read (RFC 2047).</summary>
    public string DecodedValue => _decodedValue ??= EncodedWords.Decode(Value);

    /// <summary>Where the field begins, in bytes from the beginning of what was read.</summary>
    public int Position { get; }

    /// <summary>The how manieth field it is, from 0 at the top.</summary>
    public int Index { get; }

    /// <summary>True if the field has this name, in any case of letters.</summary>
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

namespace Dmarc.Standards.Dmarc;

/// <summary>One tag of a record, as written.</summary>
/// <param name="Name">The name in lower case: the part before <c>=</c>, or the whole tag without it.</param>
/// <param name="Value">The value without surrounding white space; null if the tag has no <c>=</c>.</param>
/// <param name="Position">The offset of the name in the record, from 0.</param>
/// <param name="ValuePosition">The offset of the value in the record, from 0.</param>
internal readonly record struct DmarcTag(string Name, string? Value, int Position, int ValuePosition)
{
    /// <summary>The current part of a record: its name in lower case, or all of it without an equals sign.</summary>
    public static DmarcTag Read(in TagReader part)
    {
        int equals = part.EqualsSign;
        ReadOnlySpan<char> written = part.Text.AsSpan(part.Start, part.NameEnd(equals) - part.Start);
        string name = DmarcTags.Find(written) ?? NameText.ToLower(written.ToString());
        int value = part.ValueStart(equals);
        return equals < 0
            ? new DmarcTag(name, null, part.Start, part.End)
            : new DmarcTag(name, part.Text.Substring(value, part.End - value), part.Start, value);
    }

    /// <summary>The tag as <c>name=value</c>.</summary>
    public override string ToString() => Value is null ? Name : Name + "=" + Value;
}

namespace Dmarc.Standards.Dmarc;

/// <summary>One tag of a record, as it was written.</summary>
/// <param name="Name">The name in lower case; the part before <c>=</c>, or the whole where there is none.</param>
/// <param name="Value">The value without the white space around it; null if the tag has no <c>=</c>.</param>
/// <param name="Position">Where the name begins in the record, from 0.</param>
/// <param name="ValuePosition">Where the value begins in the record, from 0.</param>
internal readonly record struct DmarcTag(string Name, string? Value, int Position, int ValuePosition)
{
    /// <summary>The tag as <c>name=value</c>.</summary>
    public override string ToString() => Value is null ? Name : Name + "=" + Value;
}

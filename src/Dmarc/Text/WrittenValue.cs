namespace Dmarc.Text;

/// <summary>
/// A value and the text that it was read from. Results show the value, and the text only if it says more: a word
/// outside the standard, or an invalid number or date.
/// </summary>
/// <typeparam name="T">A closed set, a number or a time, or one of these that may be absent.</typeparam>
internal readonly record struct WrittenValue<T>
{
    private readonly string? _text;

    /// <summary>A value that may omit part of its text.</summary>
    /// <param name="value">The meaning of the text.</param>
    /// <param name="text">The text as written; empty if there is none.</param>
    /// <param name="saysAll">True if the value expresses the whole text.</param>
    public WrittenValue(T value, string text, bool saysAll)
    {
        Value = value;
        _text = text;
        SaysAll = saysAll;
    }

    /// <summary>The meaning of the text.</summary>
    public T Value { get; }

    /// <summary>The text as written; empty if there is none.</summary>
    public string Text => _text ?? "";

    /// <summary>True if the value expresses the whole text.</summary>
    public bool SaysAll { get; }

    /// <summary>True if there is a text.</summary>
    public bool IsPresent => Text.Length > 0;

    /// <summary>The text if the value does not express all of it; otherwise empty.</summary>
    public string OtherText => SaysAll ? "" : Text;

    /// <summary>A value that was not read from a text.</summary>
    public static implicit operator WrittenValue<T>(T value) => new(value, "", saysAll: true);

    /// <summary>This value, or another one if this one has no text.</summary>
    public WrittenValue<T> Or(WrittenValue<T> other) => IsPresent ? this : other;

    /// <summary>The text as written.</summary>
    public override string ToString() => Text;
}

/// <summary>Makes values with the text that they were read from.</summary>
internal static class WrittenValue
{
    /// <summary>A word of a closed set; any other word becomes the first member.</summary>
    public static WrittenValue<T> Word<T>(T value, string text)
        where T : struct, Enum => new(value, text, !EqualityComparer<T>.Default.Equals(value, default));

    /// <summary>A word of a closed set; any other word becomes the first member; null if there is none.</summary>
    public static WrittenValue<T?> Word<T>(T? value, string text)
        where T : struct, Enum => new(value, text, !EqualityComparer<T>.Default.Equals(value.GetValueOrDefault(), default));

    /// <summary>A number, a time or a Boolean; null if the text is not one.</summary>
    public static WrittenValue<T?> Optional<T>(T? value, string text)
        where T : struct => new(value, text, value is not null);
}

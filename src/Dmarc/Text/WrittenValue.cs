namespace Dmarc.Text;

/// <summary>
/// A value and the text that it was read from. Results show the value, and the text only where that says more: a word that
/// no standard has, or a number or date that cannot be read.
/// </summary>
/// <typeparam name="T">A closed set, a number or a time, or one of these that may be absent.</typeparam>
internal readonly record struct WrittenValue<T>
{
    private readonly string? _text;

    /// <summary>A value that may leave out something of its text.</summary>
    /// <param name="value">What the text means.</param>
    /// <param name="text">The text as it was written; empty if nothing was.</param>
    /// <param name="saysAll">True if the value says all that the text does.</param>
    public WrittenValue(T value, string text, bool saysAll)
    {
        Value = value;
        _text = text;
        SaysAll = saysAll;
    }

    /// <summary>What the text means.</summary>
    public T Value { get; }

    /// <summary>The text as it was written; empty if nothing was.</summary>
    public string Text => _text ?? "";

    /// <summary>True if the value says all that the text does.</summary>
    public bool SaysAll { get; }

    /// <summary>True if anything was written.</summary>
    public bool IsPresent => Text.Length > 0;

    /// <summary>The text if the value does not say all of it; else empty.</summary>
    public string OtherText => SaysAll ? "" : Text;

    /// <summary>A value that was not read from a text.</summary>
    public static implicit operator WrittenValue<T>(T value) => new(value, "", saysAll: true);

    /// <summary>This value, or another where nothing was written for this one.</summary>
    public WrittenValue<T> Or(WrittenValue<T> other) => IsPresent ? this : other;

    /// <summary>The text as it was written.</summary>
    public override string ToString() => Text;
}

/// <summary>Makes values with the text that they were read from.</summary>
internal static class WrittenValue
{
    /// <summary>A word of a closed set, in which the first member stands for any other word.</summary>
    public static WrittenValue<T> Word<T>(T value, string text)
        where T : struct, Enum => new(value, text, !EqualityComparer<T>.Default.Equals(value, default));

    /// <summary>A word of a closed set, in which the first member stands for any other word; null if there is none.</summary>
    public static WrittenValue<T?> Word<T>(T? value, string text)
        where T : struct, Enum => new(value, text, !EqualityComparer<T>.Default.Equals(value.GetValueOrDefault(), default));

    /// <summary>A number, a time or a truth value; null if the text is none.</summary>
    public static WrittenValue<T?> Optional<T>(T? value, string text)
        where T : struct => new(value, text, value is not null);
}

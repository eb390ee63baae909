namespace Dmarc.Reports.Writing;

/// <summary>The kind of a field's value.</summary>
internal enum ExportKind
{
    Null,
    Text,
    Number,
    Truth,
    Time,
    Texts,
}

/// <summary>The value of a field, without boxing: a row has some forty, and there are millions of rows.</summary>
internal readonly struct ExportValue
{
    private readonly long _number;
    private readonly object? _reference;

    private ExportValue(ExportKind kind, long number, object? reference)
    {
        Kind = kind;
        _number = number;
        _reference = reference;
    }

    public ExportKind Kind { get; }

    public long Number => _number;

    public bool Truth => _number != 0;

    public DateTime Time => new(_number, DateTimeKind.Utc);

    public string Text => (string)_reference!;

    public IReadOnlyList<string> Texts => (IReadOnlyList<string>)_reference!;

    public static ExportValue Of(string? text) => text is null ? default : new ExportValue(ExportKind.Text, 0, text);

    public static ExportValue Of(long? number) => number is long value ? new ExportValue(ExportKind.Number, value, null) : default;

    public static ExportValue Of(bool? truth) => truth is bool value ? new ExportValue(ExportKind.Truth, value ? 1 : 0, null) : default;

    public static ExportValue Of(DateTime? time) =>
        time is DateTime value
            ? new ExportValue(
                ExportKind.Time, value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks, null)
            : default;

    public static ExportValue Of(DateTimeOffset? time) => time is DateTimeOffset value ? Of(value.UtcDateTime) : default;

    public static ExportValue Of<T>(IReadOnlyList<T> items, Func<T, string> text)
    {
        if (items.Count == 0)
        {
            return new ExportValue(ExportKind.Texts, 0, Array.Empty<string>());
        }

        string[] texts = new string[items.Count];
        for (int index = 0; index < texts.Length; index++)
        {
            texts[index] = text(items[index]);
        }

        return new ExportValue(ExportKind.Texts, 0, texts);
    }

    /// <summary>The standard's word for a member of an enumeration; null if missing in the report.</summary>
    public static ExportValue Of<T>(T? word)
        where T : struct, Enum => word is T value ? Of(ExportWords<T>.Get(value)) : default;
}

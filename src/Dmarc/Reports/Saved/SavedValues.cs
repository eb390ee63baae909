namespace Dmarc.Reports.Saved;

/// <summary>
/// Reads the properties of a saved object in their original types. The first missing or invalid property is the
/// problem; values read after it have no meaning.
/// </summary>
/// <param name="item">The object.</param>
/// <param name="culture">The culture of times in a table.</param>
/// <param name="strings">Shares equal texts.</param>
internal sealed class SavedValues(ISavedObject item, CultureInfo culture, StringPool strings)
{
    /// <summary>The cultures of times in <c>Export-Csv</c> other than the current one.</summary>
    private static readonly CultureInfo[] OtherCultures = [CultureInfo.InvariantCulture, new("en-US", useUserOverride: false)];

    /// <summary>Why the object cannot be restored; null if there is no problem.</summary>
    public SavedProblem? Problem { get; private set; }

    /// <summary>Restores an object; null if a property is missing or invalid.</summary>
    /// <param name="required">The required properties.</param>
    /// <param name="read">Reads the object if they exist.</param>
    public object? Restore(string[] required, Func<SavedValues, object> read)
    {
        Require(required);
        object? restored = Problem is null ? read(this) : null;
        return Problem is null ? restored : null;
    }

    /// <summary>The properties of an object in this one.</summary>
    public SavedValues Of(ISavedObject inner) => new(inner, culture, strings);

    /// <summary>One string for equal texts.</summary>
    public string Pooled(string text) => strings.Get(text.AsSpan());

    /// <summary>Records an invalid property.</summary>
    public void Fail(string name, object? value) => Problem ??= new SavedProblem(name, Show(value));

    /// <summary>An optional text; null if it is empty.</summary>
    public string? OptionalText(string name)
    {
        switch (item.Get(name))
        {
            case null:
                return null;
            case string text:
                return text.Length == 0 ? null : strings.Get(text.AsSpan());
            case IFormattable value:
                return value.ToString(null, CultureInfo.InvariantCulture);
            case object other:
                Fail(name, other);
                return null;
        }
    }

    /// <summary>An optional text; empty if missing.</summary>
    public string Text(string name) => OptionalText(name) ?? "";

    /// <summary>A text for which empty and missing differ, as far as the file distinguishes them.</summary>
    public string? TextOrNull(string name) => item.Get(name) is "" && !IsTable() ? "" : OptionalText(name);

    /// <summary>Records a problem for each missing property.</summary>
    public void Require(params string[] names)
    {
        foreach (string name in names)
        {
            if (!item.Has(name))
            {
                Problem ??= new SavedProblem(name, null);
            }
        }
    }

    /// <summary>An optional value; null if it is missing or, with a problem, invalid.</summary>
    private T? Optional<T>(string name, Func<object, T?> read)
        where T : struct
    {
        object? value = item.Get(name);
        T? result = value is null or "" ? null : read(value);
        if (value is not (null or "") && result is null)
        {
            Fail(name, value);
        }

        return result;
    }

    /// <summary>A required value.</summary>
    private T Required<T>(string name, T? value)
        where T : struct
    {
        if (value is null)
        {
            Fail(name, "");
        }

        return value.GetValueOrDefault();
    }

    /// <summary>An optional number.</summary>
    public long? OptionalNumber(string name) => Optional<long>(name, value => value switch
    {
        string text when long.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
        double or float or decimal when Convert.ToDecimal(value, CultureInfo.InvariantCulture) is var exact
            && exact == decimal.Truncate(exact) && exact is >= long.MinValue and <= long.MaxValue => (long)exact,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => null,
    });

    /// <summary>A required number.</summary>
    public long Number(string name) => Required(name, OptionalNumber(name));

    /// <summary>An optional Boolean.</summary>
    public bool? OptionalTruth(string name) => Optional<bool>(name, value => value switch
    {
        bool truth => truth,
        string text when bool.TryParse(text, out bool truth) => truth,
        _ => null,
    });

    /// <summary>An optional UTC time: ISO 8601, or in the current, invariant or English culture.</summary>
    public DateTimeOffset? OptionalTime(string name) => Optional<DateTimeOffset>(name, value => value switch
    {
        DateTimeOffset time => time,
        DateTime time => ToUtc(time),
        ISavedObject saved when saved.Has(nameof(DateTimeOffset.UtcDateTime))
            && saved.Get(nameof(DateTimeOffset.UtcDateTime)) is DateTime time => ToUtc(time),
        ISavedObject saved when saved.Has("DateTime") && saved.Get("DateTime") is DateTime time => ToUtc(time),
        string text when TryTime(text, out DateTimeOffset time) => time,
        _ => null,
    });

    /// <summary>An optional member of an enumeration, by name or number; null if missing.</summary>
    public T? OptionalMember<T>(string name)
        where T : struct, Enum => Optional<T>(name, value =>
            value is IConvertible
            && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text
            && Enum.TryParse(text, ignoreCase: true, out T member)
            && IsDefined(member)
                ? member
                : null);

    /// <summary>A required member of an enumeration.</summary>
    public T Member<T>(string name)
        where T : struct, Enum => Required(name, OptionalMember<T>(name));

    /// <summary>A required member of an enumeration with its word, or with its text if it has no meaning.</summary>
    /// <param name="name">The property; the property of the text has the suffix <c>Text</c>.</param>
    /// <param name="write">The word for a member.</param>
    public WrittenValue<T> Word<T>(string name, Func<T, string> write)
        where T : struct, Enum
    {
        T member = Member<T>(name);
        return WrittenValue.Word(member, WordOf(member, name, write));
    }

    /// <summary>The same for an optional member.</summary>
    /// <param name="name">The property; the property of the text has the suffix <c>Text</c>.</param>
    /// <param name="write">The word for a member.</param>
    public WrittenValue<T?> OptionalWord<T>(string name, Func<T, string> write)
        where T : struct, Enum
    {
        T? member = OptionalMember<T>(name);
        return member is { } known ? WrittenValue.Word(member, WordOf(known, name, write)) : default;
    }

    /// <summary>An optional time that reports contain in seconds.</summary>
    public WrittenValue<DateTime?> Seconds(string name) => OptionalTime(name)?.UtcDateTime is { } time
        ? WrittenValue.Optional<DateTime>(time, time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
        : default;

    private string WordOf<T>(T member, string name, Func<T, string> write)
        where T : struct, Enum => EqualityComparer<T>.Default.Equals(member, default) ? Text(name + "Text") : write(member);

    /// <summary>The items of a list: objects or texts. One text, as in a table, is split at separators.</summary>
    /// <param name="name">The property.</param>
    /// <param name="begins">Detects the beginning of an item, at which to split; null to split everywhere.</param>
    public IReadOnlyList<object> Items(string name, Func<string, bool>? begins = null)
    {
        object? value = item.Get(name);
        switch (value)
        {
            case null or "":
                return [];
            case string text:
                return Split(text, begins);
            case IReadOnlyList<object?> items:
                return [.. items.Where(one => one is not null).Select(one => one!)];
            default:
                return [value];
        }
    }

    /// <summary>The texts of a list.</summary>
    public PrintableList<string> Texts(string name) => Items(name).Select(one => one as string ?? Show(one) ?? "").ToPrintableList();

    /// <summary>True if the object has a finding of this kind, or the text of one, which may be in another language.</summary>
    public bool HasFinding(FindingDescriptor descriptor) => item.Get("Findings") is string all
        ? descriptor.IsIn(all)
        : Items("Findings").Any(one => one is ISavedObject saved
            ? saved.Get(nameof(Finding.Code)) as string == descriptor.Code
            : one is string text && descriptor.IsIn(text));

    /// <summary>The findings of the object, except those stored only as text.</summary>
    public PrintableList<Finding> Findings() => Items("Findings").OfType<ISavedObject>().Select(saved => new Finding(
        saved.Get(nameof(Finding.Code)) as string ?? "",
        Enum.TryParse(
            Convert.ToString(saved.Get(nameof(Finding.Severity)), CultureInfo.InvariantCulture), out Severity severity)
            ? severity
            : Severity.Information,
        saved.Get(nameof(Finding.Message)) as string ?? "")).ToPrintableList();

    /// <summary>True for a member or a combination of flags: its name is not a number.</summary>
    private static bool IsDefined<T>(T member)
        where T : struct, Enum => !char.IsDigit(member.ToString()[0]) && member.ToString()[0] != '-';

    /// <summary>True for a row of a table, in which all values are text and none is null.</summary>
    private bool IsTable() => item.Get("Count") is string;

    private static DateTimeOffset ToUtc(DateTime time) => time.Kind == DateTimeKind.Local
        ? new DateTimeOffset(time.ToUniversalTime())
        : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private bool TryTime(string text, out DateTimeOffset time)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (text.IndexOf(':') > 0 && ReportValueParser.IsoTime(text) is { } iso)
        {
            time = iso.ToUniversalTime();
            return true;
        }

        foreach (CultureInfo one in (IEnumerable<CultureInfo>)[culture, .. OtherCultures])
        {
            // Windows PowerShell and PowerShell 7 use different spaces before AM and PM.
            if (DateTimeOffset.TryParseExact(text.Replace('\u202F', ' '), Patterns(one), one, Styles, out time))
            {
                return true;
            }
        }

        time = default;
        return false;
    }

    private static string[] Patterns(CultureInfo culture)
    {
        DateTimeFormatInfo format = culture.DateTimeFormat;
        string time = (format.ShortDatePattern + " " + format.LongTimePattern).Replace('\u202F', ' ');
        return [time, time + " zzz"];
    }

    private static List<object> Split(string text, Func<string, bool>? begins)
    {
        const string Separator = "; ";
        List<object> items = [];
        foreach (string part in text.Split([Separator], StringSplitOptions.None))
        {
            if (items.Count > 0 && begins?.Invoke(part) == false)
            {
                items[items.Count - 1] += Separator + part;
            }
            else
            {
                items.Add(part);
            }
        }

        return items;
    }

    private static string? Show(object? value) => value switch
    {
        null => "",
        IReadOnlyList<object?> items => string.Join("; ", items.Select(Show)),
        IFormattable one => one.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

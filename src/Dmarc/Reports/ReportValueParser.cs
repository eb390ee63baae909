namespace Dmarc.Reports;

/// <summary>Parses the numbers and times of reports.</summary>
internal static class ReportValueParser
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // The last second of the year 2999.
    private const decimal LastSecond = 32503679999m;

    /// <summary>True for a number in smaller units, because as seconds it would be far in the future.</summary>
    public static bool IsFinerThanSeconds(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number > LastSecond;

    /// <summary>Parses a count: digits, or <c>12.0</c> without a fraction. <c>1.000</c> is ambiguous.</summary>
    public static bool TryCount(ReadOnlySpan<char> text, out long count)
    {
        count = 0;
        if (text.IsEmpty || text.Length > 19)
        {
            return false;
        }

        foreach (char character in text)
        {
            if (character is < '0' or > '9')
            {
                return TryWholeNumber(text, out count);
            }

            ulong next = ((ulong)count * 10) + (uint)(character - '0');
            if (next > long.MaxValue)
            {
                count = 0;
                return false;
            }

            count = (long)next;
        }

        return true;
    }

    /// <summary>Parses a JSON number (RFC 8259 §6) of sessions: numbers with an exponent can be integers too.</summary>
    public static bool TryJsonCount(string text, out long count)
    {
        if (TryCount(text.AsSpan(), out count))
        {
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        decimal number = 0;
        bool isWhole = text.IndexOfAny(['e', 'E']) > 0
            && text.Length <= 40
            && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number)
            && number == decimal.Truncate(number)
            && number is >= 0 and <= long.MaxValue;
        count = isWhole ? (long)number : 0;
        return isWhole;
    }

    /// <summary>
    /// Parses a time: seconds since 1970 (also with a fraction), or an ISO 8601 date and time. A number too large for
    /// seconds in the next thousand years is read as milliseconds, microseconds or nanoseconds.
    /// </summary>
    public static WrittenValue<DateTime?> Time(string text) => WrittenValue.Optional(ReadTime(text), text);

    /// <summary>An ISO 8601 time, in UTC by default; null for any other text.</summary>
    public static DateTimeOffset? IsoTime(string text) =>
        text.IndexOf('-') == 4
            && DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : null;

    private static DateTime? ReadTime(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds))
        {
            while (seconds > LastSecond)
            {
                if (seconds > LastSecond * 1_000_000_000)
                {
                    return null;
                }

                seconds /= 1000;
            }

            return Epoch.AddSeconds((double)decimal.Floor(seconds));
        }

        return text.IndexOf('-') == 4
            && DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTime time)
            ? time
            : null;
    }

    private static bool TryWholeNumber(ReadOnlySpan<char> text, out long count)
    {
        count = 0;
        if (!decimal.TryParse(text.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number != decimal.Truncate(number)
            || text.Length - text.IndexOf('.') == 4)
        {
            return false;
        }

        count = (long)number;
        return true;
    }
}

namespace Dmarc.Standards.AuthenticationResults;

/// <summary>The date format of RFC 5322 §3.3, including obsolete time zones.</summary>
internal static class ReceivedDate
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>Reads a date and skips comments in it. Null if it is invalid.</summary>
    public static DateTimeOffset? Read(string text)
    {
        FieldScanner scanner = new(text);
        List<string> words = [];
        scanner.SkipBlank();
        while (!scanner.IsEnd && words.Count < 8)
        {
            int start = scanner.Position;
            string word = scanner.ReadWord(",");
            if (word.Length > 0)
            {
                words.Add(word);
            }

            if (scanner.Position == start)
            {
                scanner.Position++;
            }

            scanner.SkipBlank();
        }

        int first = words.Count > 0 && words[0].Length > 0 && char.IsLetter(words[0][0]) ? 1 : 0;
        if (words.Count - first < 4
            || !int.TryParse(words[first], NumberStyles.None, CultureInfo.InvariantCulture, out int day)
            || !TryReadMonth(words[first + 1], out int month)
            || !int.TryParse(words[first + 2], NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            || !TimeSpan.TryParse(
                words[first + 3].IndexOf(':') < 0 ? "x" : words[first + 3],
                CultureInfo.InvariantCulture,
                out TimeSpan time)
            || time < TimeSpan.Zero || time >= TimeSpan.FromDays(1))
        {
            return null;
        }

        year += year < 50 ? 2000 : year < 1000 ? 1900 : 0;
        TimeSpan zone = ReadZone(words.Count - first > 4 ? words[first + 4] : "");
        if (year is < 1900 or > 9998 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        return new DateTimeOffset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time, zone);
    }

    private static bool TryReadMonth(string text, out int month)
    {
        month = Array.IndexOf(Months, text.ToUpperInvariant()) + 1;
        return month > 0;
    }

    private static TimeSpan ReadZone(string text)
    {
        if (text.Length == 5 && text[0] is '+' or '-'
            && int.TryParse(text.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out int digits)
            && digits % 100 < 60 && digits <= 1400)
        {
            TimeSpan offset = new(digits / 100, digits % 100, 0);
            return text[0] == '-' ? -offset : offset;
        }

        return text.ToUpperInvariant() switch
        {
            "EST" or "CDT" => TimeSpan.FromHours(-5),
            "EDT" => TimeSpan.FromHours(-4),
            "CST" or "MDT" => TimeSpan.FromHours(-6),
            "MST" or "PDT" => TimeSpan.FromHours(-7),
            "PST" => TimeSpan.FromHours(-8),
            _ => TimeSpan.Zero,
        };
    }
}

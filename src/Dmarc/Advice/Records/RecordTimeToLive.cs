namespace Dmarc.Advice.Records;

/// <summary>The time to live of a record as users write it: a bare integer means seconds, as in a zone file.</summary>
internal static class RecordTimeToLive
{
    /// <summary>The maximum of DNS: 2147483647 seconds (RFC 2181 §8).</summary>
    public static readonly TimeSpan Maximum = TimeSpan.FromSeconds(int.MaxValue);

    /// <summary>True from 0 to <see cref="Maximum"/>.</summary>
    public static bool IsInRange(TimeSpan value) => value >= TimeSpan.Zero && value <= Maximum;

    /// <summary>Reads an integer as seconds, or a time span such as <c>01:00:00</c>.</summary>
    /// <param name="text">The input.</param>
    /// <param name="value">The time; zero if the text is invalid.</param>
    /// <returns>False if the text is invalid or out of range.</returns>
    public static bool TryRead(string? text, out TimeSpan value)
    {
        string trimmed = text?.Trim() ?? "";
        bool isNumber = trimmed.Length > 0 && trimmed.All(character => character is >= '0' and <= '9');
        bool read = isNumber
            ? TryReadSeconds(trimmed, out value)
            : TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out value);
        if (read && IsInRange(value))
        {
            return true;
        }

        value = TimeSpan.Zero;
        return false;
    }

    private static bool TryReadSeconds(string digits, out TimeSpan value)
    {
        bool read = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds);
        value = TimeSpan.FromSeconds(seconds);
        return read;
    }
}

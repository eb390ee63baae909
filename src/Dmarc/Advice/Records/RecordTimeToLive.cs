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
        TimeSpan? read = int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) && IsInRange(span) ? span : null;
        value = read ?? TimeSpan.Zero;
        return read is not null;
    }
}

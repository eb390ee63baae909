namespace Dmarc.Dns;

/// <summary>
/// Reads the statuses of saved results, also of those that an earlier version saved: there each status had a member of
/// its own for each way in which a look-up fails, such as <c>DnsTimeout</c>.
/// </summary>
internal static class SavedStatus
{
    private static readonly Dictionary<string, DnsFailure> Failures = ((DnsFailure[])Enum.GetValues(typeof(DnsFailure)))
        .ToDictionary(failure => failure.ToWord(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The failure that a word such as <c>DnsTimeout</c> stands for; null if it is another word.</summary>
    public static DnsFailure? ReadFailure(string? text) =>
        text is not null && Failures.TryGetValue(text, out DnsFailure failure) ? failure : null;

    /// <summary>A value by its name or number; null if there is no such value.</summary>
    public static T? Read<T>(string? text)
        where T : struct, Enum => Reader<T>.Read(text);

    private static class Reader<T>
        where T : struct, Enum
    {
        private static readonly T? Failure = Enum.TryParse(nameof(DnsFailure), out T failure) ? failure : null;

        /// <summary>The failures stood at the end, from where <c>DnsFailure</c> stands now: their numbers mean it too.</summary>
        public static T? Read(string? text) =>
            Failure is not null && ReadFailure(text) is not null ? Failure
            : string.IsNullOrEmpty(text) || !Enum.TryParse(text, true, out T value) ? null
            : Failure is { } failure && Comparer<T>.Default.Compare(value, failure) > 0 ? failure
            : value;
    }
}

namespace Dmarc.Dns;

/// <summary>
/// Reads the statuses of saved results, including those of earlier versions, where each status had a separate member
/// for each kind of DNS failure, such as <c>DnsTimeout</c>.
/// </summary>
internal static class SavedStatus
{
    private static readonly Dictionary<string, DnsFailure> Failures =
#if NETSTANDARD2_0
        ((DnsFailure[])Enum.GetValues(typeof(DnsFailure)))
#else
        Enum.GetValues<DnsFailure>()
#endif
        .ToDictionary(failure => failure.ToWord(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The failure for a word such as <c>DnsTimeout</c>; null for any other word.</summary>
    public static DnsFailure? ReadFailure(string? text) =>
        text is not null && Failures.TryGetValue(text, out DnsFailure failure) ? failure : null;

    /// <summary>A value by its name or number; null if there is none.</summary>
    public static T? Read<T>(string? text)
        where T : struct, Enum => Reader<T>.Read(text);

    private static class Reader<T>
        where T : struct, Enum
    {
        private static readonly T? Failure = Enum.TryParse(nameof(DnsFailure), out T failure) ? failure : null;

        /// <summary>Failures used to be the last members, from here on: their numbers are read as DnsFailure.</summary>
        public static T? Read(string? text) =>
            Failure is not null && ReadFailure(text) is not null ? Failure
            : string.IsNullOrEmpty(text) || !Enum.TryParse(text, true, out T value) ? null
            : Failure is { } failure && Comparer<T>.Default.Compare(value, failure) > 0 ? failure
            : value;
    }
}

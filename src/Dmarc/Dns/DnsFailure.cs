namespace Dmarc.Dns;

/// <summary>
/// How a look-up failed, so that nothing is known of what it asked for. A result has it beside a status, whose member
/// <c>DnsFailure</c> only says that a look-up failed.
/// </summary>
public enum DnsFailure
{
    /// <summary>It was not answered in time.</summary>
    Timeout,

    /// <summary>It ended in SERVFAIL or another error of the server (RFC 1035 §4.1.1).</summary>
    ServerFailure,

    /// <summary>The server refused to answer (RFC 1035 §4.1.1).</summary>
    Refused,

    /// <summary>The answer could not be read, or the question cannot be asked because its name is not possible.</summary>
    Malformed,

    /// <summary>No DNS server could be reached.</summary>
    NetworkError,
}

/// <summary>How a failure is told from an answer, and by what word it is known.</summary>
internal static class DnsFailureExtensions
{
    /// <summary>How a query failed; null if it was answered.</summary>
    /// <param name="status">How the query ended.</param>
    public static DnsFailure? ToDnsFailure(this DnsStatus status) => status switch
    {
        DnsStatus.Timeout => DnsFailure.Timeout,
        DnsStatus.ServFail => DnsFailure.ServerFailure,
        DnsStatus.Refused => DnsFailure.Refused,
        DnsStatus.Malformed => DnsFailure.Malformed,
        DnsStatus.NetworkError => DnsFailure.NetworkError,
        _ => null,
    };

    /// <summary>The status of the query that failed so.</summary>
    public static DnsStatus ToDnsStatus(this DnsFailure failure) => failure switch
    {
        DnsFailure.Timeout => DnsStatus.Timeout,
        DnsFailure.Refused => DnsStatus.Refused,
        DnsFailure.Malformed => DnsStatus.Malformed,
        DnsFailure.NetworkError => DnsStatus.NetworkError,
        _ => DnsStatus.ServFail,
    };

    /// <summary>The word for a failure in tables, texts and error ids, such as <c>DnsTimeout</c>.</summary>
    public static string ToWord(this DnsFailure failure) => "Dns" + failure;

    /// <summary>The name of a status; where that only says that a look-up failed, the word for the failure.</summary>
    /// <param name="status">The name of the status.</param>
    /// <param name="failure">The failure beside it; null if no look-up failed.</param>
    public static string ToStatusText(string status, DnsFailure? failure) =>
        failure is { } known && status == nameof(DnsFailure) ? known.ToWord() : status;

    /// <inheritdoc cref="ToStatusText(string, DnsFailure?)"/>
    public static string ToStatusText<T>(this T status, DnsFailure? failure)
        where T : struct, Enum => ToStatusText(status.ToString(), failure);
}

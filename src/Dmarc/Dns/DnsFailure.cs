namespace Dmarc.Dns;

/// <summary>
/// How a look-up failed. The queried data is then unknown. Results have it beside a status, whose member
/// <c>DnsFailure</c> only says that a look-up failed.
/// </summary>
public enum DnsFailure
{
    /// <summary>The query timed out.</summary>
    Timeout,

    /// <summary>The server returned SERVFAIL or another error (RFC 1035 §4.1.1).</summary>
    ServerFailure,

    /// <summary>The server refused to answer (RFC 1035 §4.1.1).</summary>
    Refused,

    /// <summary>The answer is malformed, or the name cannot be queried because it is not valid.</summary>
    Malformed,

    /// <summary>No DNS server could be reached.</summary>
    NetworkError,
}

/// <summary>Converts between statuses and failures, and names failures.</summary>
internal static class DnsFailureExtensions
{
    /// <summary>How a query failed; null if it was answered.</summary>
    public static DnsFailure? ToDnsFailure(this DnsStatus status) => status switch
    {
        DnsStatus.Timeout => DnsFailure.Timeout,
        DnsStatus.ServFail => DnsFailure.ServerFailure,
        DnsStatus.Refused => DnsFailure.Refused,
        DnsStatus.Malformed => DnsFailure.Malformed,
        DnsStatus.NetworkError => DnsFailure.NetworkError,
        _ => null,
    };

    /// <summary>The status of a query with this failure.</summary>
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

    /// <summary>The name of a status; if it only says that a look-up failed, the word for the failure.</summary>
    public static string ToStatusText(string status, DnsFailure? failure) =>
        failure is { } known && status == nameof(DnsFailure) ? known.ToWord() : status;

    /// <inheritdoc cref="ToStatusText(string, DnsFailure?)"/>
    public static string ToStatusText<T>(this T status, DnsFailure? failure)
        where T : struct, Enum => ToStatusText(status.ToString(), failure);
}

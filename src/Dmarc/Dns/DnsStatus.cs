namespace Dmarc.Dns;

/// <summary>How a query ended. Each is a different answer: a failed look-up is never an absent record.</summary>
public enum DnsStatus
{
    /// <summary>There are records of the type.</summary>
    NoError,

    /// <summary>The name exists (or something below it does), but has no record of the type.</summary>
    NoData,

    /// <summary>The name does not exist, nor anything below it (RFC 8020).</summary>
    NxDomain,

    /// <summary>The server could not answer (RCODE 2, or another RCODE that is not an answer).</summary>
    ServFail,

    /// <summary>The server would not answer (RCODE 5).</summary>
    Refused,

    /// <summary>No answer came in time.</summary>
    Timeout,

    /// <summary>The answer could not be read, or the question could not be written: see <see cref="DnsResponse.Detail"/>.</summary>
    Malformed,

    /// <summary>No server could be reached.</summary>
    NetworkError,
}

/// <summary>What the statuses have in common.</summary>
internal static class DnsStatusExtensions
{
    /// <summary>True if the query was answered: the records, or that there are none.</summary>
    public static bool IsAnswer(this DnsStatus status) =>
        status is DnsStatus.NoError or DnsStatus.NoData or DnsStatus.NxDomain;

    /// <summary>True for a void look-up: answered, with nothing in it (RFC 7208 §4.6.4).</summary>
    public static bool IsVoid(this DnsStatus status) =>
        status is DnsStatus.NoData or DnsStatus.NxDomain;
}

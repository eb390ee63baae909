namespace Dmarc.Dns;

/// <summary>The status of a query. The values stay distinct: a failed look-up is never an absent record.</summary>
public enum DnsStatus
{
    /// <summary>The name has records of the type.</summary>
    NoError,

    /// <summary>The name (or something below it) exists, but has no record of the type.</summary>
    NoData,

    /// <summary>The name does not exist, and nothing exists below it (RFC 8020).</summary>
    NxDomain,

    /// <summary>The server could not answer (RCODE 2, or another RCODE that is not an answer).</summary>
    ServFail,

    /// <summary>The server refused to answer (RCODE 5).</summary>
    Refused,

    /// <summary>No answer arrived in time.</summary>
    Timeout,

    /// <summary>The answer is malformed, or the question is impossible: see <see cref="DnsResponse.Detail"/>.</summary>
    Malformed,

    /// <summary>No server could be reached.</summary>
    NetworkError,
}

/// <summary>Groups of statuses.</summary>
internal static class DnsStatusExtensions
{
    /// <summary>True if the query was answered, with or without records.</summary>
    public static bool IsAnswer(this DnsStatus status) =>
        status is DnsStatus.NoError or DnsStatus.NoData or DnsStatus.NxDomain;

    /// <summary>True for a void look-up: answered without records (RFC 7208 §4.6.4).</summary>
    public static bool IsVoid(this DnsStatus status) =>
        status is DnsStatus.NoData or DnsStatus.NxDomain;
}

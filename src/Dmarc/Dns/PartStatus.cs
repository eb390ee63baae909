namespace Dmarc.Dns;

/// <summary>What was found of one part of a domain's mail set-up. Each way to fail is kept apart from "there is none".</summary>
public enum PartStatus
{
    /// <summary>The part was not looked at: it was left out, or there was nothing to look at.</summary>
    NotChecked,

    /// <summary>It is there and can be used.</summary>
    Found,

    /// <summary>DNS answered that there is none.</summary>
    NotFound,

    /// <summary>The domain says that it has none on purpose: a null MX, a revoked wildcard key, an empty BIMI record.</summary>
    Declined,

    /// <summary>There are several where only one may be, so that none counts.</summary>
    Multiple,

    /// <summary>It is there, but cannot be used: see the findings.</summary>
    Invalid,

    /// <summary>Its record is there, but the file that belongs to it could not be fetched over HTTPS.</summary>
    Unreachable,

    /// <summary>A look-up was not answered in time.</summary>
    DnsTimeout,

    /// <summary>A look-up ended in SERVFAIL or another error of the server.</summary>
    DnsServerFailure,

    /// <summary>A look-up was refused.</summary>
    DnsRefused,

    /// <summary>The answer to a look-up could not be read.</summary>
    DnsMalformed,

    /// <summary>No DNS server could be reached.</summary>
    DnsNetworkError,
}

/// <summary>What the statuses have in common.</summary>
internal static class PartStatusExtensions
{
    /// <summary>True if it is not known what there is, because a look-up failed.</summary>
    public static bool IsDnsFailure(this PartStatus status) => status >= PartStatus.DnsTimeout;

    /// <summary>The status that a look-up gives: a failure its own, an answer with nothing in it <see cref="PartStatus.NotFound"/>.</summary>
    internal static PartStatus ToPartStatus(this DnsStatus status) => status switch
    {
        DnsStatus.NoError => PartStatus.Found,
        DnsStatus.NoData or DnsStatus.NxDomain => PartStatus.NotFound,
        _ => PartStatus.DnsTimeout + DnsFailures.IndexOf(status),
    };

    /// <summary>How the look-up failed that a status tells of.</summary>
    internal static DnsStatus ToDnsStatus(this PartStatus failure) => DnsFailures.At(failure - PartStatus.DnsTimeout);
}

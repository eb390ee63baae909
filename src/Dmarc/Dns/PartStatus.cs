namespace Dmarc.Dns;

/// <summary>The status of one part of a domain's mail configuration. Failures stay distinct from "none".</summary>
public enum PartStatus
{
    /// <summary>The part was not checked: it was excluded, or did not apply.</summary>
    NotChecked,

    /// <summary>It exists and is usable.</summary>
    Found,

    /// <summary>DNS answered that it does not exist.</summary>
    NotFound,

    /// <summary>The domain declares its absence: a null MX, a revoked wildcard key, an empty BIMI record.</summary>
    Declined,

    /// <summary>There are several, but only one is allowed, so none counts.</summary>
    Multiple,

    /// <summary>It exists but is not usable: see the findings.</summary>
    Invalid,

    /// <summary>The record exists, but its file could not be fetched over HTTPS.</summary>
    Unreachable,

    /// <summary>A look-up failed, so the state is unknown: see <c>DnsFailure</c> beside the status.</summary>
    DnsFailure,
}

/// <summary>Conversion from other statuses.</summary>
internal static class PartStatusExtensions
{
    /// <summary>The status for a look-up: an empty answer is <see cref="PartStatus.NotFound"/>.</summary>
    public static PartStatus ToPartStatus(this DnsStatus status) => status switch
    {
        DnsStatus.NoError => PartStatus.Found,
        DnsStatus.NoData or DnsStatus.NxDomain => PartStatus.NotFound,
        _ => PartStatus.DnsFailure,
    };
}

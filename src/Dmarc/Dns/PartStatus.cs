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

    /// <summary>A look-up failed, so it is not known what there is: see <c>DnsFailure</c> beside the status.</summary>
    DnsFailure,
}

/// <summary>What the statuses have in common.</summary>
internal static class PartStatusExtensions
{
    /// <summary>The status that a look-up gives: an answer with nothing in it is <see cref="PartStatus.NotFound"/>.</summary>
    public static PartStatus ToPartStatus(this DnsStatus status) => status switch
    {
        DnsStatus.NoError => PartStatus.Found,
        DnsStatus.NoData or DnsStatus.NxDomain => PartStatus.NotFound,
        _ => PartStatus.DnsFailure,
    };
}

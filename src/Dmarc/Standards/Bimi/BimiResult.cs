using Dmarc.Dns;
using Dmarc.Dns.Https;
using Dmarc.Text;

namespace Dmarc.Standards.Bimi;

/// <summary>Whether mailbox providers can show a logo beside the domain's mail (draft-brand-indicators-for-message-identification).</summary>
public sealed record BimiResult
{
    /// <summary>What was found; <see cref="PartStatus.Declined"/> for a record with empty addresses.</summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The domain whose record applies: the domain or its Organizational Domain; null if none does.</summary>
    public string? RecordDomain { get; init; }

    /// <summary>The record; empty if there is none; null if its look-up failed.</summary>
    public string? Record { get; init; } = "";

    /// <summary>Where the logo stands; empty if the record does not say.</summary>
    public string LogoUri { get; init; } = "";

    /// <summary>Where the certificate for the mark stands; empty if the record does not say.</summary>
    public string CertificateUri { get; init; } = "";

    /// <summary>How the fetch of the logo ended; null if it was not fetched.</summary>
    public HttpsStatus? LogoStatus { get; init; }

    /// <summary>How the fetch of the certificate ended; null if it was not fetched.</summary>
    public HttpsStatus? CertificateStatus { get; init; }

    /// <summary>When the certificate for the mark ends; null if it is not known.</summary>
    public DateTimeOffset? CertificateNotAfter { get; init; }

    /// <summary>
    /// True if nothing that was checked keeps a logo from being shown: record, DMARC policy, logo and certificate; null if there is no
    /// record, or what decides is not known.
    /// </summary>
    public bool? IsReady { get; init; }

    /// <summary>What a reader should know.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The address of the logo, or the status.</summary>
    public override string ToString() => LogoUri.Length > 0 ? LogoUri : Status.ToStatusText(DnsFailure);
}

using Dmarc.Dns;
using Dmarc.Dns.Https;

namespace Dmarc.Standards.Bimi;

/// <summary>Whether mailbox providers can show the logo (draft-brand-indicators-for-message-identification).</summary>
public sealed record BimiResult
{
    /// <summary>The status; <see cref="PartStatus.Declined"/> for a record with empty URLs.</summary>
    public PartStatus Status { get; init; }

    /// <summary>How the look-up failed; null unless the status is DnsFailure.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The domain whose record applies: the domain or its Organizational Domain; null if none does.</summary>
    public string? RecordDomain { get; init; }

    /// <summary>The record; empty if there is none; null if its look-up failed.</summary>
    public string? Record { get; init; } = "";

    /// <summary>The URL of the logo; empty if the record has none.</summary>
    public string LogoUri { get; init; } = "";

    /// <summary>The URL of the mark certificate; empty if the record has none.</summary>
    public string CertificateUri { get; init; } = "";

    /// <summary>The status of fetching the logo; null if it was not fetched.</summary>
    public HttpsStatus? LogoStatus { get; init; }

    /// <summary>The status of fetching the certificate; null if it was not fetched.</summary>
    public HttpsStatus? CertificateStatus { get; init; }

    /// <summary>The end of the mark certificate's validity; null if unknown.</summary>
    public DateTimeOffset? CertificateNotAfter { get; init; }

    /// <summary>
    /// True if no checked condition prevents the logo: record, DMARC policy, logo and certificate; null if there is no
    /// record, or a deciding fact is unknown.
    /// </summary>
    public bool? IsReady { get; init; }

    /// <summary>The findings.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The URL of the logo, or the status.</summary>
    public override string ToString() => LogoUri.Length > 0 ? LogoUri : Status.ToStatusText(DnsFailure);
}

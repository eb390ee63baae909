using Dmarc.Catalogue;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>
/// The sending service of a row's domains: of the MAIL FROM checked by SPF, otherwise of a signature. It caches the
/// last domains. Not thread-safe.
/// </summary>
internal sealed class RowService
{
    private readonly ReferenceCache<string> _known = new(
        1 << 10, domain => SendingServices.Default.FindByDomain(domain)?.Name ?? "");

    /// <summary>The name of the service; empty if unknown.</summary>
    public string Of(AggregateReportRow row)
    {
        foreach (ReportedSpf check in row.Spf.AsSpan())
        {
            if (_known.Get(check.Domain) is { Length: > 0 } service)
            {
                return service;
            }
        }

        foreach (ReportedDkim signature in row.Dkim.AsSpan())
        {
            if (_known.Get(signature.Domain) is { Length: > 0 } service)
            {
                return service;
            }
        }

        return row.EnvelopeFrom is { Length: > 0 } sender ? _known.Get(sender) : "";
    }
}

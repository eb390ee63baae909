using Dmarc.Catalogue;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>
/// The sending service of a row's domains: of the MAIL FROM checked by SPF, otherwise of a signature. It caches the
/// last domains. Not thread-safe.
/// </summary>
internal sealed class RowService
{
    private const int Size = 1 << 10;
    private readonly (string? Domain, string Service)[] _known = new (string?, string)[Size];

    /// <summary>The name of the service; empty if unknown.</summary>
    public string Of(AggregateReportRow row)
    {
        foreach (ReportedSpf check in row.Spf.AsSpan())
        {
            if (Of(check.Domain) is { Length: > 0 } service)
            {
                return service;
            }
        }

        foreach (ReportedDkim signature in row.Dkim.AsSpan())
        {
            if (Of(signature.Domain) is { Length: > 0 } service)
            {
                return service;
            }
        }

        return row.EnvelopeFrom is { Length: > 0 } sender ? Of(sender) : "";
    }

    private string Of(string domain)
    {
        ref (string? Domain, string Service) known = ref _known[
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(domain) & (Size - 1)];
        if (!ReferenceEquals(known.Domain, domain))
        {
            known = (domain, SendingServices.Default.FindByDomain(domain)?.Name ?? "");
        }

        return known.Service;
    }
}

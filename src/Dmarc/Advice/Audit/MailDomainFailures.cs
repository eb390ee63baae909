using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Audit;

/// <summary>The failed look-ups by part. A part that lacks only a detail counts too.</summary>
internal static class MailDomainFailures
{
    /// <summary>Each failure of a domain, in the order of the report.</summary>
    public static IEnumerable<(MailDomainPart Part, DnsFailure Failure)> Find(MailDomainResult result)
    {
        PrintableList<MxHost> hosts = result.Mx?.Hosts ?? PrintableList<MxHost>.Empty;
        PrintableList<DmarcWalkStep> walk = result.Dmarc?.Walk ?? PrintableList<DmarcWalkStep>.Empty;
        IEnumerable<(MailDomainPart Part, DnsFailure? Failure)> parts =
        [
            (MailDomainPart.Mx, result.Mx?.DnsFailure),
            .. hosts.SelectMany(OfHost),
            (MailDomainPart.Spf, result.Spf?.DnsFailure),
            .. walk.Select(step => (MailDomainPart.Dmarc, step.Status.ToDnsFailure())),
            .. result.Dkim.Select(key => (MailDomainPart.Dkim, key.DnsFailure)),
            (MailDomainPart.MtaSts, result.MtaSts?.HostFailure),
            (MailDomainPart.MtaSts, result.MtaSts?.DnsFailure),
            (MailDomainPart.TlsRpt, result.TlsRpt?.DnsFailure),
            (MailDomainPart.Bimi, result.Bimi?.DnsFailure),
            (MailDomainPart.Dane, result.Dane?.DnsFailure),
        ];
        return parts.Where(part => part.Failure is not null).Select(part => (part.Part, part.Failure!.Value));
    }

    private static IEnumerable<(MailDomainPart Part, DnsFailure? Failure)> OfHost(MxHost host) =>
    [
        (MailDomainPart.Mx, host.DnsFailure),
        .. host.ReverseDns.Select(name => (MailDomainPart.ReverseDns, name.DnsFailure)),
    ];
}

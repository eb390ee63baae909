using Dmarc.Advice.Records;
using Dmarc.Dns;

namespace Dmarc.Advice.Audit;

/// <summary>The failed look-ups by part. A part that lacks only a detail counts too.</summary>
internal static class MailDomainFailures
{
    /// <summary>Each failure of a domain, in the order of the report.</summary>
    public static IEnumerable<(MailDomainPart Part, DnsFailure Failure)> Find(MailDomainResult result)
    {
        if (result.Mx is { } mx)
        {
            if (mx.DnsFailure is { } failure)
            {
                yield return (MailDomainPart.Mx, failure);
            }

            foreach (MxHost host in mx.Hosts)
            {
                if (host.DnsFailure is { } ofHost)
                {
                    yield return (MailDomainPart.Mx, ofHost);
                }

                foreach (DnsFailure ofName in host.ReverseDns.Select(name => name.DnsFailure).OfType<DnsFailure>())
                {
                    yield return (MailDomainPart.ReverseDns, ofName);
                }
            }
        }

        if (result.Spf?.DnsFailure is { } ofSpf)
        {
            yield return (MailDomainPart.Spf, ofSpf);
        }

        if (result.Dmarc is { } dmarc)
        {
            foreach (DnsFailure ofStep in dmarc.Walk.Select(step => step.Status.ToDnsFailure()).OfType<DnsFailure>())
            {
                yield return (MailDomainPart.Dmarc, ofStep);
            }
        }

        foreach (DnsFailure ofKey in result.Dkim.Select(key => key.DnsFailure).OfType<DnsFailure>())
        {
            yield return (MailDomainPart.Dkim, ofKey);
        }

        if (result.MtaSts?.HostFailure is { } hostFailure)
        {
            yield return (MailDomainPart.MtaSts, hostFailure);
        }

        (MailDomainPart Part, DnsFailure? Failure)[] others =
        [
            (MailDomainPart.MtaSts, result.MtaSts?.DnsFailure),
            (MailDomainPart.TlsRpt, result.TlsRpt?.DnsFailure),
            (MailDomainPart.Bimi, result.Bimi?.DnsFailure),
            (MailDomainPart.Dane, result.Dane?.DnsFailure),
        ];
        foreach ((MailDomainPart part, DnsFailure? failure) in others)
        {
            if (failure is { } known)
            {
                yield return (part, known);
            }
        }
    }
}

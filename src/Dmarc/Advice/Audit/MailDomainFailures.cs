using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>The look-ups that failed, by part. A part of which only a detail is missing counts too.</summary>
internal static class MailDomainFailures
{
    /// <summary>Each failure of a domain, the parts in the order in which they are told.</summary>
    public static IEnumerable<(MailDomainPart Part, DnsStatus Status)> Find(MailDomainResult result)
    {
        if (result.Mx is { } mx)
        {
            if (mx.Status.IsDnsFailure())
            {
                yield return (MailDomainPart.Mx, mx.Status.ToDnsStatus());
            }

            foreach (MxHost host in mx.Hosts)
            {
                if (host.Failure is { } failure)
                {
                    yield return (MailDomainPart.Mx, failure);
                }

                foreach (MxReverseDns name in host.ReverseDns.Where(name => name.Status.IsDnsFailure()))
                {
                    yield return (MailDomainPart.ReverseDns, name.Status.ToDnsStatus());
                }
            }
        }

        if (result.Spf is { } spf)
        {
            if (spf.Status.IsDnsFailure())
            {
                yield return (MailDomainPart.Spf, spf.Status.ToDnsStatus());
            }

            foreach (DnsStatus status in spf.Terms.Select(term => term.DnsStatus).OfType<DnsStatus>().Where(status => !status.IsAnswer()))
            {
                yield return (MailDomainPart.Spf, status);
            }
        }

        if (result.Dmarc is { } dmarc)
        {
            foreach (DmarcWalkStep step in dmarc.Walk.Where(step => !step.Status.IsAnswer()))
            {
                yield return (MailDomainPart.Dmarc, step.Status);
            }
        }

        foreach (DkimKeyResult key in result.Dkim.Where(key => key.Status.IsDnsFailure()))
        {
            yield return (MailDomainPart.Dkim, key.Status.ToDnsStatus());
        }

        if (result.MtaSts?.HostFailure is { } hostFailure)
        {
            yield return (MailDomainPart.MtaSts, hostFailure);
        }

        (MailDomainPart Part, PartStatus Status)[] others =
        [
            (MailDomainPart.MtaSts, result.MtaStsStatus),
            (MailDomainPart.TlsRpt, result.TlsRptStatus),
            (MailDomainPart.Bimi, result.BimiStatus),
            (MailDomainPart.Dane, result.DaneStatus),
        ];
        foreach ((MailDomainPart part, PartStatus status) in others.Where(other => other.Status.IsDnsFailure()))
        {
            yield return (part, status.ToDnsStatus());
        }
    }
}

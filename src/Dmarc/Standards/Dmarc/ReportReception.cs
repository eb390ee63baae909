using Dmarc.Dns;
using Dmarc.Domains;

namespace Dmarc.Standards.Dmarc;

/// <summary>Whether the domain of a report address takes mail (RFC 5321 §5.1, RFC 7505).</summary>
internal enum ReportReception
{
    /// <summary>Not known, because a look-up failed.</summary>
    Unknown,

    /// <summary>It has mail exchanges.</summary>
    Exchanges,

    /// <summary>It has no MX record; mail goes to its own address, if anything there takes it.</summary>
    AddressOnly,

    /// <summary>It has neither mail exchanges nor an address.</summary>
    Nothing,

    /// <summary>It says that it takes no mail.</summary>
    NullMx,

    /// <summary>It does not exist.</summary>
    Missing,
}

/// <summary>Finds out whether the domain of a report address takes mail.</summary>
internal static class ReportReceptions
{
    /// <summary>Asks for the MX records and, where there are none, for addresses.</summary>
    public static async Task<ReportReception> AskAsync(IDnsResolver resolver, DomainName host, CancellationToken cancellationToken)
    {
        string name = host.ToString();
        DnsResponse exchanges = await resolver.QueryAsync(name, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        switch (exchanges.Status)
        {
            case DnsStatus.NxDomain:
                return ReportReception.Missing;
            case DnsStatus.NoError:
                return exchanges.Records.OfType<MxRecord>().Any(record => record.Exchange.TrimEnd('.').Length > 0) ? ReportReception.Exchanges : ReportReception.NullMx;
            case DnsStatus.NoData:
                break;
            default:
                return ReportReception.Unknown;
        }

        foreach (DnsRecordType type in new[] { DnsRecordType.A, DnsRecordType.AAAA })
        {
            DnsResponse addresses = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
            if (!addresses.Status.IsAnswer())
            {
                return ReportReception.Unknown;
            }

            if (addresses.Records.Count > 0)
            {
                return ReportReception.AddressOnly;
            }
        }

        return ReportReception.Nothing;
    }
}

using Dmarc.Dns;

namespace Dmarc.Standards.Dmarc;

/// <summary>Whether the domain of a report address accepts mail (RFC 5321 §5.1, RFC 7505).</summary>
internal enum ReportReception
{
    /// <summary>Unknown because a look-up failed.</summary>
    Unknown,

    /// <summary>It has mail exchanges, at least one of which has or may have an address.</summary>
    Exchanges,

    /// <summary>It has no MX record; mail goes to its own address, if that accepts mail.</summary>
    AddressOnly,

    /// <summary>It has neither mail exchanges nor an address.</summary>
    Nothing,

    /// <summary>It has mail exchanges, but none has an address.</summary>
    ExchangesWithoutAddress,

    /// <summary>It declares that it accepts no mail.</summary>
    NullMx,

    /// <summary>It does not exist.</summary>
    Missing,
}

/// <summary>Checks if the domain of a report address accepts mail.</summary>
internal static class ReportReceptions
{
    /// <summary>Why a domain accepts no mail, as part of a sentence; null if it does or may.</summary>
    public static string? Explain(this ReportReception reception) => reception switch
    {
        ReportReception.Missing => Strings.Policy_NoSuchDomain,
        ReportReception.NullMx => Strings.Policy_NullMx,
        ReportReception.ExchangesWithoutAddress => Strings.Policy_MxNoAddress,
        ReportReception.Nothing => Strings.Policy_NoMxNoAddress,
        _ => null,
    };

    /// <summary>
    /// Queries the MX records, then the addresses of the mail exchanges or, if there are none, of the domain itself.
    /// </summary>
    /// <returns>What the host can receive; if unknown, the failure.</returns>
    public static async Task<(ReportReception Reception, DnsFailure? Failure)> AskAsync(
        IDnsResolver resolver, DomainName host, CancellationToken cancellationToken)
    {
        string name = host.ToString();
        DnsResponse answer = await resolver.QueryAsync(name, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        switch (answer.Status)
        {
            case DnsStatus.NxDomain:
                return (ReportReception.Missing, null);
            case DnsStatus.NoData:
                (bool? has, DnsFailure? failure) = await HasAddressAsync(resolver, name, cancellationToken).ConfigureAwait(false);
                return (has is not { } known ? ReportReception.Unknown
                    : known ? ReportReception.AddressOnly
                    : ReportReception.Nothing, failure);
            case DnsStatus.NoError:
                break;
            default:
                return (ReportReception.Unknown, answer.Status.ToDnsFailure());
        }

        string[] exchanges =
        [
            .. answer.Records.OfType<MxRecord>()
                .OrderBy(record => record.Preference)
                .Select(record => record.Exchange.TrimEnd('.'))
                .Where(exchange => exchange.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        return (exchanges.Length == 0 ? ReportReception.NullMx
            : await HaveNoAddressAsync(resolver, exchanges, cancellationToken).ConfigureAwait(false)
                ? ReportReception.ExchangesWithoutAddress
            : ReportReception.Exchanges, null);
    }

    /// <summary>
    /// True if none of the hosts is known to have an address. The preferred one nearly always has, so it is queried
    /// first.
    /// </summary>
    private static async Task<bool> HaveNoAddressAsync(IDnsResolver resolver, string[] exchanges, CancellationToken cancellationToken)
    {
        if (exchanges.Length > DmarcLimits.Exchanges
            || (await HasAddressAsync(resolver, exchanges[0], cancellationToken).ConfigureAwait(false)).Has != false)
        {
            return false;
        }

        (bool? Has, DnsFailure? Failure)[] others = await Task
            .WhenAll(exchanges.Skip(1).Select(exchange => HasAddressAsync(resolver, exchange, cancellationToken)))
            .ConfigureAwait(false);
        return Array.TrueForAll(others, other => other.Has == false);
    }

    /// <summary>Whether a name has an address; null if unknown because a look-up failed.</summary>
    private static async Task<(bool? Has, DnsFailure? Failure)> HasAddressAsync(
        IDnsResolver resolver, string name, CancellationToken cancellationToken)
    {
        // An MX record names a host, never an address (RFC 5321 §5.1).
        if (AddressText.IsAddress(name))
        {
            return (false, null);
        }

        DnsFailure? failure = null;
        foreach (DnsRecordType type in new[] { DnsRecordType.A, DnsRecordType.AAAA })
        {
            DnsResponse addresses = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
            if (addresses.Records.OfType<AddressRecord>().Any())
            {
                return (true, null);
            }

            if (addresses.Status == DnsStatus.NxDomain)
            {
                return (false, null);
            }

            failure ??= addresses.Status.ToDnsFailure();
        }

        return (failure is null ? false : null, failure);
    }
}

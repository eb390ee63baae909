using System.Net;
using Dmarc.Catalogue;
using Dmarc.Dns;

namespace Dmarc.Advice.Records;

/// <summary>Inspects the mail exchanges of a domain.</summary>
/// <param name="resolver">The resolver.</param>
/// <param name="asksForNames">True to query the PTR names of the addresses too.</param>
internal sealed class MxInspector(IDnsResolver resolver, bool asksForNames)
{
    /// <summary>The maximum number of hosts examined; senders do not try this many.</summary>
    public const int MaximumHosts = 20;

    /// <summary>The maximum number of addresses of a host whose names are queried.</summary>
    private const int MaximumAddresses = 4;

    /// <summary>Inspects the hosts in an answer.</summary>
    public async Task<MxResult> InspectAsync(DomainName domain, DnsResponse response, CancellationToken cancellationToken)
    {
        if (!response.Status.IsAnswer())
        {
            return Failed(domain, response.Status);
        }

        MxRecord[] records = Records(response);
        if (records.Length == 0)
        {
            return await InspectImplicitAsync(domain, cancellationToken).ConfigureAwait(false);
        }

        MxRecord[] named = [.. records.Where(record => record.Exchange.Length > 0)];
        if (named.Length == 0)
        {
            return new MxResult
            {
                Status = PartStatus.Declined,
                IsImplicit = false,
                AcceptsMail = false,
                Findings = records[0].Preference == 0 ? PrintableList<Finding>.Empty : [MxFindings.NullPreference.Create(domain)],
            };
        }

        MxHost[] hosts = await Task.WhenAll(
            named.Take(MaximumHosts).Select(record => LookAsync(record.Exchange, record.Preference, cancellationToken)))
            .ConfigureAwait(false);
        List<Finding> findings = [];
        if (named.Length < records.Length)
        {
            findings.Add(MxFindings.NullBesideOthers.Create(domain));
        }

        if (named.Length > MaximumHosts)
        {
            findings.Add(MxFindings.TooManyHosts.Create(domain, named.Length, MaximumHosts));
        }

        return Build(domain, hosts, findings) with
        {
            Status = hosts.Any(Accepts) ? PartStatus.Found : PartStatus.Invalid,
        };
    }

    /// <summary>The MX records of an answer, most preferred first, each host once.</summary>
    public static MxRecord[] Records(DnsResponse response) =>
    [
        .. response.Records.OfType<MxRecord>()
            .Select(record => record with { Exchange = record.Exchange.TrimEnd('.') })
            .OrderBy(record => record.Preference)
            .ThenBy(record => record.Exchange, StringComparer.OrdinalIgnoreCase)
            .GroupBy(record => record.Exchange, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.First()),
    ];

    private async Task<MxResult> InspectImplicitAsync(DomainName domain, CancellationToken cancellationToken)
    {
        MxHost host = await LookAsync(domain.ToString(), 0, cancellationToken).ConfigureAwait(false);
        if (host is { Status: PartStatus.DnsFailure, DnsFailure: { } failure })
        {
            return Failed(domain, failure.ToDnsStatus());
        }

        if (host.Status != PartStatus.Found)
        {
            return new MxResult { Status = PartStatus.NotFound, IsImplicit = false, AcceptsMail = false, Findings = [MxFindings.Missing.Create(domain)] };
        }

        return Build(domain, [host], [MxFindings.Implicit.Create(domain, host.Addresses[0])]) with
        {
            Status = PartStatus.NotFound,
            IsImplicit = true,
        };
    }

    private static MxResult Failed(DomainName domain, DnsStatus failure) => new()
    {
        Status = PartStatus.DnsFailure,
        DnsFailure = failure.ToDnsFailure(),
        Findings = [RecordFindings.LookupFailed.Create(domain, failure, domain)],
    };

    private static MxResult Build(DomainName domain, MxHost[] hosts, List<Finding> findings)
    {
        findings.AddRange(hosts.SelectMany(host => MxHostRules.Check(domain, host)));
        string[] providers = [.. hosts.Select(host => host.Provider).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        bool hasOwn = hosts.Any(host => host.Provider.Length == 0);
        if (providers.Length > 1 || (providers.Length == 1 && hasOwn))
        {
            findings.Add(MxFindings.SeveralProviders.Create(
                domain,
                string.Join(", ", providers) + (hasOwn ? ", " + hosts.First(host => host.Provider.Length == 0).Name : "")));
        }

        return new MxResult
        {
            Hosts = hosts.ToPrintableList(),
            Providers = providers.ToPrintableList(),
            IsImplicit = false,
            AcceptsMail = hosts.Any(host => host.Status == PartStatus.Found)
                ? true
                : hosts.Any(host => host.Status == PartStatus.DnsFailure) ? null
                : false,
            Findings = findings.ToFindingList(),
        };
    }

    private static bool Accepts(MxHost host) => host.Status is PartStatus.Found or PartStatus.DnsFailure;

    private async Task<MxHost> LookAsync(string name, int preference, CancellationToken cancellationToken)
    {
        if (AddressText.IsAddress(name))
        {
            return new MxHost { Name = name, Preference = preference, Status = PartStatus.Invalid };
        }

        Task<DnsResponse> ipv4 = resolver.QueryAsync(name, DnsRecordType.A, cancellationToken).AsTask();
        Task<DnsResponse> ipv6 = resolver.QueryAsync(name, DnsRecordType.AAAA, cancellationToken).AsTask();
        DnsResponse[] answers = await Task.WhenAll(ipv4, ipv6).ConfigureAwait(false);
        IPAddress[] addresses =
            [.. answers.SelectMany(answer => answer.Records).OfType<AddressRecord>().Select(record => record.Address).Distinct()];
        DnsResponse? failed = Array.Find(answers, answer => !answer.Status.IsAnswer());
        return new MxHost
        {
            Name = name,
            Preference = preference,
            Status = addresses.Length > 0 ? PartStatus.Found : failed is null ? PartStatus.NotFound : PartStatus.DnsFailure,
            DnsFailure = failed?.Status.ToDnsFailure(),
            Exists = addresses.Length > 0 ? true
                : answers.Any(answer => answer.Status == DnsStatus.NxDomain) ? false
                : answers.Any(answer => answer.Status == DnsStatus.NoData) ? true
                : null,
            Target = answers[0].CnamePath.Concat(answers[1].CnamePath).FirstOrDefault()?.TrimEnd('.') ?? "",
            Addresses = addresses.Select(address => address.ToString()).ToPrintableList(),
            Provider = SendingServices.Default.FindByMxDomain(name)?.Name ?? "",
            ReverseDns = asksForNames
                ? await NamesAsync(addresses, cancellationToken).ConfigureAwait(false)
                : PrintableList<MxReverseDns>.Empty,
        };
    }

    private async Task<PrintableList<MxReverseDns>> NamesAsync(IPAddress[] addresses, CancellationToken cancellationToken)
    {
        ReverseDns[] names = await Task.WhenAll(addresses
            .Where(PublicAddress.Is)
            .Take(MaximumAddresses)
            .Select(address => ReverseDns.AskAsync(resolver, address, cancellationToken))).ConfigureAwait(false);
        return names
            .Select(name => new MxReverseDns(
                name.Address.ToString(), name.Status.ToPartStatus(), name.Name.TrimEnd('.'),
                name.Status.IsAnswer() ? name.IsConfirmed : null)
            {
                DnsFailure = name.Status.ToDnsFailure(),
            })
            .ToPrintableList();
    }
}

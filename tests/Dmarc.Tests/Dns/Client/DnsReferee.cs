extern alias Referee;

using System.Globalization;
using System.Net;
using System.Text;
using Dmarc.Dns;
using Referee::DnsClient;
using Theirs = Referee::DnsClient.Protocol;

namespace Dmarc.Tests.Dns.Client;

/// <summary>
/// Asks the same of the same server through the package DnsClient, and tells where the two answers differ. What is known to differ, and why,
/// is in <see cref="Known"/>; nothing else may.
/// </summary>
internal sealed class DnsReferee
{
    private readonly LookupClient _client;

    /// <summary>A referee.</summary>
    /// <param name="server">The server, asked over UDP or TCP: DnsClient has no TLS and no HTTPS.</param>
    public DnsReferee(DnsServer server) => _client = new LookupClient(
        new LookupClientOptions(new IPEndPoint(IPAddress.Parse(server.Host), server.Port))
        {
            UseCache = false,
            UseTcpOnly = server.Transport == DnsTransport.Tcp,
            Timeout = TimeSpan.FromSeconds(10),
            ThrowDnsErrors = false,
            ContinueOnDnsError = false,
        });

    /// <summary>The ways in which the two are known to differ.</summary>
    private static IReadOnlyList<(string Reason, Func<DnsResponse, IDnsQueryResponse, bool> Applies)> Known { get; } =
    [
        ("It does not read escapes of a name (RFC 1035 §5.1): the backslash is sent.", (ours, _) => ours.Name.Contains('\\')),
        ("It leaves off where an alias leads out of what the server knows; ours asks for the target.",
            (ours, theirs) => ours.CnamePath.Count > 0 && !ours.Status.IsAnswer() && theirs.Answers.Count > 0),
        ("It reads texts as UTF-8 and so replaces octets that are not.",
            (ours, _) => ours.Records.OfType<TxtRecord>().Any(text => text.Strings.Any(part => part.Any(octet => octet >= 0x80)))),
    ];

    /// <summary>The difference between our answer and that of the referee; null if there is none, or one that is known.</summary>
    public async Task<string?> FindDifferenceAsync(DnsResponse ours)
    {
        IDnsQueryResponse theirs = await _client.QueryAsync(ours.Name, (QueryType)ours.Type);
        string mine = ours.Status + Describe(ours);
        string other = Status(theirs, ours.Type) + Describe(theirs, ours.Type);
        return mine == other || Known.Any(known => known.Applies(ours, theirs)) ? null : $"{ours.Name} {ours.Type}: {mine}, but the referee {other}";
    }

    private static DnsStatus Status(IDnsQueryResponse response, DnsRecordType type) => response.Header.ResponseCode switch
    {
        DnsHeaderResponseCode.NoError => Records(response, type).Any() ? DnsStatus.NoError : DnsStatus.NoData,
        DnsHeaderResponseCode.NotExistentDomain => DnsStatus.NxDomain,
        DnsHeaderResponseCode.Refused => DnsStatus.Refused,
        _ => DnsStatus.ServFail,
    };

    private static IEnumerable<Theirs.DnsResourceRecord> Records(IDnsQueryResponse response, DnsRecordType type) =>
        response.Answers.Where(record => (int)record.RecordType == (int)type);

    private static string Describe(DnsResponse response) => Join(response.Records.Select(record => record switch
    {
        AddressRecord address => address.Address.ToString(),
        MxRecord exchange => Text($"{exchange.Preference} {Name(exchange.Exchange)}"),
        NameRecord name => Name(name.Target),
        SoaRecord zone => Text($"{Name(zone.PrimaryServer)} {Name(zone.ResponsibleMailbox)} {zone.Serial} {zone.Refresh} {zone.Retry} {zone.Expire} {zone.Minimum}"),
        TlsaRecord tlsa => Text($"{tlsa.Usage} {tlsa.Selector} {tlsa.MatchingType} {Convert.ToHexString([.. tlsa.Data])}"),
        TxtRecord text => string.Join('|', text.Strings.Select(Encoding.UTF8.GetString)),
        _ => record.ToString(),
    }));

    private static string Describe(IDnsQueryResponse response, DnsRecordType type) => Join(Records(response, type).Select(record => record switch
    {
        Theirs.AddressRecord address => address.Address.ToString(),
        Theirs.MxRecord exchange => Text($"{exchange.Preference} {Name(exchange.Exchange)}"),
        Theirs.CNameRecord alias => Name(alias.CanonicalName),
        Theirs.NsRecord server => Name(server.NSDName),
        Theirs.PtrRecord pointer => Name(pointer.PtrDomainName),
        Theirs.SoaRecord zone => Text($"{Name(zone.MName)} {Name(zone.RName)} {zone.Serial} {zone.Refresh} {zone.Retry} {zone.Expire} {zone.Minimum}"),
        Theirs.TlsaRecord tlsa => Text($"{(int)tlsa.CertificateUsage} {(int)tlsa.Selector} {(int)tlsa.MatchingType} {Convert.ToHexString([.. tlsa.CertificateAssociationData])}"),
        Theirs.TxtRecord text => string.Join('|', text.Text),
        _ => record.ToString() ?? "",
    }));

    private static string Join(IEnumerable<string> records) => string.Concat(records.Order(StringComparer.Ordinal).Select(record => "\n  " + record));

    private static string Name(string name) => name.TrimEnd('.').ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

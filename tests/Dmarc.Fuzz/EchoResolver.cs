using System.Net;
using System.Text;
using Dmarc.Dns;

namespace Dmarc.Fuzz;

/// <summary>A world in which every name publishes the same: each line of the input as a TXT record, and an address, an exchange and a reverse name.</summary>
internal sealed class EchoResolver(string text) : IDnsResolver
{
    private const int MaximumRecords = 20;
    private readonly string[] _lines = [.. text.Split('\n').Take(MaximumRecords)];

    public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        DnsRecord[] records = type switch
        {
            DnsRecordType.TXT => [.. _lines.Select(line => new TxtRecord(name, 60, [Encoding.UTF8.GetBytes(line)]))],
            DnsRecordType.A => [new AddressRecord(name, 60, IPAddress.Parse("192.0.2.1"))],
            DnsRecordType.MX => [new MxRecord(name, 60, 10, "mx." + name)],
            DnsRecordType.PTR => [new NameRecord(name, 60, DnsRecordType.PTR, "host.example.com")],
            _ => [],
        };
        return new(new DnsResponse(name, type, DnsStatus.NoError) { Records = [.. records] });
    }
}

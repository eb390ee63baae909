using BenchmarkDotNet.Attributes;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Dns.Wire;
using Dmarc.Dns.Zones;
using Dmarc.Text;

namespace Dmarc.Benchmarks;

/// <summary>What one question costs in the processor, without a network.</summary>
[MemoryDiagnoser]
public class DnsBenchmarks
{
    private const string Name = "_dmarc.example.com";

    // A response with one TXT record: the question, then the record whose owner points at it.
    private static readonly byte[] Response =
    [
        0, 0, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0,
        6, .. "_dmarc"u8, 7, .. "example"u8, 3, .. "com"u8, 0, 0, 16, 0, 1,
        0xC0, 12, 0, 16, 0, 1, 0, 0, 1, 0x2C, 0, 45, 44, .. "v=DMARC1; p=reject; rua=mailto:d@example.com"u8,
    ];

    private readonly DnsQuery _query = DnsQuery.TryCreate(Name, DnsRecordType.TXT, out DnsQuery? query, out _) ? query : null!;
    private readonly byte[] _buffer = new byte[DnsQuery.MaximumLength];
    private readonly CachingResolver _cache;
    private readonly ZoneResolver _zone;

    public DnsBenchmarks()
    {
        using DnsClient nothing = new([], TimeSpan.FromSeconds(1));
        _zone = new ZoneResolver([ZoneFile.Parse("$ORIGIN .\n" + Name + " TXT \"v=DMARC1; p=reject\"\n", "test.zone")], nothing);
        _cache = new CachingResolver(_zone, SystemClock.Instance, 1000);
    }

    [Benchmark]
    public int WriteQuery() => DnsQuery.TryCreate(Name, DnsRecordType.TXT, out DnsQuery? query, out _) ? query.Write(_buffer, 1) : 0;

    [Benchmark]
    public object ReadAnswer() => AnswerReader.Read(Response, _query);

    [Benchmark]
    public async Task<object> FromMemory() => await _cache.QueryAsync(Name, DnsRecordType.TXT).ConfigureAwait(false);

    [Benchmark]
    public async Task<object> FromZoneFile() => await _zone.QueryAsync(Name, DnsRecordType.TXT).ConfigureAwait(false);
}

using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Benchmarks.Standards.Spf;

/// <summary>The parser and <c>check_host()</c> where every answer is in memory.</summary>
[MemoryDiagnoser]
public class SpfBenchmarks
{
    private const string Typical = "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.17 mx include:_spf.google.com include:spf.protection.outlook.com include:sendgrid.net ~all";

    private static readonly IPAddress Last = IPAddress.Parse("203.0.113.200");
    private static readonly IPAddress Stranger = IPAddress.Parse("9.9.9.9");

    private readonly string _typical = Typical;
    private readonly SpfEvaluator _evaluator = new(new MemoryResolver(), new SpfEvaluatorOptions { Traces = false });
    private readonly SpfEvaluator _tracing = new(new MemoryResolver());

    /// <summary>A record of a usual length, not yet parsed.</summary>
    [Benchmark]
    public object Parse() => SpfParser.Parse(_typical);

    /// <summary>The fourth of four includes matches.</summary>
    [Benchmark(Baseline = true)]
    public AuthenticationResult CheckFourIncludes() => _evaluator.CheckHostAsync(Last, "bob@example.com", "mail.example.com").AsTask().GetAwaiter().GetResult().Result;

    /// <summary>Nothing matches, so everything is looked at.</summary>
    [Benchmark]
    public AuthenticationResult CheckFourIncludesFail() => _evaluator.CheckHostAsync(Stranger, "bob@example.com", "mail.example.com").AsTask().GetAwaiter().GetResult().Result;

    /// <summary>As the first, with the steps kept.</summary>
    [Benchmark]
    public AuthenticationResult CheckFourIncludesTraced() => _tracing.CheckHostAsync(Last, "bob@example.com", "mail.example.com").AsTask().GetAwaiter().GetResult().Result;

    private sealed class MemoryResolver : IDnsResolver
    {
        private readonly Dictionary<string, DnsResponse> _records = new(StringComparer.OrdinalIgnoreCase);

        public MemoryResolver()
        {
            Add("example.com", "v=spf1 include:a.test include:b.test include:c.test include:d.test -all");
            Add("a.test", "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/25 ip4:11.0.0.0/16 ip4:12.0.0.0/16 ip6:2001:db8:1::/48 ~all");
            Add("b.test", "v=spf1 ip4:13.0.0.0/24 ip4:14.0.0.0/24 ip4:15.0.0.0/24 ip4:16.0.0.0/24 ip4:17.0.0.0/24 ip4:18.0.0.0/24 ~all");
            Add("c.test", "v=spf1 ip4:19.0.0.0/24 ip4:20.0.0.0/24 ip6:2001:db8:2::/48 ip6:2001:db8:3::/48 ~all");
            Add("d.test", "v=spf1 ip4:203.0.113.0/26 ip4:203.0.113.128/25 ~all");
        }

        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            new(type == DnsRecordType.TXT && _records.TryGetValue(name, out DnsResponse? response)
                ? response
                : new DnsResponse(name, type, DnsStatus.NxDomain));

        private void Add(string name, string text) => _records[name] = new DnsResponse(name, DnsRecordType.TXT, DnsStatus.NoError)
        {
            Records = [new TxtRecord(name, 300, [Encoding.ASCII.GetBytes(text)])],
        };
    }
}

using System.Text;
using BenchmarkDotNet.Attributes;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Benchmarks;

/// <summary>Reading records, finding them, and public suffixes: without any network.</summary>
[MemoryDiagnoser]
public class DmarcBenchmarks
{
    private const string Record = "v=DMARC1; p=reject; sp=quarantine; adkim=s; fo=1; rua=mailto:dmarc@example.com,mailto:reports@example.net";

    private readonly string _record = Record;

    private readonly string _foreign = "google-site-verification=1234567890abcdefghijklmnopqrstuvwxyz";

    private readonly DomainName _domain = DomainName.Parse("a.mail.example.com");

    private readonly DmarcDiscoverer _discoverer = new(new MemoryResolver());

    private readonly DmarcRecordInspector _inspector = new(new MemoryResolver());

    /// <summary>What a record costs that is split and nothing more.</summary>
    [Benchmark(Baseline = true)]
    public int SplitOnly() => _record.Split(';').Sum(part => part.Split('=', 2).Length);

    [Benchmark]
    public object Parse() => DmarcRecordParser.Parse(_record);

    [Benchmark]
    public bool Recognize() => DmarcRecordParser.IsDmarcRecord(_foreign);

    [Benchmark]
    public async Task<object> Discover() => await _discoverer.DiscoverAsync(_domain).ConfigureAwait(false);

    [Benchmark]
    public Task<DmarcRecordResult> Inspect() => _inspector.InspectAsync(_domain);

    [Benchmark]
    public object PublicSuffix() => PublicSuffixList.Default.GetOrganizationalDomain(_domain);

    private sealed class MemoryResolver : IDnsResolver
    {
        private static readonly TxtRecord Txt = new("_dmarc.example.com", 300, [Encoding.UTF8.GetBytes(Record)]);

        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            new(name == "_dmarc.example.com"
                ? new DnsResponse(name, type, DnsStatus.NoError) { Records = [Txt] }
                : new DnsResponse(name, type, DnsStatus.NoData));
    }
}

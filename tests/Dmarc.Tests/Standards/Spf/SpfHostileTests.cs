using System.Net;
using System.Text;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>Records that are made to cost: each name is visited once, and deadline and cancellation end computing too.</summary>
public class SpfHostileTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");

    [Theory]
    [InlineData(400)]
    [InlineData(3_000)]
    public async Task A_record_of_many_includes_of_itself_is_told_to_be_one(int times)
    {
        FakeResolver zone = new();
        zone.Txt("example.com", "v=spf1 " + new StringBuilder().Insert(0, "include:example.com ", times) + "-all");

        SpfResult result = await new SpfAnalyzer(zone).AnalyzeAsync(Example);

        Assert.Equal((false, "-all"), (result.Validity, result.All));
        Assert.InRange(result.LookupCount!.Value, 400, times);
        Assert.Contains(result.Findings, finding => finding.Code == "SpfIncludeSelf");
        Assert.InRange(result.Findings.Count, 2, 40);
        Assert.Single(zone.Queries, query => query == ("example.com", DnsRecordType.TXT));
    }

    /// <summary>Each of the records includes all of them many times, those of others and those below the domain.</summary>
    [Theory]
    [InlineData("d{0}.example.com")]
    [InlineData("d{0}.test")]
    public async Task A_mesh_of_records_is_visited_once(string names)
    {
        const int Count = 30;
        string all = string.Join(' ', Enumerable.Range(0, 10 * Count).Select(at => "include:" + string.Format(null, names, at % Count)));
        FakeResolver zone = new();
        zone.Txt("example.com", "v=spf1 " + all + " -all");
        for (int at = 0; at < Count; at++)
        {
            zone.Txt(string.Format(null, names, at), "v=spf1 " + all + " -all");
        }

        SpfResult result = await new SpfAnalyzer(zone).AnalyzeAsync(Example);

        Assert.False(result.Validity);
        Assert.Equal(Count + 1, zone.Queries.Count(query => query.Type == DnsRecordType.TXT));
    }

    [Fact]
    public async Task More_addresses_than_an_analysis_computes_leave_them_unknown()
    {
        const int Depth = 60;
        FakeResolver zone = new();
        zone.Txt("example.com", "v=spf1 include:d0.test -all");
        for (int at = 0; at < Depth; at++)
        {
            string ranges = string.Join(' ', Enumerable.Range(0, 2_000).Select(range => $"ip4:{at + 11}.{range >> 8}.{range & 255}.1"));
            zone.Txt($"d{at}.test", $"v=spf1 include:d{at + 1}.test {ranges} -all");
        }

        SpfResult result = await new SpfAnalyzer(zone).AnalyzeAsync(Example, new SpfAnalysisRequest { Flattens = true });

        Assert.Contains(result.Findings, finding => finding.Code == "SpfAnalysisTooLarge");
        Assert.Equal((SpfRecordStatus.Found, false, "-all"), (result.Status, result.Validity, result.All));
        Assert.Equal((null, null), (result.IPv4AddressCount, result.IPv6AddressCount));
        Assert.Empty(result.Networks);
    }

    [Fact]
    public async Task Cancellation_ends_an_analysis_that_waits_for_nothing()
    {
        using CancellationTokenSource source = new();
        FakeResolver zone = new();
        zone.Txt("example.com", "v=spf1 " + new StringBuilder().Insert(0, "include:example.com ", 400) + "-all");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new SpfAnalyzer(new CancellingResolver(zone, source)).AnalyzeAsync(Example, null, source.Token));
    }

    [Fact]
    public async Task Cancellation_ends_an_evaluation_that_waits_for_nothing()
    {
        using CancellationTokenSource source = new();
        FakeResolver zone = Zone.Parse("example.com TXT v=spf1 ip4:192.0.2.2 -all");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await new SpfEvaluator(new CancellingResolver(zone, source)).CheckHostAsync(IPAddress.Loopback, "bob@example.com", cancellationToken: source.Token));
    }

    [Fact]
    public async Task The_deadline_ends_an_evaluation_that_waits_for_nothing()
    {
        FakeResolver zone = Zone.Parse("example.com TXT v=spf1 ip4:192.0.2.2 -all");

        SpfEvaluation evaluation = await new SpfEvaluator(new SlowResolver(zone), new SpfEvaluatorOptions { Deadline = TimeSpan.FromMilliseconds(1) })
            .CheckHostAsync(IPAddress.Loopback, "bob@example.com");

        Assert.Equal(AuthenticationResult.TempError, evaluation.Result);
    }

    /// <summary>An analysis and a check of the same record wait for its answers at the same time, not one after the other.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("v=spf1 include:later.test -all")]
    public async Task One_deadline_binds_an_analysis_and_its_check(string? proposed)
    {
        FakeResolver zone = Zone.Parse("example.com TXT v=spf1 include:later.test -all\nlater.test TXT v=spf1 ip4:192.0.2.1 -all");
        using GateResolver gate = new(zone, "later.test");
        SpfAnalyzer analyzer = new(gate);
        Task<SpfResult> analysis = analyzer.AnalyzeAsync(Example, new SpfAnalysisRequest { Record = proposed });
        Task<SpfResult> check = analyzer.EvaluateAsync("example.com", proposed, analysis, IPAddress.Parse("192.0.2.1"));

        Assert.True(SpinWait.SpinUntil(() => gate.Waiting == 2, TimeSpan.FromSeconds(30)));
        Assert.Equal((false, false), (analysis.IsCompleted, check.IsCompleted));
        gate.Open();
        Assert.Equal(AuthenticationResult.Pass, (await check).Result);
        Assert.Equal(1, (await analysis).LookupCount);
    }

    [Fact]
    public void Work_ends_at_its_limit_and_not_before_it()
    {
        SpfWork work = new(TimeSpan.FromMinutes(1), default, 10);

        work.Spend(10);

        Assert.Throws<SpfTooCostlyException>(() => work.Spend(1));
    }

    [Theory]
    [InlineData(100, 100, 0)]
    [InlineData(101, 100, 1)]
    [InlineData(1_500, 100, 1_400)]
    public async Task The_first_hundred_findings_of_a_kind_are_listed(int terms, int listed, int more)
    {
        string record = "v=spf1 " + string.Concat(Enumerable.Range(0, terms).Select(at => $"exists:%{{i}}.{at}.test ")) + "-all";

        SpfResult result = await new SpfAnalyzer(Zone.Parse("example.com TXT " + record)).AnalyzeAsync(Example);

        Assert.Equal(listed, result.Findings.Count(finding => finding.Code == "SpfMacroTerm"));
        Assert.Equal(
            more == 0 ? [] : [$"{more} more {(more == 1 ? "finding" : "findings")} of the kind SpfMacroTerm {(more == 1 ? "is" : "are")} not listed."],
            result.Findings.Where(finding => finding.Code == "FindingsNotListed").Select(finding => finding.Message));
    }

    [Fact]
    public async Task A_long_term_is_cut_in_texts()
    {
        string macros = new StringBuilder().Insert(0, "%{d}.", 5_000).ToString();

        SpfResult result = await new SpfAnalyzer(Zone.Parse($"example.com TXT v=spf1 include:{macros}test -all")).AnalyzeAsync(Example);

        Assert.All(result.Findings, finding => Assert.InRange(finding.Message.Length, 1, 2_000));
    }

    [Fact]
    public async Task A_question_that_only_tells_more_holds_nothing_back()
    {
        FakeResolver zone = Zone.Parse("""
            example.com TXT v=spf1 mx include:_spf.google.com -all exp=why.example.com
            example.com MX mx.example.com
            mx.example.com A 11.0.0.1
            _spf.google.com TXT v=spf1 ip4:11.0.0.2 ~all
            """);
        SilentResolver resolver = new(
            zone,
            (name, type) => type == DnsRecordType.SPF || name == "why.example.com" || name.Contains("_domainkey", StringComparison.Ordinal)
                || (name == "mx.example.com" && type == DnsRecordType.TXT));

        SpfResult result = await new SpfAnalyzer(resolver).AnalyzeAsync(Example).WaitAsync(TimeSpan.FromSeconds(15));

        Assert.Equal((SpfRecordStatus.Found, true, 2), (result.Status, result.Validity, result.LookupCount));
        Assert.DoesNotContain(result.Findings, finding => finding.Code is "SpfExplanationUnusable" or "SpfHostWithoutRecord" or "SpfServiceUnused");
        Assert.True(resolver.Silent > 3);
        Assert.Equal(resolver.Silent, resolver.Cancelled);
    }

    private sealed class CancellingResolver(IDnsResolver inner, CancellationTokenSource source) : IDnsResolver
    {
        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
        {
            source.Cancel();
            return inner.QueryAsync(name, type, CancellationToken.None);
        }
    }

    /// <summary>Holds back the answers for the records of a name.</summary>
    private sealed class GateResolver(IDnsResolver inner, string name) : IDnsResolver, IDisposable
    {
        private readonly TaskCompletionSource<bool> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiting;

        public int Waiting => _waiting;

        public void Open() => _gate.TrySetResult(true);

        public void Dispose() => Open();

        public ValueTask<DnsResponse> QueryAsync(string asked, DnsRecordType type, CancellationToken cancellationToken = default) =>
            asked == name && type == DnsRecordType.TXT ? new(HoldAsync(asked, type)) : inner.QueryAsync(asked, type, cancellationToken);

        private async Task<DnsResponse> HoldAsync(string asked, DnsRecordType type)
        {
            Interlocked.Increment(ref _waiting);
            await _gate.Task.ConfigureAwait(false);
            return await inner.QueryAsync(asked, type, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Answers at once, as far as its caller sees, but takes its time.</summary>
    private sealed class SlowResolver(IDnsResolver inner) : IDnsResolver
    {
        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
        {
            Thread.Sleep(20);
            return inner.QueryAsync(name, type, CancellationToken.None);
        }
    }

    private sealed class SilentResolver(IDnsResolver inner, Func<string, DnsRecordType, bool> isSilent) : IDnsResolver
    {
        private int _silent;
        private int _cancelled;

        public int Silent => _silent;

        public int Cancelled => _cancelled;

        public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
        {
            if (!isSilent(name, type))
            {
                return await inner.QueryAsync(name, type, cancellationToken);
            }

            Interlocked.Increment(ref _silent);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref _cancelled);
            }

            throw new InvalidOperationException();
        }
    }
}

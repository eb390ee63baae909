using System.Collections.Concurrent;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Client;

public sealed class CachingResolverTests
{
    private readonly FakeResolver _inner = new FakeResolver().Txt("a.example", "text").Fails("failing.example", DnsStatus.ServFail);
    private readonly ManualClock _clock = new();

    private CachingResolver Resolver(int capacity = 1000) => new(_inner, _clock, capacity);

    [Fact]
    public async Task An_answer_is_asked_for_once_and_then_given_at_once_whatever_the_case_and_final_dot()
    {
        CachingResolver resolver = Resolver();
        await resolver.QueryAsync("a.example", DnsRecordType.TXT);
        ValueTask<DnsResponse> second = resolver.QueryAsync("A.Example.", DnsRecordType.TXT);
        Assert.True(second.IsCompletedSuccessfully);
        DnsResponse response = await second;
        Assert.Equal("A.Example", response.Name);
        Assert.Equal(TimeSpan.Zero, response.Duration);
        Assert.Single(_inner.Queries);
        await resolver.QueryAsync("a.example", DnsRecordType.MX);
        Assert.Equal(2, _inner.Queries.Count);
    }

    [Fact]
    public async Task A_hit_allocates_nothing()
    {
        CachingResolver resolver = Resolver();
        await resolver.QueryAsync("a.example", DnsRecordType.TXT);
        for (int turn = 0; turn < 100; turn++)
        {
            _ = await resolver.QueryAsync("a.example", DnsRecordType.TXT);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int turn = 0; turn < 1000; turn++)
        {
            _ = await resolver.QueryAsync("a.example", DnsRecordType.TXT);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Theory]
    [InlineData("a.example", 300)]
    [InlineData("missing.example", 10)]
    [InlineData("failing.example", 10)]
    public async Task Answers_grow_old(string name, int seconds)
    {
        CachingResolver resolver = Resolver();
        await resolver.QueryAsync(name, DnsRecordType.TXT);
        _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        await resolver.QueryAsync(name, DnsRecordType.TXT);
        Assert.Single(_inner.Queries);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await resolver.QueryAsync(name, DnsRecordType.TXT);
        Assert.Equal(2, _inner.Queries.Count);
        Assert.Equal(1, resolver.Held);
    }

    [Fact]
    public async Task All_who_ask_at_once_wait_for_one_query_and_one_may_leave()
    {
        GatedResolver inner = new();
        CachingResolver resolver = new(inner, _clock, 10);
        using CancellationTokenSource source = new();
        Task<DnsResponse> first = resolver.QueryAsync("a.example", DnsRecordType.TXT, source.Token).AsTask();
        Task<DnsResponse> second = resolver.QueryAsync("A.example", DnsRecordType.TXT).AsTask();
        Task<DnsResponse> third = resolver.QueryAsync("a.example", DnsRecordType.TXT, source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        Assert.False(second.IsCompleted);
        inner.Gate.SetResult();
        Assert.Equal("A.example", (await second).Name);
        Assert.Equal(1, inner.Asked);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await resolver.QueryAsync("a.example", DnsRecordType.TXT, source.Token));
    }

    [Fact]
    public async Task What_is_held_is_bounded()
    {
        CachingResolver resolver = Resolver(100);
        for (int number = 0; number < 1000; number++)
        {
            await resolver.QueryAsync($"n{number}.example", DnsRecordType.TXT);
        }

        Assert.InRange(resolver.Held, 50, 100);
    }

    [Fact]
    public async Task A_large_answer_counts_for_several()
    {
        _inner.Txt("big.example", new string('x', 20_000));
        CachingResolver resolver = Resolver();
        await resolver.QueryAsync("big.example", DnsRecordType.TXT);
        Assert.InRange(resolver.Held, 50, 80);
    }

    [Fact]
    public async Task An_answer_counts_for_all_that_it_takes()
    {
        // Four hundred octets, once as they came and once as text, and what every answer takes.
        _inner.Txt("key._domainkey.a.example", new string('x', 400));
        CachingResolver resolver = Resolver();
        await resolver.QueryAsync("key._domainkey.a.example", DnsRecordType.TXT);
        Assert.Equal(2, resolver.Held);
    }

    /// <summary>Selectors that are guessed and not there are asked for once; who asks at the same time shares the answer all the same.</summary>
    [Theory]
    [InlineData("s1._domainkey.a.example", 0)]
    [InlineData("S1._DOMAINKEY.a.example", 0)]
    [InlineData("_domainkey.a.example", 1)]
    [InlineData("s1.a.example", 1)]
    public async Task A_selector_that_is_not_there_is_not_held(string name, int held)
    {
        CachingResolver resolver = Resolver();
        DnsResponse[] responses = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await resolver.QueryAsync(name, DnsRecordType.TXT))));

        Assert.All(responses, response => Assert.Equal(DnsStatus.NxDomain, response.Status));
        Assert.Equal(held, resolver.Held);
    }

    [Fact]
    public async Task What_many_share_stays_while_what_one_asked_makes_room()
    {
        // A name that does not exist is kept for ten seconds, a record for five minutes: how long does not matter, who asks does.
        CachingResolver resolver = Resolver(100);
        for (int number = 0; number < 1000; number++)
        {
            _inner.Txt($"n{number}.example", "text");
            await resolver.QueryAsync($"n{number}.example", DnsRecordType.TXT);
            await resolver.QueryAsync("shared.example", DnsRecordType.TXT);
        }

        Assert.Single(_inner.Queries, query => query.Name == "shared.example");
    }

    [Fact]
    public async Task Many_askers_of_many_names_on_many_threads_cause_one_query_a_name()
    {
        CachingResolver resolver = Resolver(10_000);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 20_000),
            async (number, token) => await resolver.QueryAsync($"n{number % 500}.example", DnsRecordType.TXT, token));
        Assert.Equal(500, _inner.Queries.Count);
        Assert.Equal(500, resolver.Held);
    }

    [Fact]
    public async Task The_factory_puts_memory_over_zone_files_over_servers()
    {
        using TestDnsServer server = new();
        server.On("outside.example", DnsRecordType.TXT, TestReply.Records(DnsMessageBuilder.Txt("outside.example", "out")));
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "$ORIGIN a.test.\n@ TXT in\n@ TXT \"open\n");
            ConcurrentQueue<DnsResponse> seen = new();
            using DnsResolver resolver = new(new DnsResolverOptions
            {
                Servers = [server.Udp],
                ZoneFiles = [path],
                Timeout = TimeSpan.FromSeconds(20),
                QueryObserver = seen.Enqueue,
            });
            for (int turn = 0; turn < 2; turn++)
            {
                Assert.Equal(path, (await resolver.QueryAsync("a.test", DnsRecordType.TXT)).Server);
                Assert.Equal(server.Udp.ToString(), (await resolver.QueryAsync("outside.example", DnsRecordType.TXT)).Server);
            }

            Assert.Equal(["a.test", "outside.example"], seen.Select(response => response.Name));
            Assert.Equal("DnsZoneSyntax", Assert.Single(resolver.ZoneFindings).Code);
            Assert.Equal([server.Udp.ToString()], resolver.Servers);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class GatedResolver : IDnsResolver
    {
        private int _asked;

        public TaskCompletionSource Gate { get; } = new();

        public int Asked => _asked;

        public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _asked);
            await Gate.Task;
            return new DnsResponse(name, type, DnsStatus.NxDomain);
        }
    }
}

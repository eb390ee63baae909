using System.Diagnostics;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Client;

public class RateLimiterTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Without_a_limit_nothing_waits()
    {
        RateLimiter limiter = new(_clock, 0);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.Equal(TimeSpan.Zero, limiter.Reserve()));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 0)]
    [InlineData(200, 19)]
    public void Questions_leave_evenly_after_a_short_burst(int limit, int burst)
    {
        RateLimiter limiter = new(_clock, limit);

        TimeSpan[] waits = [.. Enumerable.Range(0, limit + burst + 1).Select(_ => limiter.Reserve())];

        Assert.All(waits.Take(burst + 1), wait => Assert.Equal(TimeSpan.Zero, wait));
        Assert.Equal(1, waits[^1].TotalSeconds, 3);
        Assert.Equal(1.0 / limit, (waits[burst + 1] - waits[burst]).TotalSeconds, 3);
    }

    [Fact]
    public void In_no_second_more_leave_than_the_limit_and_its_burst()
    {
        RateLimiter limiter = new(_clock, 100);
        List<double> sent = [];
        Random random = new(7);
        for (int at = 0; at < 2_000; at++)
        {
            sent.Add((_clock.UtcNow + limiter.Reserve() - DateTimeOffset.UnixEpoch).TotalSeconds);
            if (random.Next(20) == 0)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(random.Next(400)));
            }
        }

        for (int at = 111; at < sent.Count; at++)
        {
            Assert.True(sent[at] - sent[at - 111] >= 0.999, $"{at}: {sent[at] - sent[at - 111]}");
        }
    }

    [Fact]
    public void A_server_that_drops_much_is_asked_as_fast_as_it_answers()
    {
        RateLimiter limiter = new(_clock, 0);
        Second(limiter, answered: 300, silent: 700);

        Assert.InRange(limiter.Rate, 295, 305);
        Assert.Contains(Enumerable.Range(0, 100).Select(_ => limiter.Reserve()), wait => wait > TimeSpan.Zero);
    }

    [Fact]
    public void A_server_that_fails_most_is_asked_half_as_fast()
    {
        RateLimiter limiter = new(_clock, 0);
        Second(limiter, answered: 400, failed: 600);
        Assert.InRange(limiter.Rate, 495, 505);

        Second(limiter, answered: 100, failed: 400);
        Assert.InRange(limiter.Rate, 245, 255);
    }

    [Theory]
    [InlineData(900, 100, 0)]
    [InlineData(600, 0, 400)]
    [InlineData(0, 40, 0)]
    public void A_share_of_lame_domains_or_a_few_failures_slow_nothing_down(int answered, int silent, int failed)
    {
        RateLimiter limiter = new(_clock, 0);
        Second(limiter, answered, silent, failed);

        Assert.Equal(double.PositiveInfinity, limiter.Rate);
    }

    /// <summary>A server that refuses everything, or is not there, fails at once: asked slowly, a list would take hours to say so.</summary>
    [Theory]
    [InlineData(DnsStatus.Refused, false)]
    [InlineData(DnsStatus.ServFail, false)]
    [InlineData(DnsStatus.NetworkError, false)]
    [InlineData(DnsStatus.Refused, true)]
    [InlineData(DnsStatus.NetworkError, true)]
    public void Only_a_server_that_also_answers_is_asked_slower_for_its_errors(DnsStatus error, bool alsoAnswers)
    {
        RateLimiter pace = new(_clock, 0);
        pace.Note(error);
        for (int at = 0; at < 1000; at++)
        {
            pace.Note(alsoAnswers && at % 10 == 0 ? DnsStatus.NoError : error);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        pace.Note(error);

        Assert.Equal(alsoAnswers, !double.IsPositiveInfinity(pace.Rate));
    }

    [Fact]
    public void A_dead_server_is_still_asked_and_a_better_one_without_limit_again()
    {
        RateLimiter limiter = new(_clock, 0);
        Second(limiter, silent: 1_000);
        Second(limiter, silent: 1_000);
        Assert.Equal(RateLimiter.LowestRate, limiter.Rate);

        for (int second = 0; second < 30; second++)
        {
            Second(limiter, answered: 60);
        }

        Assert.Equal(double.PositiveInfinity, limiter.Rate);
    }

    [Fact]
    public void What_was_said_holds_whatever_the_server_does()
    {
        RateLimiter limiter = new(_clock, 80);
        Second(limiter, answered: 500);

        Assert.Equal(80, limiter.Rate);
    }

    [Fact]
    public async Task A_client_waits_for_leave_and_does_not_count_it_as_silence()
    {
        using TestDnsServer server = new();
        using DnsClient client = new([server.Udp], TimeSpan.FromMilliseconds(200), queriesPerSecond: 20);
        Stopwatch watch = Stopwatch.StartNew();

        // The last of them waits for a second, five times as long as a query may take.
        DnsResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(at => client.QueryAsync($"n{at}.test", DnsRecordType.A).AsTask()));

        Assert.All(responses, response => Assert.Equal(DnsStatus.NxDomain, response.Status));
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.8), watch.Elapsed.ToString());
    }

    private void Second(RateLimiter limiter, int answered = 0, int silent = 0, int failed = 0)
    {
        limiter.Note(DnsStatus.NoError);
        for (int at = 0; at < answered + silent + failed - 2; at++)
        {
            limiter.Note(at < answered - 2 ? DnsStatus.NoData : at < answered + silent - 2 ? DnsStatus.Timeout : DnsStatus.ServFail);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        limiter.Note(DnsStatus.NxDomain);
    }
}

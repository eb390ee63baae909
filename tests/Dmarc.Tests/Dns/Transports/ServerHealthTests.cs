using Dmarc.Dns.Transports;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Dns.Transports;

/// <summary>When a server is taken for down, one silence and one moment before it and at it.</summary>
public sealed class ServerHealthTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ManualClock _clock = new();
    private readonly ServerHealth _health;
    private int _wentDown;

    public ServerHealthTests()
    {
        _health = new ServerHealth(_clock, Patience);
        _health.WentDown += () => _wentDown++;
    }

    public void Dispose() => _health.Dispose();

    [Theory]
    [InlineData(ServerHealth.MinimumSilences - 1, true, true, false)]
    [InlineData(ServerHealth.MinimumSilences, true, true, true)]
    [InlineData(ServerHealth.MinimumSilences, true, false, false)]
    [InlineData(ServerHealth.MinimumSilences, false, true, false)]
    [InlineData(100, false, false, false)]
    public void Several_silences_and_that_of_a_long_probe_and_of_a_last_one(int silences, bool isLong, bool isLast, bool isDown)
    {
        int others = silences - (isLong ? 1 : 0) - (isLast ? 1 : 0);
        Silences(others);
        Assert.Equal(isLong ? ServerProbe.Last : ServerProbe.None, isLong ? _health.NoteSilence(ServerProbe.Long) : ServerProbe.None);
        if (isLast)
        {
            _health.NoteSilence(ServerProbe.Last);
        }

        Assert.Equal((isDown, isDown ? 1 : 0), (_health.IsDown, _wentDown));
    }

    [Fact]
    public void A_probe_is_waited_for_longer_than_a_time_limit_and_all_of_it_ends_within_two_more()
    {
        Assert.Equal(TimeSpan.FromSeconds(12.5), _health.Patience(ServerProbe.Long));
        Assert.Equal(ServerHealth.ProbeInterval, _health.Patience(ServerProbe.Last));
        using ServerHealth quick = new(_clock, TimeSpan.FromSeconds(1.5));
        Assert.Equal(TimeSpan.FromSeconds(0.5), quick.Patience(ServerProbe.Last));
    }

    [Theory]
    [InlineData(12.4, false)]
    [InlineData(12.5, true)]
    public void What_came_while_a_probe_was_out_counts(double seconds, bool isDown)
    {
        _health.Heard();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        Silences(100);
        _health.NoteSilence(ServerProbe.Long);
        _health.NoteSilence(ServerProbe.Last);
        Assert.Equal(isDown, _health.IsDown);
    }

    [Fact]
    public void Anything_that_comes_begins_it_anew()
    {
        Silences(100);
        _health.NoteSilence(ServerProbe.Long);
        _health.Heard();
        _health.NoteSilence(ServerProbe.Last);
        Silences(100);
        Assert.False(_health.IsDown);

        // This one was sent before the server was heard of.
        _health.NoteSilence(ServerProbe.Long);
        _health.NoteSilence(ServerProbe.Last);
        Assert.False(_health.IsDown);
        _clock.Advance(TimeSpan.FromSeconds(15));
        _health.NoteSilence(ServerProbe.Long);
        _health.NoteSilence(ServerProbe.Last);
        Assert.True(_health.IsDown);
    }

    [Fact]
    public void There_is_one_last_probe_at_a_time()
    {
        Silences(100);
        Assert.Equal(ServerProbe.Last, _health.NoteSilence(ServerProbe.Long));
        Assert.NotEqual(ServerProbe.Last, _health.NoteSilence(ServerProbe.Long));

        // The one that was sent met something other than silence: that the server cannot be reached at all.
        _clock.Advance(TimeSpan.FromSeconds(ServerHealth.ProbeInterval.TotalSeconds * 2));
        Assert.Equal(ServerProbe.Last, _health.NoteSilence(ServerProbe.Long));
    }

    [Fact]
    public void A_server_that_is_down_is_tried_from_time_to_time_and_comes_back()
    {
        CancellationToken down = _health.Down;
        Silences(ServerHealth.MinimumSilences);
        _health.NoteSilence(ServerProbe.Long);
        _health.NoteSilence(ServerProbe.Last);
        Assert.True(_health.IsDown);
        Assert.True(down.IsCancellationRequested);
        Assert.False(_health.Down.IsCancellationRequested);
        Assert.True(_health.IsTrialDue());
        Assert.False(_health.IsTrialDue());
        _clock.Advance(TimeSpan.FromSeconds(ServerHealth.ProbeInterval.TotalSeconds));
        Assert.True(_health.IsTrialDue());
        _health.Heard();
        Assert.False(_health.IsDown);
        Silences(ServerHealth.MinimumSilences);
        Assert.False(_health.IsDown);
    }

    [Fact]
    public void A_probe_is_due_after_a_few_silences_and_not_again_at_once()
    {
        for (int number = 1; number < ServerHealth.SuspiciousSilences; number++)
        {
            Assert.Equal(ServerProbe.None, _health.NoteSilence());
        }

        Assert.Equal(ServerProbe.Long, _health.NoteSilence());
        Assert.Equal(ServerProbe.None, _health.NoteSilence());
        _clock.Advance(TimeSpan.FromSeconds(ServerHealth.ProbeInterval.TotalSeconds));
        Assert.Equal(ServerProbe.Long, _health.NoteSilence());
    }

    private void Silences(int number)
    {
        for (; number > 0; number--)
        {
            _health.NoteSilence();
        }
    }
}

using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Tests.Dns;

/// <summary>When a server is taken for down, one silence and one moment before it and at it.</summary>
public sealed class ServerHealthTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TestClock _clock = new();
    private readonly ServerHealth _health;
    private int _wentDown;

    public ServerHealthTests()
    {
        _health = new ServerHealth(_clock, Patience);
        _health.WentDown += () => _wentDown++;
    }

    public void Dispose() => _health.Dispose();

    [Theory]
    [InlineData(ServerHealth.MinimumSilences - 1, true, 15, false)]
    [InlineData(ServerHealth.MinimumSilences, true, 15, true)]
    [InlineData(ServerHealth.MinimumSilences, false, 15, false)]
    [InlineData(100, false, 150, false)]
    [InlineData(100, true, 14.9, false)]
    [InlineData(100, true, 15, true)]
    public void Several_silences_a_probe_among_them_over_more_than_a_time_limit(int silences, bool probed, double seconds, bool isDown)
    {
        _clock.Advance(seconds);
        for (int number = 0; number < silences; number++)
        {
            _health.NoteSilence(TimeSpan.FromSeconds(seconds), probed && number == 0);
        }

        Assert.Equal((isDown, isDown ? 1 : 0), (_health.IsDown, _wentDown));
    }

    [Fact]
    public void Anything_that_comes_begins_it_anew()
    {
        Silences(TimeSpan.FromSeconds(15), ServerHealth.MinimumSilences - 1);
        _health.Heard();
        Silences(TimeSpan.FromSeconds(15), ServerHealth.MinimumSilences - 1);
        Assert.False(_health.IsDown);

        // These were sent before it was heard of, and so was their silence.
        _health.Heard();
        Silences(TimeSpan.FromSeconds(15), 100);
        Assert.False(_health.IsDown);
        _clock.Advance(15);
        Silences(TimeSpan.FromSeconds(1), 1);
        Assert.True(_health.IsDown);
    }

    [Fact]
    public void A_server_that_is_down_is_tried_from_time_to_time_and_comes_back()
    {
        CancellationToken down = _health.Down;
        Silences(TimeSpan.FromSeconds(15), ServerHealth.MinimumSilences);
        Assert.True(_health.IsDown);
        Assert.True(down.IsCancellationRequested);
        Assert.False(_health.Down.IsCancellationRequested);
        Assert.True(_health.IsTrialDue());
        Assert.False(_health.IsTrialDue());
        _clock.Advance(ServerHealth.ProbeInterval.TotalSeconds);
        Assert.True(_health.IsTrialDue());
        _health.Heard();
        Assert.False(_health.IsDown);
        Silences(TimeSpan.FromSeconds(1), ServerHealth.MinimumSilences);
        Assert.False(_health.IsDown);
    }

    [Fact]
    public void A_probe_is_due_after_a_few_silences_and_not_again_at_once()
    {
        for (int number = 1; number < ServerHealth.SuspiciousSilences; number++)
        {
            Assert.False(_health.NoteSilence(TimeSpan.FromSeconds(1)));
        }

        Assert.True(_health.NoteSilence(TimeSpan.FromSeconds(1)));
        Assert.False(_health.NoteSilence(TimeSpan.FromSeconds(1)));
        _clock.Advance(ServerHealth.ProbeInterval.TotalSeconds);
        Assert.True(_health.NoteSilence(TimeSpan.FromSeconds(1)));
    }

    private void Silences(TimeSpan waited, int number)
    {
        for (; number > 0; number--)
        {
            _health.NoteSilence(waited, true);
        }
    }

    private sealed class TestClock : IClock
    {
        public DateTimeOffset UtcNow { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public void Advance(double seconds) => UtcNow += TimeSpan.FromSeconds(seconds);
    }
}

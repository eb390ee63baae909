namespace Dmarc.Dns.Client;

/// <summary>
/// Limits the query rate of one server: to the given maximum, and if the server drops or fails many queries, to its
/// answers in the last second, until it recovers. No query is dropped: it waits. A server that refuses or is
/// unreachable, and answers nothing, is not slowed down: its queries fail at once.
/// </summary>
/// <param name="clock">The clock for the query rate.</param>
/// <param name="queriesPerSecond">The maximum number of queries a second; 0 for no limit.</param>
internal sealed class RateLimiter(IClock clock, int queriesPerSecond)
{
    /// <summary>The lowest rate to which an unresponsive server is slowed down.</summary>
    public const double LowestRate = 50;

    /// <summary>Above this rate, a reduced limit is lifted.</summary>
    public const double HighestRate = 100_000;

    /// <summary>Fewer exchanges a second than this are too few to judge the server.</summary>
    private const int MinimumExchanges = 50;

    private const double SilentShare = 0.25;
    private const double FailedShare = 0.5;
    private const double Recovery = 1.5;


    /// <summary>How exchanges end: the places of their numbers.</summary>
    private const int Answered = 0;
    private const int Silent = 1;
    private const int Unreached = 2;
    private const int Failed = 3;

    private static readonly long Window = TimeSpan.FromSeconds(1).Ticks;

    private readonly object _lock = new();
    private readonly double _limit = queriesPerSecond > 0 ? queriesPerSecond : double.PositiveInfinity;
    private double _rate = double.PositiveInfinity;
    private long _next;
    private long _windowStart;
    private int[] _ended = new int[4];

    /// <summary>The current maximum number of queries a second; infinite without a limit.</summary>
    public double Rate => Math.Min(_limit, Volatile.Read(ref _rate));

    /// <summary>True while the server gets fewer queries because it dropped or failed many.</summary>
    public bool IsReduced => !double.IsPositiveInfinity(Volatile.Read(ref _rate));

    /// <summary>Reserves the next time slot for a query.</summary>
    /// <returns>How long to wait for it.</returns>
    public TimeSpan Reserve()
    {
        double rate = Rate;
        if (double.IsPositiveInfinity(rate))
        {
            return TimeSpan.Zero;
        }

        lock (_lock)
        {
            long now = clock.UtcNow.UtcTicks;
            long interval = (long)(TimeSpan.TicksPerSecond / rate);

            // After a pause, the queries of a tenth of a second may be sent at once.
            long burst = Math.Max(interval, TimeSpan.TicksPerSecond / 10) - interval;
            long at = Math.Max(_next, now - burst);
            _next = at + interval;
            return at > now ? TimeSpan.FromTicks(at - now) : TimeSpan.Zero;
        }
    }

    /// <summary>Resets the learned rate and the reserved slots, whose queries have given up.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _next = 0;
            Volatile.Write(ref _rate, double.PositiveInfinity);
            Volatile.Write(ref _ended, new int[4]);
        }
    }

    /// <summary>Records how an exchange ended.</summary>
    public void Note(DnsStatus status)
    {
        int kind = status switch
        {
            DnsStatus.Timeout => Silent,
            DnsStatus.NetworkError => Unreached,
            DnsStatus.ServFail or DnsStatus.Refused => Failed,
            _ => Answered,
        };
        Interlocked.Increment(ref Volatile.Read(ref _ended)[kind]);
        long now = clock.UtcNow.UtcTicks;
        if (now - Volatile.Read(ref _windowStart) >= Window)
        {
            lock (_lock)
            {
                long elapsed = now - _windowStart;
                if (elapsed >= Window)
                {
                    Judge(Math.Min(elapsed, 10 * Window) / (double)TimeSpan.TicksPerSecond);
                    Volatile.Write(ref _windowStart, now);
                }
            }
        }
    }

    private void Judge(double seconds)
    {
        int[] ended = Interlocked.Exchange(ref _ended, new int[4]);
        int answered = ended[Answered];
        int silent = ended[Silent] + (answered == 0 ? 0 : ended[Unreached]);
        int failed = answered == 0 ? 0 : ended[Failed];
        int total = answered + silent + failed;
        double rate = _rate;
        if (total >= MinimumExchanges && silent >= SilentShare * total)
        {
            rate = Math.Min(rate, Math.Max(LowestRate, (answered + failed) / seconds));
        }
        else if (total >= MinimumExchanges && failed >= FailedShare * total)
        {
            rate = Math.Max(LowestRate, Math.Min(rate, total / seconds) / 2);
        }
        else if (!double.IsPositiveInfinity(rate))
        {
            rate *= Recovery;
        }

        Volatile.Write(ref _rate, rate > HighestRate ? double.PositiveInfinity : rate);
    }
}

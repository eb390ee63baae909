using System.Diagnostics.CodeAnalysis;
using Dmarc.Text;

namespace Dmarc.Dns.Transports;

/// <summary>
/// Whether a server is there at all. It is taken for down when several attempts stayed without an answer, a probe (a question that any server
/// answers) too, which was waited for longer than a time limit, and then a last short probe, and nothing whatever came from the server
/// meanwhile. So a slow server, lost packets and a zone whose own servers are silent do not count, and neither does a machine that was too busy
/// to read what had come: the last probe gives it time to. While the server is down it is tried again from time to time, and anything that it
/// sends ends that.
/// </summary>
/// <param name="clock">Tells how long the server has been silent.</param>
/// <param name="patience">For how long it may be silent.</param>
internal sealed class ServerHealth(IClock clock, TimeSpan patience) : IDisposable
{
    /// <summary>So many silent attempts, probes among them, are needed before a server is taken for down.</summary>
    public const int MinimumSilences = 6;

    /// <summary>So many silent attempts make it worth asking whether the server is there.</summary>
    public const int SuspiciousSilences = 3;

    /// <summary>
    /// For so many time limits a probe is waited for: more than one, because a server that answers too late is not down, and so few that
    /// everything is over within three, the first attempt and the last probe included.
    /// </summary>
    public const double SilenceFactor = 1.25;

    /// <summary>How often a silent server is probed, and one that is down is tried.</summary>
    public static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();

    private readonly long _limit = (long)(patience.Ticks * SilenceFactor);
    private readonly long _interval = Math.Min(ProbeInterval.Ticks, patience.Ticks / 3);
    [SuppressMessage("Usage", "CA2213", Justification = "Who asks after the end still reads its token; it has no timer and no handle.")]
    private CancellationTokenSource _down = new();

    private bool _isDown;
    private int _silences;
    private long _heardAt;
    private long _probeAt;
    private long _lastProbeAt;
    private bool _lastProbeIsOut;

    /// <summary>True while the server is taken for down.</summary>
    public bool IsDown => Volatile.Read(ref _isDown);

    /// <summary>Raised when the server is taken for down.</summary>
    public event Action? WentDown;

    /// <summary>Cancelled when the server is next taken for down.</summary>
    public CancellationToken Down => Volatile.Read(ref _down).Token;

    /// <summary>For how long a probe is waited for.</summary>
    /// <param name="probe">Which.</param>
    public TimeSpan Patience(ServerProbe probe) => TimeSpan.FromTicks(probe == ServerProbe.Last ? _interval : _limit);

    /// <summary>When something came from the server last; the first moment there is before anything did.</summary>
    public DateTimeOffset HeardAt => new(Volatile.Read(ref _heardAt), TimeSpan.Zero);

    /// <summary>Something came from the server, whatever it was.</summary>
    public void Heard()
    {
        Volatile.Write(ref _heardAt, clock.UtcNow.UtcTicks);
        if (Volatile.Read(ref _silences) == 0)
        {
            return;
        }

        lock (_lock)
        {
            _silences = 0;
            _lastProbeIsOut = false;
            Volatile.Write(ref _isDown, false);
        }
    }

    /// <summary>An attempt ended without an answer.</summary>
    /// <param name="probe">Which probe it was, if it was one.</param>
    /// <returns>The probe that should now be sent.</returns>
    public ServerProbe NoteSilence(ServerProbe probe = ServerProbe.None)
    {
        lock (_lock)
        {
            if (_isDown)
            {
                return ServerProbe.None;
            }

            long now = clock.UtcNow.UtcTicks;
            _silences++;
            if (_silences >= MinimumSilences && probe == ServerProbe.Last && _lastProbeIsOut)
            {
                _probeAt = now;
                _lastProbeIsOut = false;
                Volatile.Write(ref _isDown, true);
            }
            else if (probe == ServerProbe.Long && now - Volatile.Read(ref _heardAt) >= _limit
                && (!_lastProbeIsOut || now - _lastProbeAt > _interval))
            {
                _lastProbeAt = now;
                _lastProbeIsOut = true;
                return ServerProbe.Last;
            }
            else if (_silences >= SuspiciousSilences && now >= _probeAt)
            {
                _probeAt = now + _interval;
                return ServerProbe.Long;
            }
            else
            {
                return ServerProbe.None;
            }
        }

        Interlocked.Exchange(ref _down, new CancellationTokenSource()).Cancel();
        WentDown?.Invoke();
        return ServerProbe.None;
    }

    /// <summary>True if it is time to try a server that is down once more.</summary>
    public bool IsTrialDue()
    {
        long now = clock.UtcNow.UtcTicks;
        if (now < Volatile.Read(ref _probeAt))
        {
            return false;
        }

        lock (_lock)
        {
            if (now < _probeAt)
            {
                return false;
            }

            _probeAt = now + _interval;
            return true;
        }
    }

    /// <summary>Ends all waits. The source itself stays: who asks afterwards still reads its token.</summary>
    public void Dispose() => _down.Cancel();
}

/// <summary>A question that a server must be able to answer, to see whether it is there.</summary>
internal enum ServerProbe
{
    /// <summary>None.</summary>
    None,

    /// <summary>One that is waited for longer than any other question.</summary>
    Long,

    /// <summary>The last one, after which the server is given up.</summary>
    Last,
}

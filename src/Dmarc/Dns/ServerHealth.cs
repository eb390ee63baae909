using System.Diagnostics.CodeAnalysis;
using Dmarc.Text;

namespace Dmarc.Dns;

/// <summary>
/// Whether a server is there at all. It is taken for down when nothing whatever came from it for longer than a time limit, in which several
/// attempts and at least one question that any server answers stayed without an answer. So a slow server, lost packets and a zone whose own
/// servers are silent do not count. While it is down it is tried again from time to time, and anything that it sends ends that.
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
    /// For so many time limits it has to be silent: more than one, because a server that answers too late is not down, and so few that
    /// everything is over after two.
    /// </summary>
    public const double SilenceFactor = 1.5;

    /// <summary>How often a silent server is probed, and one that is down is tried.</summary>
    public static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();

    private readonly long _limit = (long)(patience.Ticks * SilenceFactor);
    private readonly long _interval = Math.Min(ProbeInterval.Ticks, patience.Ticks / 3);
    [SuppressMessage("Usage", "CA2213", Justification = "Who asks after the end still reads its token; it has no timer and no handle.")]
    private CancellationTokenSource _down = new();

    private bool _isDown;
    private int _silences;
    private int _probes;
    private long _silentSince;
    private long _heardAt;
    private long _probeAt;

    /// <summary>True while the server is taken for down.</summary>
    public bool IsDown => Volatile.Read(ref _isDown);

    /// <summary>Raised when the server is taken for down.</summary>
    public event Action? WentDown;

    /// <summary>Cancelled when the server is next taken for down.</summary>
    public CancellationToken Down => Volatile.Read(ref _down).Token;

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
            _probes = 0;
            Volatile.Write(ref _isDown, false);
        }
    }

    /// <summary>An attempt ended without an answer.</summary>
    /// <param name="waited">For how long it was waited.</param>
    /// <param name="isProbe">True for a question that any server answers.</param>
    /// <returns>True where the server should now be asked something that it must be able to answer.</returns>
    public bool NoteSilence(TimeSpan waited, bool isProbe = false)
    {
        bool givesUp = false;
        bool probes = false;
        lock (_lock)
        {
            if (_isDown)
            {
                return false;
            }

            long now = clock.UtcNow.UtcTicks;
            long since = Math.Max(now - waited.Ticks, Volatile.Read(ref _heardAt));
            _silentSince = _silences == 0 ? since : Math.Min(_silentSince, since);
            _silences++;
            _probes += isProbe ? 1 : 0;
            if (_silences >= MinimumSilences && _probes > 0 && now - _silentSince >= _limit)
            {
                _probeAt = now;
                givesUp = true;
                Volatile.Write(ref _isDown, true);
            }
            else if (_silences >= SuspiciousSilences && now >= _probeAt)
            {
                _probeAt = now + _interval;
                probes = true;
            }
        }

        if (givesUp)
        {
            Interlocked.Exchange(ref _down, new CancellationTokenSource()).Cancel();
            WentDown?.Invoke();
        }

        return probes;
    }

    /// <summary>True where it is time to try a server that is down once more.</summary>
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

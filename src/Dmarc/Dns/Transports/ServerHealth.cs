using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Dns.Transports;

/// <summary>
/// Decides if a server is down: after several attempts without an answer, an unanswered probe (a query that any server
/// answers) with a longer wait, and an unanswered last short probe, if nothing else arrived from the server meanwhile.
/// So slow servers, lost packets and zones with silent servers do not count, nor does a machine too busy to read its
/// answers: the last probe gives it time. A server that is down is tried again now and then, and any message from it
/// ends the state.
/// </summary>
/// <param name="clock">Measures how long the server has been silent.</param>
/// <param name="patience">The maximum silence.</param>
internal sealed class ServerHealth(IClock clock, TimeSpan patience) : IDisposable
{
    /// <summary>This many silent attempts, probes included, are needed before a server counts as down.</summary>
    public const int MinimumSilences = 6;

    /// <summary>This many silent attempts trigger a probe.</summary>
    public const int SuspiciousSilences = 3;

    /// <summary>
    /// The wait for a probe, in time limits: more than one, because a server that answers too late is not down, and few
    /// enough that the first attempt, the probe and the last probe end within three.
    /// </summary>
    public const double SilenceFactor = 1.25;

    /// <summary>The interval between probes of a silent server, and between trials of one that is down.</summary>
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

    /// <summary>True while the server counts as down.</summary>
    public bool IsDown => Volatile.Read(ref _isDown);

    /// <summary>Raised when the server is found to be down.</summary>
    public event Action? WentDown;

    /// <summary>Cancelled when the server is next found to be down.</summary>
    public CancellationToken Down => Volatile.Read(ref _down).Token;

    /// <summary>The maximum wait for a probe.</summary>
    public TimeSpan Patience(ServerProbe probe) => TimeSpan.FromTicks(probe == ServerProbe.Last ? _interval : _limit);

    /// <summary>The time of the last message from the server; the minimum value before the first.</summary>
    public DateTimeOffset HeardAt => new(Volatile.Read(ref _heardAt), TimeSpan.Zero);

    /// <summary>Records that the server sent something.</summary>
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

    /// <summary>Records an attempt without an answer.</summary>
    /// <param name="probe">The probe that the attempt was, if any.</param>
    /// <returns>The probe to send now.</returns>
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

    /// <summary>True if it is time to try a server that is down again.</summary>
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

    /// <summary>Ends all waits. The source itself is not disposed: later callers still read its token.</summary>
    public void Dispose() => _down.Cancel();
}

/// <summary>A query that any server must be able to answer, to check if it is up.</summary>
internal enum ServerProbe
{
    /// <summary>No probe.</summary>
    None,

    /// <summary>A probe with a longer wait than any other query.</summary>
    Long,

    /// <summary>The last probe before the server counts as down.</summary>
    Last,
}

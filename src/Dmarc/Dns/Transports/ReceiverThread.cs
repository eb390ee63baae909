namespace Dmarc.Dns.Transports;

/// <summary>
/// A thread that receives for one socket after another: a socket lives for a few queries, and a thread for each would
/// cost more than they do. Pool threads must not be blocked.
/// </summary>
internal sealed class ReceiverThread
{
    private const int StackSize = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly List<ReceiverThread> Idle = [];

    private readonly object _lock = new();
    private UdpChannel? _channel;
    private CultureInfo _language = CultureInfo.CurrentUICulture;

    private ReceiverThread(UdpChannel channel) => _channel = channel;

    /// <summary>Lets a thread receive for the socket until the socket is closed.</summary>
    public static void Run(UdpChannel channel)
    {
        ReceiverThread? idle = null;
        lock (Idle)
        {
            if (Idle.Count > 0)
            {
                idle = Idle[Idle.Count - 1];
                Idle.RemoveAt(Idle.Count - 1);
            }
        }

        if (idle is null)
        {
            ReceiverThread started = new(channel);
            new Thread(started.Loop, StackSize) { IsBackground = true, Name = "DNS" }.Start();
            return;
        }

        lock (idle._lock)
        {
            idle._channel = channel;
            idle._language = CultureInfo.CurrentUICulture;
            Monitor.Pulse(idle._lock);
        }
    }

    private void Loop()
    {
        while (true)
        {
            // The thread serves several commands, which may belong to sessions in different languages.
            CultureInfo.CurrentUICulture = _language;
            _channel!.Receive();
            lock (_lock)
            {
                _channel = null;
                lock (Idle)
                {
                    Idle.Add(this);
                }

                if (!Wait())
                {
                    return;
                }
            }
        }
    }

    /// <summary>Waits for the next socket; false if none came for a long time. The caller holds the lock.</summary>
    private bool Wait()
    {
        while (_channel is null)
        {
            if (Monitor.Wait(_lock, Patience) || _channel is not null)
            {
                continue;
            }

            lock (Idle)
            {
                if (Idle.Remove(this))
                {
                    return false;
                }
            }
        }

        return true;
    }
}

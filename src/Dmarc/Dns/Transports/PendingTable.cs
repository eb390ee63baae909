using System.Diagnostics;

namespace Dmarc.Dns.Transports;

/// <summary>
/// The queries in flight over one connection or all sockets of one server, found by id without a lock. One timer finds
/// expired queries, and runs only while there are any: a timer for each query would cost more than the query.
/// </summary>
internal sealed class PendingTable : IDisposable
{
    private const int SweepMilliseconds = 25;
    private const int Probes = 32;

    private readonly PendingQuery?[] _slots;
    private readonly Timer _sweeper;
    private int _count;
    private int _sweeping;
    private volatile bool _disposed;

    /// <summary>An empty table.</summary>
    /// <param name="capacity">The number of slots: a power of two, of which at most half should be used.</param>
    public PendingTable(int capacity)
    {
        _slots = new PendingQuery?[capacity];
        _sweeper = new Timer(static state => ((PendingTable)state!).Sweep(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>The number of queries in flight.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Assigns the query a random id that no other query in flight has.</summary>
    /// <returns>False if the table is too full.</returns>
    public bool TryAdd(PendingQuery pending)
    {
        for (int probe = 0; probe < Probes; probe++)
        {
            ushort id = RandomNumbers.Next();
            ref PendingQuery? slot = ref _slots[id & (_slots.Length - 1)];
            if (Volatile.Read(ref slot) is not null)
            {
                continue;
            }

            pending.Id = id;
            if (Interlocked.CompareExchange(ref slot, pending, null) is null)
            {
                Interlocked.Increment(ref _count);
                StartSweeping();
                return true;
            }
        }

        return false;
    }

    /// <summary>The query with this id; null if there is none.</summary>
    public PendingQuery? Find(ushort id)
    {
        PendingQuery? pending = Volatile.Read(ref _slots[id & (_slots.Length - 1)]);
        return pending is not null && pending.Id == id ? pending : null;
    }

    /// <summary>Removes the query.</summary>
    public void Remove(PendingQuery pending)
    {
        ref PendingQuery? slot = ref _slots[pending.Id & (_slots.Length - 1)];
        if (ReferenceEquals(Interlocked.CompareExchange(ref slot, null, pending), pending))
        {
            Interlocked.Decrement(ref _count);
            pending.Channel?.Leave();
        }
    }

    /// <summary>Ends all queries with the same status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="detail">The error in words.</param>
    /// <param name="channel">The socket whose queries end; null for all.</param>
    /// <param name="retry">Whether to retry.</param>
    public void EndAll(DnsStatus status, string detail = "", UdpChannel? channel = null, DnsRetry retry = DnsRetry.None)
    {
        for (int index = 0; index < _slots.Length; index++)
        {
            if (Volatile.Read(ref _slots[index]) is PendingQuery pending && (channel is null || pending.Channel == channel))
            {
                Remove(pending);
                pending.End(status, detail, retry);
            }
        }
    }

    /// <summary>Stops the timer.</summary>
    public void Dispose()
    {
        _disposed = true;
        _sweeper.Dispose();
    }

    private void StartSweeping()
    {
        if (Volatile.Read(ref _sweeping) == 0 && Interlocked.Exchange(ref _sweeping, 1) == 0)
        {
            Schedule();
        }
    }

    private void Sweep()
    {
        long now = Stopwatch.GetTimestamp();
        for (int index = 0; index < _slots.Length; index++)
        {
            if (Volatile.Read(ref _slots[index]) is PendingQuery pending && pending.Deadline <= now)
            {
                Remove(pending);
                pending.End(DnsStatus.Timeout);
            }
        }

        if (Count > 0)
        {
            Schedule();
            return;
        }

        // A query added in between still saw the flag set: check again after clearing it.
        Interlocked.Exchange(ref _sweeping, 0);
        if (Count > 0)
        {
            StartSweeping();
        }
    }

    private void Schedule()
    {
        if (_disposed)
        {
            return;
        }

        try
        {
            _sweeper.Change(SweepMilliseconds, Timeout.Infinite);
        }
        catch (ObjectDisposedException)
        {
            // Disposed in between; Dispose has ended the queries.
        }
    }
}

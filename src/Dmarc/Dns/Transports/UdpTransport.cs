using System.Net;
using System.Net.Sockets;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>
/// UDP to one server over a few sockets, more of them the more queries are in flight, each replaced after a few queries
/// by one with another random port. A truncated answer is returned unchanged: the caller retries over TCP.
/// </summary>
internal sealed class UdpTransport : IDnsTransport
{
    /// <summary>The maximum number of sockets that take queries at once.</summary>
    public const int MaximumChannels = 8;

    private const int Capacity = 4096;
    private const int InFlightPerChannel = 128;
    private const int MaximumTurns = 1024;

    private readonly ServerAddress _address;
    private readonly ServerHealth _health;
    private readonly bool _continuesInline;
    private readonly PendingTable _pending = new(Capacity);
    private readonly UdpChannel?[] _channels = new UdpChannel?[MaximumChannels];
    private readonly object[] _places = [.. Enumerable.Range(0, MaximumChannels).Select(_ => new object())];
    private readonly List<UdpChannel> _retired = [];
    private readonly object _lock = new();
    private bool _disposed;

    /// <summary>A transport.</summary>
    /// <param name="server">The server.</param>
    /// <param name="health">Notified of every message from the server; ends all waits if it is down.</param>
    /// <param name="continuesInline">
    /// True if the caller may continue on the receiving thread: see <see cref="PendingQuery"/>.
    /// </param>
    public UdpTransport(DnsServer server, ServerHealth health, bool continuesInline = false)
    {
        _continuesInline = continuesInline;
        _address = new ServerAddress(server);
        _health = health;
        health.WentDown += () => _pending.EndAll(DnsStatus.Timeout);
    }

    public ValueTask<DnsResponse> ExchangeAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ValueTask<IPEndPoint[]> address = _address.GetAsync();
        if (cancellationToken.CanBeCanceled || !address.IsCompletedSuccessfully)
        {
            return new ValueTask<DnsResponse>(WaitAsync(address, query, timeout, cancellationToken));
        }

        // The usual path costs one task: the code that completes the query has removed it from the table.
        try
        {
            return new ValueTask<DnsResponse>(Send(address.Result, new PendingQuery(query, timeout, _continuesInline)).Task);
        }
        catch (SocketException exception)
        {
            return new ValueTask<DnsResponse>(query.Failed(DnsStatus.NetworkError, exception.Message));
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (UdpChannel? channel in _channels.Concat(_retired))
            {
                channel?.Dispose();
            }

            Array.Clear(_channels, 0, _channels.Length);
            _retired.Clear();
        }

        _pending.Dispose();
    }

    private async Task<DnsResponse> WaitAsync(
        ValueTask<IPEndPoint[]> address,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        try
        {
            PendingQuery pending = Send(await address.ConfigureAwait(false), new PendingQuery(query, timeout));
            using CancellationTokenRegistration registration =
                cancellationToken.Register(() => pending.TrySetCanceled(cancellationToken));
            try
            {
                return await pending.Task.ConfigureAwait(false);
            }
            finally
            {
                _pending.Remove(pending);
            }
        }
        catch (SocketException exception)
        {
            return query.Failed(DnsStatus.NetworkError, exception.Message);
        }
    }

    private PendingQuery Send(IPEndPoint[] servers, PendingQuery pending)
    {
        int inUse = Math.Min(MaximumChannels, 1 + (_pending.Count / InFlightPerChannel));
        int index = RandomNumbers.Next() % inUse;
        for (int turn = 0; turn < MaximumTurns; turn++)
        {
            UdpChannel? channel = Volatile.Read(ref _channels[index]);
            if (channel is null || channel.Full || channel.Closed)
            {
                channel = Replace(index, channel, servers);
            }

            if (channel.TrySend(pending))
            {
                return pending;
            }
        }

        throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
    }

    /// <summary>Replaces a used-up socket. Meanwhile only the callers that need the same slot wait.</summary>
    private UdpChannel Replace(int index, UdpChannel? old, IPEndPoint[] servers)
    {
        lock (_places[index])
        {
            if (Volatile.Read(ref _channels[index]) is UdpChannel other && other != old)
            {
                return other;
            }

            UdpChannel fresh = Open(servers);
            lock (_lock)
            {
                if (_disposed)
                {
                    fresh.Dispose();
                    throw new SocketException((int)SocketError.OperationAborted);
                }

                Volatile.Write(ref _channels[index], fresh);
                Retire(old);
            }

            return fresh;
        }
    }

    /// <summary>Lets a socket receive its last answers, and closes idle ones. The caller holds the lock.</summary>
    private void Retire(UdpChannel? old)
    {
        if (old is { Closed: false })
        {
            _retired.Add(old);
        }

        for (int position = _retired.Count - 1; position >= 0; position--)
        {
            UdpChannel channel = _retired[position];
            if (!channel.Closed && channel.InFlight > 0)
            {
                continue;
            }

            if (!channel.Closed)
            {
                channel.Dispose();
            }

            _retired.RemoveAt(position);
        }
    }

    private UdpChannel Open(IPEndPoint[] servers)
    {
        for (int index = 0; ; index++)
        {
            try
            {
                return new UdpChannel(servers[index], _pending, _health.Heard);
            }
            catch (SocketException) when (index < servers.Length - 1)
            {
                // There is no route to this address; the host has others.
            }
        }
    }
}

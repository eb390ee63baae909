using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>
/// UDP to one server over a few sockets, more of them the more is in flight, each replaced by one with another port after
/// some thousands of questions. A truncated answer is asked for again over TCP.
/// </summary>
internal sealed class UdpTransport : IDnsTransport
{
    /// <summary>The most sockets in use at once.</summary>
    public const int MaximumChannels = 8;

    private const int QueriesPerPort = 20_000;
    private const int InFlightPerChannel = 128;

    private readonly ServerAddress _address;
    private readonly IDnsTransport _tcp;
    private readonly UdpChannel?[] _channels = new UdpChannel?[MaximumChannels];
    private readonly List<UdpChannel> _retired = [];
    private readonly object _lock = new();
    private int _inFlight;
    private bool _disposed;

    /// <summary>A transport.</summary>
    /// <param name="server">The server.</param>
    /// <param name="tcp">What asks again after a truncated answer; disposed of together with this.</param>
    public UdpTransport(DnsServer server, IDnsTransport tcp)
    {
        _address = new ServerAddress(server);
        _tcp = tcp;
    }

    /// <inheritdoc/>
    public async ValueTask<DnsAnswer> ExchangeAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        DnsAnswer answer;
        try
        {
            ValueTask<IPEndPoint[]> address = _address.GetAsync();
            IPEndPoint[] servers = address.IsCompletedSuccessfully
                ? address.Result
                : await address.ConfigureAwait(false);
            answer = await AskAsync(servers, query, timeout, cancellationToken).ConfigureAwait(false);
            if (answer.ConnectionLost)
            {
                // The socket retired between its choice and its use.
                answer = await AskAsync(servers, query, timeout, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SocketException exception)
        {
            return DnsAnswer.Unreachable(exception.Message);
        }

        if (!answer.Truncated)
        {
            return answer;
        }

        TimeSpan left = timeout - TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency);
        return left <= TimeSpan.Zero
            ? DnsAnswer.TimedOut
            : await _tcp.ExchangeAsync(query, left, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (UdpChannel? channel in _channels)
            {
                channel?.Dispose();
            }

            foreach (UdpChannel channel in _retired)
            {
                channel.Dispose();
            }

            Array.Clear(_channels, 0, _channels.Length);
            _retired.Clear();
        }

        _tcp.Dispose();
    }

    private async ValueTask<DnsAnswer> AskAsync(IPEndPoint[] servers, DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        PendingQuery pending = new(query, timeout);
        UdpChannel channel = Send(servers, pending);
        try
        {
            if (!cancellationToken.CanBeCanceled)
            {
                return await pending.Task.ConfigureAwait(false);
            }

            using CancellationTokenRegistration registration =
                cancellationToken.Register(static state => ((PendingQuery)state!).TrySetCanceled(), pending);
            return await pending.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            channel.Forget(pending);
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private UdpChannel Send(IPEndPoint[] servers, PendingQuery pending)
    {
        int inUse = Math.Min(MaximumChannels, 1 + (Interlocked.Increment(ref _inFlight) / InFlightPerChannel));
        try
        {
            int first = RandomNumbers.Next() % inUse;
            for (int turn = 0; ; turn++)
            {
                // Once all sockets are full the rest is spread over new ones, which retire when they are empty.
                int index = (first + turn) % MaximumChannels;
                UdpChannel? channel = Volatile.Read(ref _channels[index]);
                if (channel is null || channel.Closed || channel.Sent >= QueriesPerPort || turn >= 2 * MaximumChannels)
                {
                    channel = Replace(index, channel, servers);
                }

                if (channel.TrySend(pending))
                {
                    return channel;
                }
            }
        }
        catch
        {
            Interlocked.Decrement(ref _inFlight);
            throw;
        }
    }

    private UdpChannel Replace(int index, UdpChannel? old, IPEndPoint[] servers)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                throw new SocketException((int)SocketError.OperationAborted);
            }

            if (_channels[index] is UdpChannel other && other != old)
            {
                return other;
            }

            UdpChannel fresh = Open(servers);
            _channels[index] = fresh;
            if (old is not null)
            {
                _retired.Add(old);
            }

            for (int position = _retired.Count - 1; position >= 0; position--)
            {
                if (_retired[position].Closed || _retired[position].InFlight == 0)
                {
                    _retired[position].Dispose();
                    _retired.RemoveAt(position);
                }
            }

            return fresh;
        }
    }

    private static UdpChannel Open(IPEndPoint[] servers)
    {
        for (int index = 0; ; index++)
        {
            try
            {
                return new UdpChannel(servers[index]);
            }
            catch (SocketException) when (index < servers.Length - 1)
            {
                // No way to this address; the host has others.
            }
        }
    }
}

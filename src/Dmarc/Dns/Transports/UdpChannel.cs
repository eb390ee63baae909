using System.Net;
using System.Net.Sockets;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>
/// One UDP socket for a few queries, on a random port (RFC 5452 §9.2) and connected to one server, so that the kernel
/// drops packets from elsewhere. It closes itself after its last answer.
/// </summary>
internal sealed class UdpChannel : IDisposable
{
    private const int LowestPort = 0x4000;
    private const int PortAttempts = 8;
    private const int MaximumMessage = 65535;

    [ThreadStatic]
    private static byte[]? _sendBuffer;

    [ThreadStatic]
    private static byte[]? _receiveBuffer;

    private readonly Socket _socket;
    private readonly PendingTable _pending;
    private readonly Action _heard;
    private int _sent;
    private int _inFlight;
    private volatile bool _full;
    private volatile bool _closed;

    /// <summary>Opens a socket to the server.</summary>
    /// <exception cref="SocketException">There is no route to the server.</exception>
    public UdpChannel(IPEndPoint server, PendingTable pending, Action heard)
    {
        _pending = pending;
        _heard = heard;
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            BindAtRandom(_socket);
            _socket.Connect(server);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        ReceiverThread.Run(this);
    }

    /// <summary>The maximum number of queries over one socket and port. Only the port benchmark sets it.</summary>
    public static int MaximumQueries { get; set; } = 16;

    /// <summary>The number of queries in flight.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>True once the maximum number of queries was sent.</summary>
    public bool Full => _full;

    /// <summary>True once the socket can no longer be used.</summary>
    public bool Closed => _closed;

    /// <summary>Sends the query; its answer or its deadline ends <paramref name="pending"/>.</summary>
    /// <returns>False if the maximum number was already sent.</returns>
    public bool TrySend(PendingQuery pending)
    {
        // Counts it as in flight first: only the last query makes the socket full, so all earlier ones are counted.
        Interlocked.Increment(ref _inFlight);
        int number = Interlocked.Increment(ref _sent);
        if (number >= MaximumQueries)
        {
            _full = true;
        }

        pending.Channel = this;
        if (number > MaximumQueries || !_pending.TryAdd(pending))
        {
            pending.Channel = null;
            Leave();
            return false;
        }

        byte[] buffer = _sendBuffer ??= new byte[DnsQuery.MaximumLength];
        int length = pending.Query.Write(buffer, pending.Id);
        try
        {
            _socket.Send(buffer, 0, length, SocketFlags.None);
        }
        catch (SocketException exception)
        {
            // This may be the ICMP error of an earlier packet, so all queries in flight fail.
            _pending.EndAll(DnsStatus.NetworkError, exception.Message, this);
        }
        catch (ObjectDisposedException)
        {
            _pending.Remove(pending);
            pending.Channel = null;
            return pending.Task.IsCompleted;
        }

        return true;
    }

    /// <summary>Records that a query is no longer in flight.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Closes the socket and ends the queries in flight.</summary>
    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        if (InFlight > 0)
        {
            _pending.EndAll(DnsStatus.NetworkError, Strings.Dns_ConnectionClosed, this);
        }
    }

    /// <summary>Receives until the last answer has arrived.</summary>
    internal void Receive()
    {
        byte[] buffer = _receiveBuffer ??= new byte[MaximumMessage];
        while (!_closed)
        {
            int length;
            try
            {
                length = _socket.Receive(buffer, 0, buffer.Length, SocketFlags.None);
            }
            catch (SocketException exception) when (!_closed && IsTransient(exception.SocketErrorCode))
            {
                _pending.EndAll(DnsStatus.NetworkError, exception.Message, this);
                continue;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                _closed = true;
                _socket.Dispose();
                _pending.EndAll(DnsStatus.NetworkError, exception.Message, this);
                return;
            }

            Accept(buffer.AsSpan(0, length));
            if (_full && InFlight == 0)
            {
                _closed = true;
                _socket.Dispose();
            }
        }
    }

    /// <summary>
    /// Binds to an unpredictable port. Not every system chooses ports at random, so its choice is used only if several
    /// of ours are taken.
    /// </summary>
    private static void BindAtRandom(Socket socket)
    {
        IPAddress any = socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        for (int attempt = 0; attempt < PortAttempts; attempt++)
        {
            int port;
            do
            {
                port = RandomNumbers.Next();
            }
            while (port < LowestPort);

            try
            {
                socket.Bind(new IPEndPoint(any, port));
                return;
            }
            catch (SocketException exception) when (
                exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // The port is taken.
            }
        }
    }

    /// <summary>Skips messages that do not answer a query in flight: the right one may still arrive.</summary>
    private void Accept(ReadOnlySpan<byte> message)
    {
        _heard();
        if (message.Length < 2
            || _pending.Find((ushort)((message[0] << 8) | message[1])) is not PendingQuery pending
            || pending.Channel != this
            || !pending.Query.IsAnsweredBy(message))
        {
            return;
        }

        _pending.Remove(pending);
        pending.TrySetResult(AnswerReader.Read(message, pending.Query));
    }

    private static bool IsTransient(SocketError error) =>
        error is SocketError.ConnectionRefused
            or SocketError.ConnectionReset
            or SocketError.HostUnreachable
            or SocketError.NetworkUnreachable
            or SocketError.MessageSize
            or SocketError.TimedOut
            or SocketError.Interrupted
            or SocketError.WouldBlock;
}

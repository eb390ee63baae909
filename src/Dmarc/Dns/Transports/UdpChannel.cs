using System.Net;
using System.Net.Sockets;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>
/// One UDP socket that is connected to one server, so that the kernel drops what comes from elsewhere, with a thread that
/// receives. The port is the one that the operating system draws at random.
/// </summary>
internal sealed class UdpChannel : IDisposable
{
    /// <summary>How many questions may be in flight over one socket: what a common receive buffer holds answers for.</summary>
    public const int MaximumInFlight = 512;

    private const int Capacity = 1024;
    private const int ReceiveBufferSize = 1 << 20;
    private const int MaximumMessage = 65535;

    [ThreadStatic]
    private static byte[]? _sendBuffer;

    private readonly Socket _socket;
    private readonly PendingTable _pending = new(Capacity);
    private int _sent;
    private volatile bool _closed;

    /// <summary>Opens a socket to the server.</summary>
    /// <exception cref="SocketException">There is no way to the server.</exception>
    public UdpChannel(IPEndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.ReceiveBufferSize = ReceiveBufferSize;
            _socket.Connect(server);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        new Thread(Receive, 256 * 1024) { IsBackground = true, Name = "DNS " + server }.Start();
    }

    /// <summary>How many questions have been sent over it.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>How many are in flight.</summary>
    public int InFlight => _pending.Count;

    /// <summary>True once it can no longer be used.</summary>
    public bool Closed => _closed;

    /// <summary>Sends the question; its answer ends <paramref name="pending"/>, as does the end of its time.</summary>
    /// <returns>False where too many are in flight already.</returns>
    public bool TrySend(PendingQuery pending)
    {
        if (_pending.Count >= MaximumInFlight || !_pending.TryAdd(pending))
        {
            return false;
        }

        Interlocked.Increment(ref _sent);
        byte[] buffer = _sendBuffer ??= new byte[DnsQuery.MaximumLength];
        int length = pending.Query.Write(buffer, pending.Id);
        try
        {
            _socket.Send(buffer, 0, length, SocketFlags.None);
        }
        catch (SocketException exception)
        {
            // An ICMP error of an earlier packet may be reported here: all that is in flight shares its fate.
            _pending.EndAll(DnsAnswer.Unreachable(exception.Message));
        }
        catch (ObjectDisposedException)
        {
            Forget(pending);
            pending.TrySetResult(new DnsAnswer(DnsStatus.NetworkError) { ConnectionLost = true });
        }

        return true;
    }

    /// <summary>Lets go of a question whose asker no longer waits.</summary>
    public void Forget(PendingQuery pending) => _pending.Remove(pending);

    /// <summary>Closes the socket and ends what is in flight.</summary>
    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        _pending.EndAll(new DnsAnswer(DnsStatus.NetworkError) { ConnectionLost = true });
        _pending.Dispose();
    }

    private void Receive()
    {
        byte[] buffer = new byte[MaximumMessage];
        while (!_closed)
        {
            int length;
            try
            {
                length = _socket.Receive(buffer, 0, buffer.Length, SocketFlags.None);
            }
            catch (SocketException exception) when (!_closed && IsTransient(exception.SocketErrorCode))
            {
                _pending.EndAll(DnsAnswer.Unreachable(exception.Message));
                continue;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                _closed = true;
                _pending.EndAll(DnsAnswer.Unreachable(exception.Message));
                return;
            }

            Accept(buffer.AsSpan(0, length));
        }
    }

    /// <summary>What is not the answer to a question in flight is passed over: the right one may still come.</summary>
    private void Accept(ReadOnlySpan<byte> message)
    {
        if (message.Length < 2
            || _pending.Find((ushort)((message[0] << 8) | message[1])) is not PendingQuery pending
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

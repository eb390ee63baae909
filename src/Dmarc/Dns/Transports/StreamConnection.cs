using System.Buffers.Binary;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>
/// One TCP or TLS connection with many queries in flight, answered in any order (RFC 7766 §6.2.1.1). Each message is
/// preceded by its length (RFC 1035 §4.2.2).
/// </summary>
internal sealed class StreamConnection : IDisposable
{
    /// <summary>The maximum number of queries in flight over one connection.</summary>
    public const int MaximumInFlight = 128;

    private const int Capacity = 512;
    private const int LengthPrefix = 2;

    private readonly Stream _stream;
    private readonly Action _heard;
    private readonly PendingTable _pending = new(Capacity);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private volatile bool _closed;

    /// <summary>Takes ownership of an open stream and begins to receive.</summary>
    public StreamConnection(Stream stream, Action heard)
    {
        _stream = stream;
        _heard = heard;
        _ = Task.Run(ReceiveAsync);
    }

    /// <summary>The number of queries in flight.</summary>
    public int InFlight => _pending.Count;

    /// <summary>True once the connection can no longer be used.</summary>
    public bool Closed => _closed;

    /// <summary>Sends a query and waits for the answer.</summary>
    public async Task<DnsResponse> ExchangeAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        PendingQuery pending = new(query, timeout);
        if (!_pending.TryAdd(pending))
        {
            return query.Failed(DnsStatus.NetworkError, "", DnsRetry.OverNewConnection);
        }

        try
        {
            using CancellationTokenRegistration registration =
                cancellationToken.Register(() => pending.TrySetCanceled(cancellationToken));
            _ = WriteAsync(pending);
            return await pending.Task.ConfigureAwait(false);
        }
        finally
        {
            _pending.Remove(pending);
        }
    }

    /// <summary>Ends the queries in flight with a timeout.</summary>
    public void GiveUp() => _pending.EndAll(DnsStatus.Timeout);

    /// <summary>Closes the connection and ends the queries in flight.</summary>
    public void Dispose()
    {
        End("");
        _pending.Dispose();
    }

    private async Task WriteAsync(PendingQuery pending)
    {
        byte[] message = new byte[LengthPrefix + DnsQuery.MaximumLength];
        int length = pending.Query.Write(message.AsSpan(LengthPrefix), pending.Id);
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)length);
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_closed)
            {
                pending.End(DnsStatus.NetworkError, "", DnsRetry.OverNewConnection);
                return;
            }

            await _stream.WriteAsync(message, 0, LengthPrefix + length).ConfigureAwait(false);
            await _stream.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsConnectionError(exception))
        {
            End(exception.Message);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[LengthPrefix + ushort.MaxValue];
        try
        {
            while (await FillAsync(buffer, 0, LengthPrefix).ConfigureAwait(false))
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
                if (!await FillAsync(buffer, LengthPrefix, length).ConfigureAwait(false))
                {
                    break;
                }

                Accept(buffer.AsSpan(LengthPrefix, length));
            }

            End(Strings.Dns_ConnectionClosed);
        }
        catch (Exception exception) when (IsConnectionError(exception))
        {
            End(exception.Message);
        }
    }

    private async Task<bool> FillAsync(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            int read = await _stream.ReadAsync(buffer, offset, count).ConfigureAwait(false);
            if (read == 0)
            {
                return false;
            }

            offset += read;
            count -= read;
        }

        return true;
    }

    private void Accept(ReadOnlySpan<byte> message)
    {
        _heard();
        if (message.Length < 2
            || _pending.Find(BinaryPrimitives.ReadUInt16BigEndian(message)) is not PendingQuery pending
            || !pending.Query.IsAnsweredBy(message))
        {
            return;
        }

        DnsResponse answer = AnswerReader.Read(message, pending.Query);
        _pending.Remove(pending);

        // TC has no meaning on a stream: no other transport would return the complete answer.
        pending.TrySetResult(answer.Retry == DnsRetry.OverTcp ? answer with { Retry = DnsRetry.None } : answer);
    }

    private void End(string reason)
    {
        _closed = true;
        _stream.Dispose();
        _pending.EndAll(DnsStatus.NetworkError, reason, retry: DnsRetry.OverNewConnection);
    }

    private static bool IsConnectionError(Exception exception) =>
        exception is IOException or ObjectDisposedException or InvalidOperationException or System.Net.Sockets.SocketException;
}

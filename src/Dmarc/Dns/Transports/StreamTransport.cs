using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>
/// TCP or TLS to one server over a few connections that stay open and are shared (RFC 7766 §6.2). A connection that the
/// server closed is replaced, and the queries lost with it are sent again once.
/// </summary>
internal sealed class StreamTransport : IDnsTransport
{
    private const int MaximumConnections = 4;

    private readonly List<Task<StreamConnection>> _connections = [];
    private readonly object _lock = new();
    private readonly Func<CancellationToken, Task<Stream>> _connect;
    private readonly ServerHealth _health;
    private CancellationTokenSource _opening = new();
    private bool _disposed;

    /// <summary>A transport.</summary>
    public StreamTransport(Func<CancellationToken, Task<Stream>> connect, ServerHealth health)
    {
        _connect = connect;
        _health = health;
        health.WentDown += GiveUp;
    }

    public async ValueTask<DnsResponse> ExchangeAsync(DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        for (int turn = 1; ; turn++)
        {
            Task<StreamConnection> opening = Choose(out bool isNew);
            if (!opening.IsCompleted && !await WaitAsync(opening, Left(start, timeout), cancellationToken).ConfigureAwait(false))
            {
                return query.Failed(DnsStatus.Timeout);
            }

            StreamConnection connection;
            try
            {
                connection = await opening.ConfigureAwait(false);
            }
            catch (Exception exception) when (IsConnectError(exception))
            {
                // If the server counts as down, this side closed its connections.
                return _health.IsDown
                    ? query.Failed(DnsStatus.Timeout)
                    : query.Failed(DnsStatus.NetworkError, exception.InnerException?.Message ?? exception.Message);
            }

            DnsResponse answer = await connection.ExchangeAsync(query, Left(start, timeout), cancellationToken).ConfigureAwait(false);
            if (answer.Retry != DnsRetry.OverNewConnection || isNew || turn == 2)
            {
                return answer;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (Task<StreamConnection> connection in _connections)
            {
                DisposeWhenOpen(connection);
            }

            _connections.Clear();
            _opening.Cancel();
            _opening.Dispose();
        }
    }

    /// <summary>Drops all connections: they may be dead although the server is up.</summary>
    private void GiveUp()
    {
        lock (_lock)
        {
            foreach (Task<StreamConnection> connection in _connections)
            {
                if (connection.Status == TaskStatus.RanToCompletion)
                {
                    connection.Result.GiveUp();
                }

                DisposeWhenOpen(connection);
            }

            _connections.Clear();
            if (!_disposed)
            {
                _opening.Cancel();
                _opening.Dispose();
                _opening = new CancellationTokenSource();
            }
        }
    }

    private async Task<bool> WaitAsync(Task opening, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _health.Down);
        try
        {
            return await TaskDeadline.WaitAsync(opening, timeout, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private Task<StreamConnection> Choose(out bool isNew)
    {
        lock (_lock)
        {
            isNew = false;
            if (_disposed)
            {
                return Task.FromException<StreamConnection>(new IOException(Strings.Dns_ConnectionClosed));
            }

            Task<StreamConnection>? best = null;
            int least = int.MaxValue;
            for (int index = _connections.Count - 1; index >= 0; index--)
            {
                Task<StreamConnection> candidate = _connections[index];
                if (candidate.IsFaulted || candidate.IsCanceled || (candidate.IsCompleted && candidate.Result.Closed))
                {
                    DisposeWhenOpen(candidate);
                    _connections.RemoveAt(index);
                    continue;
                }

                int inFlight = candidate.IsCompleted ? candidate.Result.InFlight : 0;
                if (inFlight < least)
                {
                    least = inFlight;
                    best = candidate;
                }
            }

            if (best is not null && (least < StreamConnection.MaximumInFlight || _connections.Count >= MaximumConnections))
            {
                return best;
            }

            isNew = true;
            CancellationToken token = _opening.Token;
            Task<StreamConnection> opening = Task.Run(
                async () => new StreamConnection(await _connect(token).ConfigureAwait(false), _health.Heard),
                CancellationToken.None);
            _connections.Add(opening);
            return opening;
        }
    }

    private static void DisposeWhenOpen(Task<StreamConnection> connection) => connection.ContinueWith(
        static task =>
        {
            if (task.Status == TaskStatus.RanToCompletion)
            {
                task.Result.Dispose();
            }
            else
            {
                _ = task.Exception;
            }
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private static TimeSpan Left(long start, TimeSpan timeout) =>
        timeout - Elapsed.Since(start);

    private static bool IsConnectError(Exception exception) =>
        exception is SocketException or IOException or AuthenticationException or ObjectDisposedException or OperationCanceledException;
}

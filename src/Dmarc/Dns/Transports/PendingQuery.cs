using System.Diagnostics;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>A question that waits for its answer.</summary>
/// <param name="query">The question.</param>
/// <param name="timeout">How long the answer is waited for.</param>
/// <param name="continuesInline">
/// True if who waits goes on at once, on the thread that received the answer, because it does little and never blocks; else it goes on
/// on another thread.
/// </param>
internal sealed class PendingQuery(DnsQuery query, TimeSpan timeout, bool continuesInline = false)
    : TaskCompletionSource<DnsResponse>(continuesInline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>The question.</summary>
    public DnsQuery Query { get; } = query;

    /// <summary>The number under which it was sent.</summary>
    public ushort Id { get; set; }

    /// <summary>The socket over which it was sent; null where its table belongs to one connection.</summary>
    public UdpChannel? Channel { get; set; }

    /// <summary>When the wait ends, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Deadline { get; } = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);

    /// <summary>
    /// Ends the wait without an answer from the server. Who waits always goes on on another thread: it may ask again, that may fail at
    /// once and end others, and so on, each within the one before.
    /// </summary>
    /// <param name="status">How it ended.</param>
    /// <param name="detail">What went wrong, in words.</param>
    /// <param name="retry">Whether it is worth asking once more.</param>
    public void End(DnsStatus status, string detail = "", DnsRetry retry = DnsRetry.None)
    {
        DnsResponse answer = Query.Failed(status, detail, retry);
        if (continuesInline)
        {
            ThreadPool.QueueUserWorkItem(_ => TrySetResult(answer));
        }
        else
        {
            TrySetResult(answer);
        }
    }
}

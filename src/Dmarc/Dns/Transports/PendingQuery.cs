using System.Diagnostics;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>A query that waits for its answer.</summary>
/// <param name="query">The query.</param>
/// <param name="timeout">The maximum wait.</param>
/// <param name="continuesInline">
/// True to continue the caller on the receiving thread, because it does little and never blocks; otherwise it continues
/// on another thread.
/// </param>
internal sealed class PendingQuery(DnsQuery query, TimeSpan timeout, bool continuesInline = false)
    : TaskCompletionSource<DnsResponse>(continuesInline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>The query.</summary>
    public DnsQuery Query { get; } = query;

    /// <summary>The id with which it was sent.</summary>
    public ushort Id { get; set; }

    /// <summary>The socket over which it was sent; null if its table belongs to one connection.</summary>
    public UdpChannel? Channel { get; set; }

    /// <summary>The end of the wait, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Deadline { get; } = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);

    /// <summary>
    /// Ends the wait without an answer. The caller always continues on another thread: it may send a new query, which
    /// may fail at once and end others, and so on in deep recursion.
    /// </summary>
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

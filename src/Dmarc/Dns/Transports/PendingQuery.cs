using System.Diagnostics;
using Dmarc.Dns.Wire;

namespace Dmarc.Dns.Transports;

/// <summary>A question that waits for its answer. Who waits goes on outside of the loop that receives.</summary>
internal sealed class PendingQuery(DnsQuery query, TimeSpan timeout)
    : TaskCompletionSource<DnsAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>The question.</summary>
    public DnsQuery Query { get; } = query;

    /// <summary>The number under which it was sent.</summary>
    public ushort Id { get; set; }

    /// <summary>The socket over which it was sent; null where its table belongs to one connection.</summary>
    public UdpChannel? Channel { get; set; }

    /// <summary>When the wait ends, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Deadline { get; } = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
}

using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend;

/// <summary>What is known beside DNS, and how to probe.</summary>
internal sealed record DirectSendOptions
{
    /// <summary>The settings of the tenant, as far as they are known.</summary>
    public TenantFacts Tenant { get; init; } = TenantFacts.None;

    /// <summary>What was seen of mail; null for nothing.</summary>
    public DirectSendTraffic? Traffic { get; init; }

    /// <summary>The clock by which mail flow rules are in force.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>How a probe is made; null if none may be.</summary>
    public DirectSendProbeOptions? Probe { get; init; }
}

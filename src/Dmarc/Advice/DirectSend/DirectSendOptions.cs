using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;

namespace Dmarc.Advice.DirectSend;

/// <summary>Facts from outside DNS, and options of the probe.</summary>
internal sealed record DirectSendOptions
{
    /// <summary>The known settings of the tenant.</summary>
    public TenantFacts Tenant { get; init; } = TenantFacts.None;

    /// <summary>The observed mail; null for none.</summary>
    public DirectSendTraffic? Traffic { get; init; }

    /// <summary>The clock for the validity of mail flow rules.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>The options of the probe; null to forbid it.</summary>
    public DirectSendProbeOptions? Probe { get; init; }
}

using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Rollout;

/// <summary>Whether the policy suffices for BIMI (draft-brand-indicators-for-message-identification §7.2).</summary>
internal sealed record BimiReadiness(bool IsReady, string Reason)
{
    public static BimiReadiness Of(RolloutRecord? record)
    {
        string reason = record is null ? Strings.Rollout_BimiNoRecord
            : record.Policy == DmarcPolicy.None ? Strings.Rollout_BimiNone
            : record.Testing ? Strings.Rollout_BimiTesting
            : record.SubdomainPolicy == DmarcPolicy.None ? Strings.Rollout_BimiSubdomains
            : record.Percentage < 100 ? Strings.Rollout_BimiPercentage
            : "";
        return new BimiReadiness(reason.Length == 0, reason);
    }
}

using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>The number of messages handled differently from the policy, for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Messages">The number of messages.</param>
public sealed record OverrideCount(OverrideReasonType Reason, long Messages)
{
    /// <summary>The reason and the number.</summary>
    public override string ToString() => Reason + " " + Messages.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>How many messages were handled otherwise than the policy asks, for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Messages">How many messages.</param>
public sealed record OverrideCount(OverrideReasonType Reason, long Messages)
{
    /// <summary>The reason and the number.</summary>
    public override string ToString() => Reason + " " + Messages.ToString(CultureInfo.InvariantCulture);
}

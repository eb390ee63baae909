using System.Globalization;
using Dmarc.Reports.Aggregate;
using Dmarc.Text;

namespace Dmarc.Reports.Totals;

/// <summary>
/// What the rows of one group come to. The properties that name the group are texts, null if the rows were not
/// grouped by them, and empty if the rows have no such value. All counts are of messages, unless their names say otherwise.
/// </summary>
public sealed record ReportMeasure
{
    /// <summary>The values that name the group, joined by <c>" | "</c>; <c>Total</c> where all rows are one group.</summary>
    public required string Group { get; init; }

    /// <summary>The domain where the policy record was found.</summary>
    public string? Domain { get; init; }

    /// <summary>The domain of the From header.</summary>
    public string? HeaderFrom { get; init; }

    /// <summary>The address that sent.</summary>
    public string? Source { get; init; }

    /// <summary>The network that sent, such as <c>192.0.2.0/24</c> or <c>2001:db8::/48</c>.</summary>
    public string? Network { get; init; }

    /// <summary>The sending service; empty if none is known.</summary>
    public string? Service { get; init; }

    /// <summary>The organisation that reports.</summary>
    public string? Reporter { get; init; }

    /// <summary>The day, such as <c>2026-11-21</c>.</summary>
    public string? Day { get; init; }

    /// <summary>The ISO 8601 week, such as <c>2026-W47</c>.</summary>
    public string? Week { get; init; }

    /// <summary>The month, such as <c>2026-11</c>.</summary>
    public string? Month { get; init; }

    /// <summary>What receivers did, a name of <see cref="ReportedDisposition"/>.</summary>
    public string? Disposition { get; init; }

    /// <summary>Why receivers departed from the policy, a name of <see cref="OverrideReasonType"/>; empty for messages without a reason.</summary>
    public string? Override { get; init; }

    /// <summary>The domain of MAIL FROM; <c>&lt;&gt;</c> for the null sender, empty if the report does not say.</summary>
    public string? EnvelopeFrom { get; init; }

    /// <summary>The domain of a DKIM signature; empty for messages without one.</summary>
    public string? DkimDomain { get; init; }

    /// <summary>The country where the sending network is registered, as two letters; empty if it is not known.</summary>
    public string? Country { get; init; }

    /// <summary>Who announces the sending network; empty if it is not known.</summary>
    public string? NetworkOwner { get; init; }

    /// <summary>What the source is, such as <c>AlignedSender</c>; empty if there were too many sources to judge each.</summary>
    public string? Class { get; init; }

    /// <summary>The first moment of the day, week or month in UTC; null if the rows were not grouped by time or have none.</summary>
    public DateTime? PeriodStart { get; init; }

    /// <summary>True if this is not one group but what was left over beside the largest ones.</summary>
    public bool IsRest { get; init; }

    /// <summary>How many messages.</summary>
    public long Messages { get; init; }

    /// <summary>Messages that passed DMARC: SPF or DKIM passed and aligned, as the receivers evaluated it.</summary>
    public long Passed { get; init; }

    /// <summary>Messages that did not pass.</summary>
    public long Failed { get; init; }

    /// <summary>Messages of rows that do not say whether they passed; neither <see cref="Passed"/> nor <see cref="Failed"/>.</summary>
    public long Unevaluated { get; init; }

    /// <summary>The share of those that passed among those that passed or failed, from 0 to 1, to six decimals; null if there are none.</summary>
    public double? PassRate { get; init; }

    /// <summary>Messages for which DKIM passed and aligned.</summary>
    public long DkimAligned { get; init; }

    /// <summary>Messages for which SPF passed and aligned.</summary>
    public long SpfAligned { get; init; }

    /// <summary>Messages for which both passed and aligned.</summary>
    public long BothAligned { get; init; }

    /// <summary>Messages for which neither passed and aligned; the same as <see cref="Failed"/>, named for charts beside the other three.</summary>
    public long NeitherAligned { get; init; }

    /// <summary>Messages that receivers treated as suspicious.</summary>
    public long Quarantined { get; init; }

    /// <summary>Messages that receivers rejected.</summary>
    public long Rejected { get; init; }

    /// <summary>Messages that receivers handled otherwise than the policy asks, for a reason that they gave.</summary>
    public long Overridden { get; init; }

    /// <summary>The same by reason, most first. A message with several reasons counts for each.</summary>
    public PrintableList<OverrideCount> Overrides { get; init; } = PrintableList<OverrideCount>.Empty;

    /// <summary>How many rows were measured.</summary>
    public long Rows { get; init; }

    /// <summary>How many reports the rows came from.</summary>
    public long Reports { get; init; }

    /// <summary>How many addresses sent.</summary>
    public long Sources { get; init; }

    /// <summary>The start of the first report's time, in UTC; null if no report gives one.</summary>
    public DateTime? FirstSeen { get; init; }

    /// <summary>The end of the last report's time, in UTC; null if no report gives one.</summary>
    public DateTime? LastSeen { get; init; }

    /// <summary>The messages that shares are of.</summary>
    internal long Evaluated => Messages - Unevaluated;

    /// <summary>The group, the number of messages and how many of them passed.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1}/{2}", Group, Passed, Messages);
}

using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Totals;

/// <summary>
/// The totals of one group of rows. The properties that identify the group are texts: null if the rows were not grouped
/// by them, empty if the rows have no such value. All counts are of messages, unless named otherwise.
/// </summary>
public sealed record ReportMeasure
{
    /// <summary>The values that identify the group, joined by <c>" | "</c>; <c>Total</c> for a single group.</summary>
    public required string Group { get; init; }

    /// <summary>The domain of the policy record.</summary>
    public string? Domain { get; init; }

    /// <summary>The domain of the From header.</summary>
    public string? HeaderFrom { get; init; }

    /// <summary>The sending address.</summary>
    public string? Source { get; init; }

    /// <summary>The sending network, such as <c>192.0.2.0/24</c> or <c>2001:db8::/48</c>.</summary>
    public string? Network { get; init; }

    /// <summary>The sending service; empty if unknown.</summary>
    public string? Service { get; init; }

    /// <summary>The reporting organisation.</summary>
    public string? Reporter { get; init; }

    /// <summary>The day, such as <c>2026-11-21</c>.</summary>
    public string? Day { get; init; }

    /// <summary>The ISO 8601 week, such as <c>2026-W47</c>.</summary>
    public string? Week { get; init; }

    /// <summary>The month, such as <c>2026-11</c>.</summary>
    public string? Month { get; init; }

    /// <summary>The receivers' handling, a name of <see cref="ReportedDisposition"/>.</summary>
    public string? Disposition { get; init; }

    /// <summary>The override reason, a name of <see cref="OverrideReasonType"/>; empty for none.</summary>
    public string? Override { get; init; }

    /// <summary>The domain of MAIL FROM; <c>&lt;&gt;</c> for the null sender, empty if missing.</summary>
    public string? EnvelopeFrom { get; init; }

    /// <summary>The domain of a DKIM signature; empty for messages without one.</summary>
    public string? DkimDomain { get; init; }

    /// <summary>The country of registration of the sending network, as two letters; empty if unknown.</summary>
    public string? Country { get; init; }

    /// <summary>The organisation that announces the sending network; empty if unknown.</summary>
    public string? NetworkOwner { get; init; }

    /// <summary>The kind of source, such as <c>AlignedSender</c>; empty if there were too many to judge.</summary>
    public string? Class { get; init; }

    /// <summary>The start of the day, week or month in UTC; null if not grouped by time, or without one.</summary>
    public DateTime? PeriodStart { get; init; }

    /// <summary>True if this is not one group but the rest beside the largest ones.</summary>
    public bool IsRest { get; init; }

    /// <summary>The number of messages.</summary>
    public long Messages { get; init; }

    /// <summary>Messages that passed DMARC: SPF or DKIM passed and aligned, as evaluated by the receivers.</summary>
    public long Passed { get; init; }

    /// <summary>Messages that did not pass.</summary>
    public long Failed { get; init; }

    /// <summary>Messages of rows without a result; neither <see cref="Passed"/> nor <see cref="Failed"/>.</summary>
    public long Unevaluated { get; init; }

    /// <summary>The share of passed messages among those with a result, 0 to 1, six decimals; null if none.</summary>
    public double? PassRate { get; init; }

    /// <summary>Messages for which DKIM passed and aligned.</summary>
    public long DkimAligned { get; init; }

    /// <summary>Messages for which SPF passed and aligned.</summary>
    public long SpfAligned { get; init; }

    /// <summary>Messages for which both passed and aligned.</summary>
    public long BothAligned { get; init; }

    /// <summary>Messages for which neither passed and aligned: <see cref="Failed"/>, for charts with others.</summary>
    public long NeitherAligned { get; init; }

    /// <summary>Messages that receivers treated as suspicious.</summary>
    public long Quarantined { get; init; }

    /// <summary>Messages that receivers rejected.</summary>
    public long Rejected { get; init; }

    /// <summary>Messages that receivers handled otherwise than by the policy, for a reported reason.</summary>
    public long Overridden { get; init; }

    /// <summary>The same by reason, most frequent first. A message with several reasons counts for each.</summary>
    public PrintableList<OverrideCount> Overrides { get; init; } = PrintableList<OverrideCount>.Empty;

    /// <summary>The number of rows.</summary>
    public long Rows { get; init; }

    /// <summary>The number of reports of the rows.</summary>
    public long Reports { get; init; }

    /// <summary>The number of sending addresses.</summary>
    public long Sources { get; init; }

    /// <summary>The start of the first report's period, in UTC; null if none has one.</summary>
    public DateTime? FirstSeen { get; init; }

    /// <summary>The end of the last report's period, in UTC; null if none has one.</summary>
    public DateTime? LastSeen { get; init; }

    /// <summary>The messages on which shares are based.</summary>
    internal long Evaluated => Messages - Unevaluated;

    /// <summary>The group, the number of messages and how many of them passed.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1}/{2}", Group, Passed, Messages);
}

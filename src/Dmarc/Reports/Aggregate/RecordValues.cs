namespace Dmarc.Reports.Aggregate;

/// <summary>The problems encountered while a record was read.</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>The file ended inside the record.</summary>
    CutOff = 1,

    /// <summary>A value exceeded the limit and was shortened.</summary>
    ValueShortened = 2,

    /// <summary>The results, reasons or extensions exceeded the limit.</summary>
    EntriesDropped = 4,

    /// <summary>A part of the record was repaired.</summary>
    Mended = 8,

    /// <summary>Invisible characters were removed from a name.</summary>
    NameMarks = 16,
}

/// <summary>The values of the current record. One object serves all records of a reader.</summary>
internal sealed class RecordValues
{
    public RecordFlags Flags { get; set; }

    public bool IsEmpty { get; set; }

    public string SourceIP { get; set; } = "";

    public long Count { get; set; }

    public string? CountText { get; set; }

    public WrittenValue<ReportedDisposition> Disposition { get; set; }

    public WrittenValue<ReportedOutcome> DkimResult { get; set; }

    public WrittenValue<ReportedOutcome> SpfResult { get; set; }

    public string HeaderFrom { get; set; } = "";

    public string? EnvelopeFrom { get; set; }

    public string? EnvelopeTo { get; set; }

    public List<OverrideReason> OverrideReasons { get; } = [];

    public List<ReportedDkim> Dkim { get; } = [];

    public List<ReportedSpf> Spf { get; } = [];

    public List<ReportExtension> Extensions { get; } = [];

    /// <summary>True if address, number of messages and From domain exist.</summary>
    public bool IsComplete => SourceIP.Length > 0 && CountText is null && HeaderFrom.Length > 0;

    /// <summary>True if neither DKIM nor SPF is known to pass, and the result of one is missing.</summary>
    public bool IsUnevaluated => (AggregateWords.IsPass(DkimResult) | AggregateWords.IsPass(SpfResult)) is null;

    public void Clear()
    {
        Flags = RecordFlags.None;
        IsEmpty = true;
        HeaderFrom = "";
        EnvelopeFrom = null;
        EnvelopeTo = null;
        Dkim.Clear();
        Spf.Clear();
        Extensions.Clear();
        ClearRow();
    }

    /// <summary>Clears the data of <c>row</c>.</summary>
    public void ClearRow()
    {
        SourceIP = "";
        Count = 0;
        CountText = "";
        Disposition = default;
        DkimResult = default;
        SpfResult = default;
        OverrideReasons.Clear();
    }

    /// <summary>The data of <c>row</c>, to be kept while the next one is read.</summary>
    public RowPart TakeRow()
    {
        RowPart part = new(SourceIP, Count, CountText, Disposition, DkimResult, SpfResult, [.. OverrideReasons]);
        ClearRow();
        return part;
    }

    /// <summary>Restores the data of a row.</summary>
    public void SetRow(RowPart part)
    {
        SourceIP = part.SourceIP;
        Count = part.Count;
        CountText = part.CountText;
        Disposition = part.Disposition;
        DkimResult = part.DkimResult;
        SpfResult = part.SpfResult;
        OverrideReasons.Clear();
        OverrideReasons.AddRange(part.OverrideReasons);
    }
}

/// <summary>The data of one <c>row</c>.</summary>
internal sealed record RowPart(
    string SourceIP,
    long Count,
    string? CountText,
    WrittenValue<ReportedDisposition> Disposition,
    WrittenValue<ReportedOutcome> DkimResult,
    WrittenValue<ReportedOutcome> SpfResult,
    OverrideReason[] OverrideReasons)
{
    /// <summary>True if both address and number of messages are missing: not a row of its own.</summary>
    public bool IsEmpty => SourceIP.Length == 0 && CountText is "";

    /// <summary>This row, with its missing data from another one.</summary>
    public RowPart With(RowPart other) => this with
    {
        SourceIP = SourceIP.Length > 0 ? SourceIP : other.SourceIP,
        Count = CountText is null ? Count : other.Count,
        CountText = CountText is null ? null : other.CountText,
        Disposition = Disposition.Or(other.Disposition),
        DkimResult = DkimResult.Or(other.DkimResult),
        SpfResult = SpfResult.Or(other.SpfResult),
        OverrideReasons = [.. OverrideReasons, .. other.OverrideReasons],
    };
}

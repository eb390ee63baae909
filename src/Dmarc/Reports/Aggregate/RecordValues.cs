using Dmarc.Text;

namespace Dmarc.Reports.Aggregate;

/// <summary>What happened to a record while it was read.</summary>
[Flags]
internal enum RecordFlags : byte
{
    None = 0,

    /// <summary>The file broke off inside the record.</summary>
    CutOff = 1,

    /// <summary>A value was longer than the limit and was shortened.</summary>
    ValueShortened = 2,

    /// <summary>There were more results, reasons or extensions than the limit.</summary>
    EntriesDropped = 4,

    /// <summary>Something in the record was fixed.</summary>
    Mended = 8,

    /// <summary>Marks that nobody sees were left out of a name.</summary>
    NameMarks = 16,
}

/// <summary>The values of one record while it is read. One object serves all records of a reader.</summary>
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

    public EntryBuffer<OverrideReason> OverrideReasons { get; } = new();

    public EntryBuffer<ReportedDkim> Dkim { get; } = new();

    public EntryBuffer<ReportedSpf> Spf { get; } = new();

    public EntryBuffer<ReportExtension> Extensions { get; } = new();

    /// <summary>True if the address, the number of messages and the From domain are there.</summary>
    public bool IsComplete => SourceIP.Length > 0 && CountText is null && HeaderFrom.Length > 0;

    /// <summary>True if neither DKIM nor SPF is said to pass, and of one of them nothing is said.</summary>
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

    /// <summary>Forgets what stands in <c>row</c>.</summary>
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

    /// <summary>What stands in <c>row</c>, to be kept while the next one is read.</summary>
    public RowPart TakeRow()
    {
        RowPart part = new(SourceIP, Count, CountText, Disposition, DkimResult, SpfResult, [.. OverrideReasons.ToList()]);
        ClearRow();
        return part;
    }

    /// <summary>Puts a row back.</summary>
    public void SetRow(RowPart part)
    {
        SourceIP = part.SourceIP;
        Count = part.Count;
        CountText = part.CountText;
        Disposition = part.Disposition;
        DkimResult = part.DkimResult;
        SpfResult = part.SpfResult;
        OverrideReasons.Clear();
        foreach (OverrideReason reason in part.OverrideReasons)
        {
            OverrideReasons.Add(reason);
        }
    }
}

/// <summary>What stands in one <c>row</c>.</summary>
internal sealed record RowPart(
    string SourceIP,
    long Count,
    string? CountText,
    WrittenValue<ReportedDisposition> Disposition,
    WrittenValue<ReportedOutcome> DkimResult,
    WrittenValue<ReportedOutcome> SpfResult,
    OverrideReason[] OverrideReasons)
{
    /// <summary>True where neither the address nor the number of messages was written: no row of its own.</summary>
    public bool IsEmpty => SourceIP.Length == 0 && CountText is "";

    /// <summary>This row with what another says that this one does not.</summary>
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

/// <summary>Gathers the entries of one record and gives them out as an immutable list.</summary>
internal sealed class EntryBuffer<T>
{
    private T[] _items = new T[4];

    public int Count { get; private set; }

    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = item;
    }

    public void Clear() => Count = 0;

    public PrintableList<T> ToList() => PrintableList.Create<T>(_items.AsSpan(0, Count));
}

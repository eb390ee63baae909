namespace Dmarc.Reports;

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
}

/// <summary>The values of one record while it is read. One object serves all records of a reader.</summary>
internal sealed class RecordValues
{
    public RecordFlags Flags { get; set; }

    public bool IsEmpty { get; set; }

    public string SourceIP { get; set; } = "";

    public long Count { get; set; }

    public string? CountText { get; set; }

    public ReportedDisposition Disposition { get; set; }

    public string DispositionText { get; set; } = "";

    public ReportedOutcome DkimResult { get; set; }

    public string DkimResultText { get; set; } = "";

    public ReportedOutcome SpfResult { get; set; }

    public string SpfResultText { get; set; } = "";

    public string HeaderFrom { get; set; } = "";

    public string? EnvelopeFrom { get; set; }

    public string? EnvelopeTo { get; set; }

    public EntryBuffer<OverrideReason> OverrideReasons { get; } = new();

    public EntryBuffer<ReportedDkim> Dkim { get; } = new();

    public EntryBuffer<ReportedSpf> Spf { get; } = new();

    public EntryBuffer<ReportExtension> Extensions { get; } = new();

    public void Clear()
    {
        Flags = RecordFlags.None;
        IsEmpty = true;
        SourceIP = "";
        Count = 0;
        CountText = "";
        Disposition = ReportedDisposition.Unknown;
        DispositionText = "";
        DkimResult = ReportedOutcome.Unknown;
        DkimResultText = "";
        SpfResult = ReportedOutcome.Unknown;
        SpfResultText = "";
        HeaderFrom = "";
        EnvelopeFrom = null;
        EnvelopeTo = null;
        OverrideReasons.Clear();
        Dkim.Clear();
        Spf.Clear();
        Extensions.Clear();
    }
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

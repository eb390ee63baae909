namespace Dmarc.PowerShell;

/// <summary>The progress of reading reports. Counters are thread-safe.</summary>
internal sealed class ReportProgress
{
    private int _files;
    private int _done;
    private int _failed;
    private int _duplicates;
    private long _rows;

    /// <summary>The format of the counts.</summary>
    public string Format { get; set; } = Strings.Commands_ReportProgress;

    /// <summary>The total if known in advance; otherwise 0.</summary>
    public long All { get; set; }

    public void Added() => Interlocked.Increment(ref _files);

    public void Done() => Interlocked.Increment(ref _done);

    public void Failed() => Interlocked.Increment(ref _failed);

    public void Duplicate() => Interlocked.Increment(ref _duplicates);

    /// <summary>The number of duplicate reports left out.</summary>
    public int Duplicates => Volatile.Read(ref _duplicates);

    public void Row() => Interlocked.Increment(ref _rows);

    /// <summary>The counts in words.</summary>
    public string Describe() => Sentences.Fill(
        Format,
        Volatile.Read(ref _done),
        Math.Max(All, Volatile.Read(ref _files)),
        Interlocked.Read(ref _rows),
        Volatile.Read(ref _duplicates),
        Volatile.Read(ref _failed));
}

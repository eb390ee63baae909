namespace Dmarc.PowerShell;

/// <summary>
/// Coordinates a cmdlet that emits rows with one that writes them to a file. The file is finished only at the end of
/// the pipeline, so actions on the rows' sources, such as marking messages, must wait. Without such a cmdlet, rows
/// count as delivered once written to the pipeline. The file must not be a source of the rows or their copies.
/// </summary>
internal sealed class Delivery
{
    [ThreadStatic]
    private static Delivery? _current;

    private readonly HashSet<object> _holders = [];
    private Delivery? _outer;

    /// <summary>The delivery whose row is being written on this thread; null if there is none.</summary>
    public static Delivery? Current => _current;

    /// <summary>True if a receiver has rows that are not yet safe.</summary>
    public bool IsHeld => _holders.Count > 0;

    /// <summary>The action once all rows are safe, with the cmdlet that can then write.</summary>
    public Action<DmarcCommand>? Completed { get; init; }

    /// <summary>The paths of the files read so far, even without rows, and the names of other input.</summary>
    public List<string> Sources { get; } = [];

    /// <summary>Writes a row to the pipeline; its receiver finds this delivery.</summary>
    public void Write(DmarcCommand cmdlet, object value)
    {
        Delivery? outer = _current;
        _outer = outer == this ? _outer : outer;
        _current = this;
        try
        {
            cmdlet.WriteObject(value);
        }
        finally
        {
            _current = outer;
        }
    }

    /// <summary>Declares that a received row is not safe before <see cref="Release"/>.</summary>
    public void Hold(object holder)
    {
        _holders.Add(holder);

        // Input read while another cmdlet writes a row may be a result of that row.
        _outer?.Hold(holder);
    }

    /// <summary>Declares that all received rows are safe.</summary>
    public void Release(DmarcCommand holder)
    {
        if (_holders.Remove(holder) && _holders.Count == 0)
        {
            Completed?.Invoke(holder);
        }

        _outer?.Release(holder);
    }
}

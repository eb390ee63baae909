namespace Dmarc.PowerShell;

/// <summary>
/// What a cmdlet that gives rows and one that writes them to a file agree on. The file takes its place only at the end of the pipeline, so
/// what belongs to the rows, such as marking the messages that they came in, has to wait until then. Without such a cmdlet in the pipeline,
/// rows count as taken once they have been written to it. And the file must not be one that the rows, or their copies, were read from.
/// </summary>
internal sealed class Delivery
{
    [ThreadStatic]
    private static Delivery? _current;

    private readonly HashSet<object> _holders = [];
    private Delivery? _outer;

    /// <summary>The delivery whose row is being written on this thread; null if there is none.</summary>
    public static Delivery? Current => _current;

    /// <summary>True where somebody has rows that are not safe yet.</summary>
    public bool IsHeld => _holders.Count > 0;

    /// <summary>What to do once all rows are safe, with the cmdlet that may write by then.</summary>
    public Action<DmarcCommand>? Completed { get; init; }

    /// <summary>The paths of the files that were read so far, whether or not a row came of them, and the names of other input.</summary>
    public List<string> Sources { get; } = [];

    /// <summary>Writes a row to the pipeline; whoever takes it there finds this delivery.</summary>
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

    /// <summary>Says that a row was taken that is not safe before <see cref="Release"/>.</summary>
    public void Hold(object holder)
    {
        _holders.Add(holder);

        // What is read while a row of another cmdlet is written may be what that row led to.
        _outer?.Hold(holder);
    }

    /// <summary>Says that all rows that were taken are safe.</summary>
    public void Release(DmarcCommand holder)
    {
        if (_holders.Remove(holder) && _holders.Count == 0)
        {
            Completed?.Invoke(holder);
        }

        _outer?.Release(holder);
    }
}

namespace Dmarc.Reports.Reading;

/// <summary>What a row says about the report that it belongs to.</summary>
/// <param name="Report">The report.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Key">What it is.</param>
/// <param name="Domains">The domains that it is about.</param>
/// <param name="Organization">The organisation, as it is shown.</param>
/// <param name="Path">The file.</param>
/// <param name="IsDamaged">True if damage is known before the first row.</param>
internal sealed record ReportFacts(
    object Report, ReportPlace? Place, ReportKey Key, IReadOnlyCollection<string> Domains, string Organization, string Path, bool IsDamaged);

/// <summary>A report that was read, and, while it may be or is damaged, which of its rows were.</summary>
internal sealed class SeenReport(ReportFacts facts, RowMemory memory)
{
    private List<RowPrint>? _rows = [];

    public ReportKey Key => facts.Key;

    /// <summary>The domains that it is about.</summary>
    public IReadOnlyCollection<string> Domains { get; private set; } = facts.Domains;

    /// <summary>The file that it was read from.</summary>
    public string Path { get; private set; } = facts.Path;

    /// <summary>Stands for the document that it was read from.</summary>
    public object? Document => facts.Place?.Document;

    /// <summary>True if damage cost rows of it.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>The rows that were given out; null if there were more than may be remembered, or all of them were.</summary>
    public IReadOnlyList<RowPrint>? Rows => _rows;

    /// <summary>Remembers a row that was given out.</summary>
    public void Remember(RowPrint print)
    {
        if (_rows is null)
        {
            return;
        }

        if (memory.TryTake())
        {
            _rows.Add(print);
        }
        else
        {
            Forget();
        }
    }

    /// <summary>All rows of it have been given out, from a whole copy in the end.</summary>
    public void Complete(ReportFacts whole)
    {
        (IsIncomplete, Path, Domains) = (false, whole.Path, whole.Domains);
        Forget();
    }

    /// <summary>Remembers no rows any more.</summary>
    public void Forget()
    {
        memory.Release(_rows?.Count ?? 0);
        _rows = null;
    }
}

namespace Dmarc.Reports.Reading;

/// <summary>The data in a row about its report.</summary>
/// <param name="Report">The report.</param>
/// <param name="Place">The place of the report.</param>
/// <param name="Key">The identity of the report.</param>
/// <param name="Domains">The domains of the report.</param>
/// <param name="Organization">The organisation, as displayed.</param>
/// <param name="Path">The file.</param>
/// <param name="IsDamaged">True if damage is known before the first row.</param>
internal sealed record ReportFacts(
    object Report,
    ReportPlace? Place,
    ReportKey Key,
    IReadOnlyCollection<string> Domains,
    string Organization,
    string Path,
    bool IsDamaged)
{
    /// <summary>The identifier of the report, which its organisation uses once to a domain.</summary>
    public (string Organization, string ReportId, string Domain) IdentifierTo(string domain) =>
        (Key.Organization, Key.ReportId, domain);
}

/// <summary>A report that was read and, while it may be damaged, its rows.</summary>
internal sealed class SeenReport(ReportFacts facts, RowMemory memory)
{
    private List<RowPrint>? _rows = [];

    public ReportKey Key => facts.Key;

    /// <summary>The domains of the report.</summary>
    public IReadOnlyCollection<string> Domains { get; private set; } = facts.Domains;

    /// <summary>The source file.</summary>
    public string Path { get; private set; } = facts.Path;

    /// <summary>The identity of the source document.</summary>
    public object? Document => facts.Place?.Document;

    /// <summary>True if damage cost rows of the report.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>The returned rows; null if there were too many to remember, or the report is complete.</summary>
    public IReadOnlyList<RowPrint>? Rows => _rows;

    /// <summary>Remembers a returned row.</summary>
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

    /// <summary>Marks the report as complete, in the end by a complete copy.</summary>
    public void Complete(ReportFacts whole)
    {
        (IsIncomplete, Path, Domains) = (false, whole.Path, whole.Domains);
        Forget();
    }

    /// <summary>Forgets the rows.</summary>
    public void Forget()
    {
        memory.Release(_rows?.Count ?? 0);
        _rows = null;
    }
}

namespace Dmarc.Reports.Reading.Repair;

/// <summary>The kinds of repair.</summary>
internal enum RepairKind
{
    StrayLess,
    StrayAmpersand,
    Character,
    MissingEnd,
    MissingStart,
    StrayEnd,
    WrongEnd,
    Misplaced,
    StrayText,
    Foreign,
    Attribute,
    Outside,
    Declaration,

    /// <summary>A record begins or ends where no tag of its own says so.</summary>
    RecordBoundary,

    /// <summary>A value that cannot be told from the damage around it; it is left empty.</summary>
    LostValue,

    /// <summary>A comment or a literal section in which another one begins: its own end is missing.</summary>
    OpenSection,
}

/// <summary>Counts repairs by kind and remembers where each kind was first made.</summary>
internal sealed class RepairLog
{
    private readonly (long Count, long Line)[] _repairs = new (long, long)[(int)RepairKind.OpenSection + 1];

    /// <summary>The line where the text broke off; 0 where it did not.</summary>
    public long CutOffLine { get; set; }

    /// <summary>How many bytes were not valid in the encoding.</summary>
    public long ReplacedBytes { get; set; }

    /// <summary>The line of the first of them.</summary>
    public long ReplacedBytesLine { get; set; }

    public void Add(RepairKind kind, long line)
    {
        ref (long Count, long Line) repair = ref _repairs[(int)kind];
        if (repair.Count++ == 0)
        {
            repair.Line = line;
        }
    }

    /// <summary>How often a kind occurred, and where first.</summary>
    public (long Count, long Line) Of(RepairKind kind) => _repairs[(int)kind];

    /// <summary>The kinds that occurred, with their number and first line.</summary>
    public IEnumerable<(RepairKind Kind, long Count, long Line)> All()
    {
        for (int i = 0; i < _repairs.Length; i++)
        {
            if (_repairs[i].Count > 0)
            {
                yield return ((RepairKind)i, _repairs[i].Count, _repairs[i].Line);
            }
        }
    }
}

namespace Dmarc.Reports.Repair;

/// <summary>The kinds of repair.</summary>
internal enum RepairKind
{
    StrayLess,
    StrayAmpersand,
    Character,
    MissingEnd,
    StrayEnd,
    WrongEnd,
    Foreign,
    Attribute,
    Outside,
    Declaration,
}

/// <summary>Counts repairs by kind and remembers where each kind was first made.</summary>
internal sealed class RepairLog
{
    private readonly (long Count, long Line)[] _repairs = new (long, long)[(int)RepairKind.Declaration + 1];

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

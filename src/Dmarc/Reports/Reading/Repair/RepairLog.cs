namespace Dmarc.Reports.Reading.Repair;

/// <summary>The kinds of repair.</summary>
internal enum RepairKind
{
    StrayLess,
    StrayAmpersand,

    /// <summary>A reference to a character by a name unknown in XML; the value keeps it as written.</summary>
    UnknownReference,
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

    /// <summary>The start or end of a record without a tag of its own.</summary>
    RecordBoundary,

    /// <summary>A value that cannot be separated from the damage around it; it is left empty.</summary>
    LostValue,

    /// <summary>A part of a report with escaped tags, or tags in a CDATA section.</summary>
    RecordText,

    /// <summary>A comment or CDATA section that contains the start of another: its own end is missing.</summary>
    OpenSection,
}

/// <summary>Counts repairs by kind, with the place of the first of each.</summary>
internal sealed class RepairLog
{
    private readonly (long Count, long Line)[] _repairs = new (long, long)[(int)RepairKind.OpenSection + 1];
    private readonly (long Count, long Line)[] _doubtful = new (long, long)[(int)RepairKind.OpenSection + 1];

    /// <summary>The line where the text ended early; 0 if it did not.</summary>
    public long CutOffLine { get; set; }

    /// <summary>The number of bytes invalid in the encoding.</summary>
    public long ReplacedBytes { get; set; }

    /// <summary>The line of the first of them.</summary>
    public long ReplacedBytesLine { get; set; }

    /// <summary>Records a repair.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="line">Its line.</param>
    /// <param name="isCertain">True if it changes no value, unlike others of its kind.</param>
    public void Add(RepairKind kind, long line, bool isCertain = false)
    {
        Count(ref _repairs[(int)kind], line);
        if (!isCertain && IsDoubtful(kind))
        {
            Count(ref _doubtful[(int)kind], line);
        }
    }

    /// <summary>The number of repairs of a kind, and the line of the first.</summary>
    public (long Count, long Line) Of(RepairKind kind) => _repairs[(int)kind];

    /// <summary>The kinds that may have changed a row, with number and first line: those not certain.</summary>
    public IEnumerable<(RepairKind Kind, long Count, long Line)> Doubtful() => Occurring(_doubtful);

    /// <summary>The kinds that occurred, with number and first line.</summary>
    public IEnumerable<(RepairKind Kind, long Count, long Line)> All() => Occurring(_repairs);

    private static IEnumerable<(RepairKind Kind, long Count, long Line)> Occurring((long Count, long Line)[] repairs)
    {
        for (int i = 0; i < repairs.Length; i++)
        {
            if (repairs[i].Count > 0)
            {
                yield return ((RepairKind)i, repairs[i].Count, repairs[i].Line);
            }
        }
    }

    private static void Count(ref (long Count, long Line) repair, long line)
    {
        if (repair.Count++ == 0)
        {
            repair.Line = line;
        }
    }

    private static bool IsDoubtful(RepairKind kind) => kind switch
    {
        // '&' for '&amp;', text around the report or in foreign tags, moved whole elements: no doubt about a row.
        RepairKind.StrayAmpersand or RepairKind.Foreign or RepairKind.Attribute or RepairKind.Outside or RepairKind.Declaration => false,
        RepairKind.Misplaced or RepairKind.StrayEnd => false,

        // These are reported separately.
        RepairKind.RecordBoundary or RepairKind.LostValue or RepairKind.RecordText or RepairKind.OpenSection => false,
        _ => true,
    };
}

namespace Dmarc.Reports.Reading.Repair;

/// <summary>The kinds of repair.</summary>
internal enum RepairKind
{
    StrayLess,
    StrayAmpersand,

    /// <summary>A reference to a character by a name that XML does not have; the value keeps the reference as it is written.</summary>
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

    /// <summary>A record begins or ends where no tag of its own says so.</summary>
    RecordBoundary,

    /// <summary>A value that cannot be told from the damage around it; it is left empty.</summary>
    LostValue,

    /// <summary>A part of a report whose tags are characters of a text: it was put into a literal section, or escaped.</summary>
    RecordText,

    /// <summary>A comment or a literal section in which another one begins: its own end is missing.</summary>
    OpenSection,
}

/// <summary>Counts repairs by kind and remembers where each kind was first made.</summary>
internal sealed class RepairLog
{
    private readonly (long Count, long Line)[] _repairs = new (long, long)[(int)RepairKind.OpenSection + 1];
    private readonly (long Count, long Line)[] _doubtful = new (long, long)[(int)RepairKind.OpenSection + 1];

    /// <summary>The line where the text broke off; 0 if it did not.</summary>
    public long CutOffLine { get; set; }

    /// <summary>How many bytes were not valid in the encoding.</summary>
    public long ReplacedBytes { get; set; }

    /// <summary>The line of the first of them.</summary>
    public long ReplacedBytesLine { get; set; }

    /// <summary>Counts a repair.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="line">Where it was made.</param>
    /// <param name="isCertain">True if it changes no value, whatever others of its kind may do.</param>
    public void Add(RepairKind kind, long line, bool isCertain = false)
    {
        Count(ref _repairs[(int)kind], line);
        if (!isCertain && IsDoubtful(kind))
        {
            Count(ref _doubtful[(int)kind], line);
        }
    }

    /// <summary>How often a kind occurred, and where first.</summary>
    public (long Count, long Line) Of(RepairKind kind) => _repairs[(int)kind];

    /// <summary>The kinds that may have changed a row, with their number and first line: all that is not certain from the text alone.</summary>
    public IEnumerable<(RepairKind Kind, long Count, long Line)> Doubtful() => Occurring(_doubtful);

    /// <summary>The kinds that occurred, with their number and first line.</summary>
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
        // A '&' for '&amp;', what stands around the report or in tags of strangers, and whole elements in another place leave no doubt about a row.
        RepairKind.StrayAmpersand or RepairKind.Foreign or RepairKind.Attribute or RepairKind.Outside or RepairKind.Declaration => false,
        RepairKind.Misplaced or RepairKind.StrayEnd => false,

        // These are told by themselves.
        RepairKind.RecordBoundary or RepairKind.LostValue or RepairKind.RecordText or RepairKind.OpenSection => false,
        _ => true,
    };
}

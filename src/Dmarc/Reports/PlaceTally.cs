namespace Dmarc.Reports;

/// <summary>Counts occurrences in rows, and remembers the first places.</summary>
internal sealed class PlaceTally
{
    /// <summary>The maximum number of places listed.</summary>
    public const int Named = 3;

    private readonly List<string> _places = [];
    private bool _hasMore;

    /// <summary>The number of occurrences.</summary>
    public long Count { get; private set; }

    /// <summary>The first places, followed by dots if there are more; empty if there are none.</summary>
    public string Where => string.Join(", ", _places) + (_hasMore ? ", …" : "");

    /// <summary>Adds occurrences.</summary>
    /// <param name="place">The place; several occurrences at one place count as one place.</param>
    /// <param name="times">The number of occurrences.</param>
    public void Add(RowPlace place, long times = 1)
    {
        Count += times;
        if (_hasMore)
        {
            return;
        }

        string text = place.ToString();
        if (_places.Count > 0 && _places[_places.Count - 1] == text)
        {
            return;
        }

        _hasMore = _places.Count == Named;
        if (!_hasMore)
        {
            _places.Add(text);
        }
    }

    /// <summary>The finding with the number and the places; none if nothing occurred.</summary>
    public IEnumerable<Finding> ToFindings(FindingDescriptor finding) =>
        Count > 0 ? [finding.Create(Count, Where)] : [];

    /// <summary>Undoes the last addition.</summary>
    public void TakeBack()
    {
        Count--;
        if (Count == 0)
        {
            _places.Clear();
            _hasMore = false;
        }
    }
}

/// <summary>The place of a row in its file.</summary>
/// <param name="Format">A format for the number and the line.</param>
/// <param name="Number">The number of the record or policy, from 1.</param>
/// <param name="Line">The line where it begins; 0 if repairs moved it.</param>
internal readonly record struct RowPlace(string Format, long Number, long Line = 0)
{
    public static RowPlace Record(long number, long line) =>
        new(line > 0 ? Strings.Reports_Place_RecordInLine : Strings.Reports_Place_Record, number, line);

    public static RowPlace Policy(long number) => new(Strings.Reports_Place_Policy, number);

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, Format, Number, Line);
}

namespace Dmarc.Reports;

/// <summary>Counts what there is to tell of rows, and remembers where it was met first.</summary>
internal sealed class PlaceTally
{
    /// <summary>How many places are named.</summary>
    public const int Named = 3;

    private readonly List<string> _places = [];
    private bool _hasMore;

    /// <summary>How often it was met.</summary>
    public long Count { get; private set; }

    /// <summary>The first places, with dots behind if there are more; empty if there is none.</summary>
    public string Where => string.Join(", ", _places) + (_hasMore ? ", …" : "");

    /// <summary>Counts.</summary>
    /// <param name="place">Where; several times at one place are one place.</param>
    /// <param name="times">How often.</param>
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

    /// <summary>Takes back what was counted last.</summary>
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

/// <summary>Where a row stands in its file.</summary>
/// <param name="Format">A text with the number and the line.</param>
/// <param name="Number">Which record or policy it is, from 1.</param>
/// <param name="Line">The line where it begins; 0 if repairs have moved it.</param>
internal readonly record struct RowPlace(string Format, long Number, long Line = 0)
{
    public static RowPlace Record(long number, long line) =>
        new(line > 0 ? Strings.Reports_Place_RecordInLine : Strings.Reports_Place_Record, number, line);

    public static RowPlace Policy(long number) => new(Strings.Reports_Place_Policy, number);

    public override string ToString() => string.Format(System.Globalization.CultureInfo.InvariantCulture, Format, Number, Line);
}

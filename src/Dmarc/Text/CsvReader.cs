namespace Dmarc.Text;

/// <summary>
/// Reads CSV (RFC 4180) written by programs or people: separated by comma, semicolon, tab or bar, with or without a
/// <c>#TYPE</c> line before the header. Every line is part of a row, part of a problem, or empty. An unclosed quotation
/// mark costs only its own record: reading resumes at the next line.
/// </summary>
/// <param name="reader">The text.</param>
internal sealed class CsvReader(TextReader reader)
{
    /// <summary>The maximum number of characters in a record, line breaks included.</summary>
    public const int MaximumRecordLength = 1024 * 1024;

    /// <summary>The maximum number of lines in a record.</summary>
    public const int MaximumRecordLines = 1_000;

    /// <summary>The maximum number of columns read; values in further columns are reported.</summary>
    public const int MaximumColumns = 1_000;

    private const string TypeLine = "#TYPE";

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>Lines that were read as the rest of a record and turned out to be records of their own.</summary>
    private readonly Stack<Line> _again = new();

    private Dictionary<string, int>? _columns;
    private char _delimiter = ',';
    private int _count;

    /// <summary>The number of lines read so far.</summary>
    public long Lines { get; private set; }

    /// <summary>True if the last line read ended with a line break, so nothing of it is missing.</summary>
    public bool EndsWithLineBreak { get; private set; }

    /// <summary>The names of the columns, in order; empty before the first item is read.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Reads the records one at a time.</summary>
    public IEnumerable<CsvItem> Read()
    {
        while (Next() is { } line)
        {
            if (line.IsTooLong)
            {
                yield return CsvItem.Lost(line.Number, 1, CsvProblemKind.RecordTooLong, line.Text);
            }
            else if (line.Text.Trim().Length == 0 || (_columns is null && line.Text.StartsWith(TypeLine, StringComparison.Ordinal)))
            {
                continue;
            }
            else if (_columns is null)
            {
                if (!ReadHeader(line.Text))
                {
                    yield return CsvItem.Lost(line.Number, 1, CsvProblemKind.Header, line.Text);
                }
            }
            else
            {
                yield return ReadRecord(line);
            }
        }
    }

    /// <returns>False if a quotation mark in the header is open; its cells are the text between delimiters.</returns>
    private bool ReadHeader(string text)
    {
        CsvRecordParser? best = null;
        foreach (char delimiter in Delimiters)
        {
            CsvRecordParser parser = new(delimiter, isLenient: false);
            parser.Add(text);
            if (best is null || parser.Cells.Count > best.Cells.Count)
            {
                best = parser;
                _delimiter = delimiter;
            }
        }

        bool isSound = best!.State == CsvState.Complete;
        string[] cells = isSound ? [.. best.Cells] : text.Split(Delimiters);
        Columns = [.. cells.Take(MaximumColumns).Select(cell => cell.Trim().Trim('"').Trim())];
        _columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int index = Columns.Count - 1; index >= 0; index--)
        {
            _columns[Columns[index]] = index;
        }

        _count = cells.Length;
        return isSound;
    }

    private CsvItem ReadRecord(Line first)
    {
        CsvRecordParser parser = new(_delimiter, isLenient: false);
        parser.Add(first.Text);
        if (parser.State == CsvState.Complete)
        {
            return ToItem(first, parser, 1);
        }

        if (parser.State == CsvState.Broken)
        {
            parser = new CsvRecordParser(_delimiter, isLenient: true);
            parser.Add(first.Text);
            return parser.State == CsvState.Complete && parser.Cells.Count == _count
                ? new CsvItem(
                    new CsvRow(_columns!, [.. parser.Cells], first.Number),
                    new CsvProblem(first.Number, CsvProblemKind.Quote, first.Text, IsRowKept: true),
                    1)
                : CsvItem.Lost(first.Number, 1, CsvProblemKind.Quote, first.Text);
        }

        return ReadLines(first, parser);
    }

    /// <summary>
    /// Reads the rest of a record whose cell continues on the next line. A stray quotation mark looks the same, so the
    /// continuation is doubtful: if a later line is a complete record, or the cell count is wrong, the first line is
    /// bad.
    /// </summary>
    private CsvItem ReadLines(Line first, CsvRecordParser parser)
    {
        List<Line> more = [];
        int length = first.Text.Length;
        while (parser.State == CsvState.Open && parser.Cells.Count < _count && more.Count < MaximumRecordLines - 1 && Next() is { } line)
        {
            more.Add(line);
            length += line.Text.Length + 1;
            if (line.IsTooLong || length > MaximumRecordLength || IsRecord(line.Text))
            {
                break;
            }

            parser.Add("\n" + line.Text);
            if (parser.State == CsvState.Complete && parser.Cells.Count == _count)
            {
                return ToItem(first, parser, more.Count + 1);
            }
        }

        for (int index = more.Count - 1; index >= 0; index--)
        {
            _again.Push(more[index]);
        }

        return CsvItem.Lost(first.Number, 1, CsvProblemKind.Quote, first.Text);
    }

    private bool IsRecord(string text)
    {
        if (_count < 2)
        {
            return false;
        }

        CsvRecordParser parser = new(_delimiter, isLenient: false);
        parser.Add(text);
        return parser.State == CsvState.Complete && parser.Cells.Count == _count;
    }

    private CsvItem ToItem(Line first, CsvRecordParser parser, int lines)
    {
        // An empty extra cell is harmless; a value in it shows a stray comma, after which all values are misplaced.
        bool isShifted = parser.Cells.Skip(_count).Any(cell => cell.Trim().Length > 0);
        return isShifted
            ? CsvItem.Lost(first.Number, lines, CsvProblemKind.TooManyCells, first.Text)
            : parser.Cells.Count < _count && first.IsLast
            ? CsvItem.Lost(first.Number, lines, CsvProblemKind.CutOff, first.Text)
            : new CsvItem(
                new CsvRow(_columns!, [.. parser.Cells], first.Number),
                parser.HasBareQuote ? new CsvProblem(first.Number, CsvProblemKind.Quote, first.Text, IsRowKept: true) : null,
                lines);
    }

    private Line? Next()
    {
        if (_again.Count > 0)
        {
            return _again.Pop();
        }

        if (reader.Peek() < 0)
        {
            return null;
        }

        StringBuilder text = new();
        bool isTooLong = false;
        bool ends = false;
        int read;
        while (!ends && (read = reader.Read()) >= 0)
        {
            char character = (char)read;
            ends = character is '\n' or '\r';
            if (ends)
            {
                if (character == '\r' && reader.Peek() == '\n')
                {
                    reader.Read();
                }
            }
            else if (text.Length < MaximumRecordLength)
            {
                text.Append(character);
            }
            else
            {
                isTooLong = true;
            }
        }

        Lines++;
        EndsWithLineBreak = ends;
        string line = Lines == 1 ? text.ToString().TrimStart('\uFEFF') : text.ToString();
        return new Line(line, Lines, isTooLong, !ends);
    }

    /// <summary>A line without its end.</summary>
    private sealed record Line(string Text, long Number, bool IsTooLong, bool IsLast);
}

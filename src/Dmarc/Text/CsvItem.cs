namespace Dmarc.Text;

/// <summary>What is wrong with a record.</summary>
internal enum CsvProblemKind
{
    /// <summary>A quotation mark is not closed, or closed too early.</summary>
    Quote,

    /// <summary>There are more values than columns, so it is unknown which value belongs to which column.</summary>
    TooManyCells,

    /// <summary>The text ends inside the record.</summary>
    CutOff,

    /// <summary>The record is longer than <see cref="CsvReader.MaximumRecordLength"/>.</summary>
    RecordTooLong,

    /// <summary>The record is the header, and a quotation mark in it is not closed.</summary>
    Header,
}

/// <summary>A record that cannot be read reliably.</summary>
/// <param name="Line">The line where it begins, from 1.</param>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Text">The line.</param>
/// <param name="IsRowKept">True if a row could be read despite the problem.</param>
internal sealed record CsvProblem(long Line, CsvProblemKind Kind, string Text, bool IsRowKept = false)
{
    /// <summary>What is wrong, in a sentence that names the line.</summary>
    public string Message => Sentences.Insert(Kind switch
        {
            CsvProblemKind.Quote => IsRowKept ? Strings.Csv_QuoteKept : Strings.Csv_Quote,
            CsvProblemKind.TooManyCells => Strings.Csv_TooManyCells,
            CsvProblemKind.CutOff => Strings.Csv_CutOff,
            CsvProblemKind.RecordTooLong => Strings.Csv_RecordTooLong,
            _ => Strings.Csv_Header,
        },
        Line,
        CsvReader.MaximumRecordLength);

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}

/// <summary>A row of a CSV file.</summary>
internal sealed class CsvRow(Dictionary<string, int> columns, string[] cells, long line)
{
    /// <summary>The line where it begins, from 1.</summary>
    public long Line => line;

    /// <summary>The number of values; smaller than the number of columns if the last values are missing.</summary>
    public int CellCount => cells.Length;

    /// <summary>The value of a column; null if there is no such column, or the row has no value there.</summary>
    /// <param name="column">The name of the column, in any letter case.</param>
    public string? this[string column] =>
        columns.TryGetValue(column, out int index) && index < cells.Length ? cells[index] : null;
}

/// <summary>A record of a CSV file: a row, a problem, or a row that could be read despite a problem.</summary>
/// <param name="Row">The row; null if no part of the record is reliable.</param>
/// <param name="Problem">What is wrong; null if nothing is.</param>
/// <param name="LineCount">How many lines it takes.</param>
internal sealed record CsvItem(CsvRow? Row, CsvProblem? Problem, int LineCount)
{
    internal static CsvItem Lost(long line, int count, CsvProblemKind kind, string text) =>
        new(null, new CsvProblem(line, kind, text), count);
}

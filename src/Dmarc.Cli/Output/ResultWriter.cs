namespace Dmarc.Cli.Output;

/// <summary>The forms in which results can be written.</summary>
internal enum ResultFormat
{
    /// <summary>A line for each result.</summary>
    Table,

    /// <summary>A line for each property.</summary>
    List,

    /// <summary>One JSON array.</summary>
    Json,

    /// <summary>A JSON object a line.</summary>
    Ndjson,

    /// <summary>Comma-separated values (RFC 4180).</summary>
    Csv,
}

/// <summary>Writes results one at a time, as they come.</summary>
internal abstract class ResultWriter
{
    /// <summary>Writes a result.</summary>
    public abstract void Write(object result);

    /// <summary>Leaves out the names of the properties, because they are there already.</summary>
    public virtual void SkipHeader()
    {
    }

    /// <summary>Writes what belongs after the last result.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>The writer for a form.</summary>
    /// <param name="format">The form.</param>
    /// <param name="terminal">Where to.</param>
    /// <param name="tableView">The table view for results of several types; null where each has its own.</param>
    public static ResultWriter Create(ResultFormat format, Terminal terminal, string? tableView = null) => format switch
    {
        ResultFormat.List => new ListWriter(terminal),
        ResultFormat.Json => new JsonResultWriter(terminal.Output, true),
        ResultFormat.Ndjson => new JsonResultWriter(terminal.Output, false),
        ResultFormat.Csv => new CsvResultWriter(terminal.Output),
        _ => new TableWriter(terminal, tableView),
    };
}

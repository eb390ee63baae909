namespace Dmarc.Reports.Writing;

/// <summary>Writes the rows of one file as text.</summary>
internal abstract class RowWriter
{
    /// <summary>Writes a row.</summary>
    /// <exception cref="ReportExportException">The file cannot contain a row of this kind.</exception>
    public abstract void Write(TextBuffer text, ExportSchema schema, object row);

    /// <summary>Writes the end of the file.</summary>
    public virtual void Complete(TextBuffer text)
    {
    }

    public static RowWriter Create(ExportFormat format) => format switch
    {
        ExportFormat.Csv => new CsvRowWriter(),
        ExportFormat.Json => new JsonRowWriter(true),
        ExportFormat.Ndjson => new JsonRowWriter(false),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}

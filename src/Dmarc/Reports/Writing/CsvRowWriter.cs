namespace Dmarc.Reports.Writing;

/// <summary>
/// Writes RFC 4180: a line of field names, then a line for each row. A text that a spreadsheet would read as a formula
/// is prefixed with an apostrophe, and characters that control a terminal are escaped.
/// </summary>
internal sealed class CsvRowWriter : RowWriter
{
    private const string Separator = "; ";

    private ExportSchema? _schema;

    public override void Write(TextBuffer text, ExportSchema schema, object row)
    {
        if (_schema is null)
        {
            _schema = schema;
            text.Append(string.Join(",", schema.Names)).Append("\r\n");
        }
        else if (_schema != schema)
        {
            throw new ReportExportException(
                ReportExportProblem.MixedRows,
                string.Format(CultureInfo.InvariantCulture, Strings.Export_MixedRows, schema.Type, _schema.Type));
        }

        for (int field = 0; field < schema.Names.Count; field++)
        {
            if (field > 0)
            {
                text.Append(',');
            }

            Cell(text, schema.Get(row, field));
        }

        text.Append("\r\n");
    }

    private static void Cell(TextBuffer text, ExportValue value)
    {
        switch (value.Kind)
        {
            case ExportKind.Text:
                text.Append(Safe(value.Text));
                break;
            case ExportKind.Number:
                text.Append(value.Number);
                break;
            case ExportKind.Truth:
                text.Append(value.Truth ? "true" : "false");
                break;
            case ExportKind.Time:
                text.Append(value.Time);
                break;
            case ExportKind.Texts when value.Texts.Count > 0:
                text.Append(Safe(value.Texts.Count == 1 ? value.Texts[0] : string.Join(Separator, value.Texts)));
                break;
        }
    }

    private static string Safe(string text) => CsvText.Quote(CsvText.Defuse(PrintableText.Escape(text)));
}

using System.Globalization;
using System.Reflection;
using Dmarc.Views;

namespace Dmarc.Cli.Output;

/// <summary>
/// Writes RFC 4180: a line of property names, then a line for each result. A text that a spreadsheet would take for a
/// formula gets an apostrophe before it, and characters that a terminal would act on are escaped, because what stands in records and reports is written by strangers.
/// </summary>
internal sealed class CsvResultWriter(TextWriter output) : ResultWriter
{
    private Type? _type;
    private bool _skipsHeader;
    private PropertyInfo[] _properties = [];

    /// <inheritdoc/>
    public override void Write(object result)
    {
        if (_type != result.GetType())
        {
            _type = result.GetType();
            _properties = [.. _type
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0)];
            if (!_skipsHeader)
            {
                WriteLine(_properties.Select(property => property.Name));
            }

            _skipsHeader = false;
        }

        WriteLine(_properties.Select(property => Cell(property.GetValue(result))));
    }

    /// <inheritdoc/>
    public override void SkipHeader() => _skipsHeader = true;

    private static string Cell(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "True" : "False",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => CsvText.Defuse(PrintableText.Escape(value.ToString())),
    };

    private void WriteLine(IEnumerable<string> cells)
    {
        output.Write(string.Join(',', cells.Select(CsvText.Quote)));
        output.Write("\r\n");
    }
}

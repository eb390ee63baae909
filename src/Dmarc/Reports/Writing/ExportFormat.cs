namespace Dmarc.Reports.Writing;

/// <summary>The forms in which reports are written to files.</summary>
public enum ExportFormat
{
    /// <summary>One page for people.</summary>
    Html,

    /// <summary>Comma-separated values (RFC 4180), a line for each row.</summary>
    Csv,

    /// <summary>One JSON array, an object for each row.</summary>
    Json,

    /// <summary>A JSON object a line for each row.</summary>
    Ndjson,
}

/// <summary>Which form a file name stands for.</summary>
internal static class ExportFormats
{
    /// <summary>The form that the ending of a file name tells, in any case of letters; null for an ending that is none of these.</summary>
    public static ExportFormat? FromPath(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => ExportFormat.Html,
        ".CSV" => ExportFormat.Csv,
        ".JSON" => ExportFormat.Json,
        ".NDJSON" or ".JSONL" => ExportFormat.Ndjson,
        _ => null,
    };

    /// <summary>The ending of the files of a form, without the dot.</summary>
    public static string Extension(this ExportFormat format) => format switch
    {
        ExportFormat.Html => "html",
        ExportFormat.Csv => "csv",
        ExportFormat.Json => "json",
        _ => "ndjson",
    };
}

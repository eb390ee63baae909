namespace Dmarc.Reports.Writing;

/// <summary>The file formats of exports.</summary>
public enum ExportFormat
{
    /// <summary>One HTML page.</summary>
    Html,

    /// <summary>Comma-separated values (RFC 4180), a line for each row.</summary>
    Csv,

    /// <summary>One JSON array with an object for each row.</summary>
    Json,

    /// <summary>One JSON object per line for each row.</summary>
    Ndjson,
}

/// <summary>Maps file names to formats.</summary>
internal static class ExportFormats
{
    /// <summary>The format for a file extension, in any letter case; null for another extension.</summary>
    public static ExportFormat? FromPath(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => ExportFormat.Html,
        ".CSV" => ExportFormat.Csv,
        ".JSON" => ExportFormat.Json,
        ".NDJSON" or ".JSONL" => ExportFormat.Ndjson,
        _ => null,
    };

    /// <summary>The file extension of a format, without the dot.</summary>
    public static string Extension(this ExportFormat format) => format switch
    {
        ExportFormat.Html => "html",
        ExportFormat.Csv => "csv",
        ExportFormat.Json => "json",
        _ => "ndjson",
    };
}

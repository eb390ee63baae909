namespace Dmarc.Reports.Writing;

/// <summary>Why reports could not be written.</summary>
internal enum ReportExportProblem
{
    /// <summary>The file extension has no format, or an unavailable one.</summary>
    UnknownFormat,

    /// <summary>The folder of the file does not exist.</summary>
    FolderMissing,

    /// <summary>The file exists and must not be replaced.</summary>
    FileExists,

    /// <summary>The file cannot be written.</summary>
    FileNotWritable,

    /// <summary>A CSV file can contain only one kind of row.</summary>
    MixedRows,

    /// <summary>An object is not a row of a report.</summary>
    NotARow,

    /// <summary>The rows were read from the output file.</summary>
    OverInput,

    /// <summary>The rows would need too many folders.</summary>
    TooManyPartitions,
}

/// <summary>Reports could not be written; the message is a sentence with the file name.</summary>
internal sealed class ReportExportException(
    ReportExportProblem problem, string message, Exception? cause = null) : IOException(message, cause)
{
    public ReportExportProblem Problem { get; } = problem;

    /// <summary>True if only this row cannot be written.</summary>
    public bool IsAboutRow => Problem is ReportExportProblem.MixedRows or ReportExportProblem.NotARow;
}

namespace Dmarc.Reports.Writing;

/// <summary>Why reports could not be written.</summary>
internal enum ReportExportProblem
{
    /// <summary>The ending of the file name says no form, or one that cannot be had.</summary>
    UnknownFormat,

    /// <summary>The folder that the file should stand in is not there.</summary>
    FolderMissing,

    /// <summary>The file is there already, and should not be replaced.</summary>
    FileExists,

    /// <summary>The file cannot be written.</summary>
    FileNotWritable,

    /// <summary>A file of comma-separated values holds rows of one kind.</summary>
    MixedRows,

    /// <summary>An object is no row of a report.</summary>
    NotARow,

    /// <summary>The rows come of the file that is to be written.</summary>
    OverInput,

    /// <summary>The rows would be spread over too many folders.</summary>
    TooManyPartitions,
}

/// <summary>Reports could not be written; the message is a sentence that names the file.</summary>
internal sealed class ReportExportException(ReportExportProblem problem, string message, Exception? cause = null) : IOException(message, cause)
{
    public ReportExportProblem Problem { get; } = problem;

    /// <summary>True where only the one row cannot be written, and the others can.</summary>
    public bool IsAboutRow => Problem is ReportExportProblem.MixedRows or ReportExportProblem.NotARow;
}

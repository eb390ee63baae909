namespace Dmarc.Reports;

/// <summary>The error ids of unreadable files.</summary>
internal static class ReportErrorIds
{
    /// <summary>The file does not exist or cannot be opened.</summary>
    public const string FileNotReadable = "ReportFileNotReadable";

    /// <summary>The file contains no readable report.</summary>
    public const string Unreadable = "ReportUnreadable";

    /// <summary>A limit of <see cref="ReportReadLimits"/> was exceeded.</summary>
    public const string LimitExceeded = "LimitExceeded";

    /// <summary>An internal error of the reader, which affects only this content.</summary>
    public const string Unexpected = "UnexpectedError";

    /// <summary>The file has a document type declaration.</summary>
    public const string DtdProhibited = "ReportDtdProhibited";
}

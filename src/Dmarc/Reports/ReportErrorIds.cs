namespace Dmarc.Reports;

/// <summary>The names of what can keep a file from being read.</summary>
internal static class ReportErrorIds
{
    /// <summary>The file is not there or cannot be opened.</summary>
    public const string FileNotReadable = "ReportFileNotReadable";

    /// <summary>There is no report in the file that could be read.</summary>
    public const string Unreadable = "ReportUnreadable";

    /// <summary>A limit of <see cref="ReportReadLimits"/> was met.</summary>
    public const string LimitExceeded = "LimitExceeded";

    /// <summary>A fault of the reader itself, that cost this content and no other.</summary>
    public const string Unexpected = "UnexpectedError";

    /// <summary>The file has a document type declaration.</summary>
    public const string DtdProhibited = "ReportDtdProhibited";
}

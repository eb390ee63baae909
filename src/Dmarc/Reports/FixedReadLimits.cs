namespace Dmarc.Reports;

/// <summary>Fixed limits of reading reports, which need no setting in <see cref="ReportReadLimits"/>.</summary>
internal static class FixedReadLimits
{
    /// <summary>The number of bytes decompressed at any ratio.</summary>
    public const long RatioFreeBytes = 16 << 20;

    /// <summary>The maximum size of non-seekable content kept in memory; more goes to a temporary file.</summary>
    public const int MemoryBytes = 8 << 20;

    /// <summary>The maximum number of end records tried as the directory of a damaged zip file.</summary>
    public const int ZipDirectories = 16;

    /// <summary>The maximum number of characters of a value kept by a repair; no kept value is that long.</summary>
    public const int RepairedLength = 1 << 20;

    /// <summary>The nesting allowed in a repair, if larger than the limit: unclosed tags nest too.</summary>
    public const int RepairedDepth = 1000;

    /// <summary>The maximum number of different element and attribute names in a file.</summary>
    public const int Names = 100_000;

    /// <summary>The maximum number of incomplete TLS reports in a file that are listed individually.</summary>
    public const int NamedReports = 100;

    /// <summary>The maximum number of rows remembered of damaged reports, so that a copy completes them.</summary>
    public const int RememberedRows = 1 << 18;
}

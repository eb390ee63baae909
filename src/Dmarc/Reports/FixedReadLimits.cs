namespace Dmarc.Reports;

/// <summary>Limits of reading reports that need no other value, so that <see cref="ReportReadLimits"/> has none for them.</summary>
internal static class FixedReadLimits
{
    /// <summary>How many bytes are decompressed whatever the ratio is.</summary>
    public const long RatioFreeBytes = 16 << 20;

    /// <summary>How many bytes of content that can be read only once are kept in memory; more goes to a temporary file.</summary>
    public const int MemoryBytes = 8 << 20;

    /// <summary>How many ends of a damaged zip file are tried as its directory.</summary>
    public const int ZipDirectories = 16;

    /// <summary>How many characters of a value a repair keeps; no value is kept as long as that.</summary>
    public const int RepairedLength = 1 << 20;

    /// <summary>How deep elements may be nested during a repair if <see cref="ReportReadLimits.MaxXmlDepth"/> is less: tags that are never closed nest, too.</summary>
    public const int RepairedDepth = 1000;

    /// <summary>How many different names the elements and attributes of a file may have.</summary>
    public const int Names = 100_000;

    /// <summary>How many TLS reports of a file that lack something are named one by one.</summary>
    public const int NamedReports = 100;

    /// <summary>How many rows are remembered of reports that may turn out to be damaged, so that a copy of one gives what is missing.</summary>
    public const int RememberedRows = 1 << 18;
}

using System.Globalization;

namespace Dmarc.Reports;

/// <summary>
/// How much a report may ask of its reader. Reports are written by strangers, and anybody may send one to a published
/// address (RFC 9990 §8.1). Each value can be raised where a trusted file needs it.
/// </summary>
public sealed record ReportReadLimits
{
    /// <summary>The limits that hold where nothing else is said.</summary>
    public static ReportReadLimits Default { get; } = new();

    /// <summary>The most bytes that all content of one file may have after decompression. Default 4 GiB.</summary>
    public long MaxDecompressedBytes { get; init; } = 4L << 30;

    /// <summary>How many times larger than its compressed form content may be, once it is over 16 MiB. Default 250.</summary>
    public int MaxCompressionRatio { get; init; } = 250;

    /// <summary>The most entries of an archive, parts of a message or messages of a mailbox file. Default 100,000.</summary>
    public int MaxContainerEntries { get; init; } = 100_000;

    /// <summary>How deep containers may be nested: a gzip file in a zip file in a message is three. Default 8.</summary>
    public int MaxContainerDepth { get; init; } = 8;

    /// <summary>How deep the parts of a message and the messages attached to it may be nested. Default 20.</summary>
    public int MaxMessageDepth { get; init; } = 20;

    /// <summary>The most bytes of a container that has to be held to be read, such as a message, an archive in another, or the texts of a TLS report. Default 256 MiB.</summary>
    public long MaxHeldBytes { get; init; } = 256L << 20;

    /// <summary>The most bytes between two <c>&lt;</c> of a report. Default 4 MiB.</summary>
    public int MaxTextBytes { get; init; } = 4 << 20;

    /// <summary>The most characters of a value that are kept; the rest is cut off and a finding says so. Default 8,192.</summary>
    public int MaxValueLength { get; init; } = 8192;

    /// <summary>How deep the elements of a report may be nested. Default 64.</summary>
    public int MaxXmlDepth { get; init; } = 64;

    /// <summary>The most records of one report. Default 20,000,000.</summary>
    public long MaxRecords { get; init; } = 20_000_000;

    /// <summary>The most results, reasons or extensions of one record that are kept. Default 256.</summary>
    public int MaxEntriesPerRecord { get; init; } = 256;

    /// <summary>The most records held back because they stand before the part that says whose they are. Default 10,000.</summary>
    public int MaxHeldRecords { get; init; } = 10_000;

    /// <summary>The most policies and failures of one TLS report; they are held until the report has been read. Default 250,000.</summary>
    public int MaxTlsRows { get; init; } = 250_000;

    /// <summary>The names of all limits.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ReportLimitNames.All.Select(limit => limit.Name)];

    /// <summary>These limits with one set by its name, as users give it.</summary>
    /// <param name="name">The name of a property, in upper or lower case.</param>
    /// <param name="value">A whole number from 1 to the most that the limit may be, as text; the culture does not matter.</param>
    /// <param name="limits">The new limits; these where the method returns false.</param>
    /// <param name="error">What is wrong, in a sentence; empty if the method returns true.</param>
    public bool TryWith(string? name, string? value, out ReportReadLimits limits, out string error)
    {
        limits = this;
        error = "";
        ReportLimitName? limit = ReportLimitNames.All.FirstOrDefault(candidate => string.Equals(candidate.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase));
        if (limit is null)
        {
            error = string.Format(CultureInfo.InvariantCulture, Strings.Reports_Limit_Unknown, name, string.Join(", ", Names));
            return false;
        }

        if (!long.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number)
            || number < 1
            || number > limit.Maximum)
        {
            error = string.Format(CultureInfo.InvariantCulture, Strings.Reports_Limit_OutOfRange, limit.Name, limit.Maximum, value);
            return false;
        }

        limits = limit.Set(this, number);
        return true;
    }
}

/// <summary>A limit was met. Never leaves the reader: it becomes a problem of the file.</summary>
internal sealed class ReportLimitException(string limit, object value, string what)
    : Exception(string.Format(System.Globalization.CultureInfo.InvariantCulture, Strings.Reports_LimitExceeded, what, limit, value))
{
    public string Limit { get; } = limit;

    /// <summary>True for a limit that is about what content comes out of, whatever the content is.</summary>
    public bool IsOfContainer => Limit is nameof(ReportReadLimits.MaxDecompressedBytes) or nameof(ReportReadLimits.MaxCompressionRatio);
}

/// <summary>The input is refused for a reason other than a limit. Never leaves the reader.</summary>
internal sealed class ReportRefusedException(string errorId, string message) : Exception(message)
{
    public string ErrorId { get; } = errorId;
}

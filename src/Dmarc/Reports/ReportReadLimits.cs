namespace Dmarc.Reports;

/// <summary>
/// Limits of reading reports. Reports are untrusted, and anyone may send one to a published address (RFC 9990 §8.1).
/// Each value can be raised for a trusted file.
/// </summary>
public sealed record ReportReadLimits
{
    /// <summary>The default limits.</summary>
    public static ReportReadLimits Default { get; } = new();

    /// <summary>The maximum size in bytes of all content of one file after decompression. Default 4 GiB.</summary>
    public long MaxDecompressedBytes { get; init; } = 4L << 30;

    /// <summary>The maximum compression ratio of content larger than 16 MiB. Default 250.</summary>
    public int MaxCompressionRatio { get; init; } = 250;

    /// <summary>The maximum number of archive entries, message parts or mailbox messages. Default 100,000.</summary>
    public int MaxContainerEntries { get; init; } = 100_000;

    /// <summary>The maximum nesting of containers: gzip in zip in a message is three. Default 8.</summary>
    public int MaxContainerDepth { get; init; } = 8;

    /// <summary>The maximum nesting of parts and attached messages in a message. Default 20.</summary>
    public int MaxMessageDepth { get; init; } = 20;

    /// <summary>The maximum bytes held of a container, such as a message or TLS report. Default 256 MiB.</summary>
    public long MaxHeldBytes { get; init; } = 256L << 20;

    /// <summary>The maximum number of bytes between two <c>&lt;</c> of a report. Default 4 MiB.</summary>
    public int MaxTextBytes { get; init; } = 4 << 20;

    /// <summary>The maximum number of characters kept of a value; a finding reports the cut. Default 8,192.</summary>
    public int MaxValueLength { get; init; } = 8192;

    /// <summary>The maximum nesting of elements in a report. Default 64.</summary>
    public int MaxXmlDepth { get; init; } = 64;

    /// <summary>The maximum number of records in one report. Default 20,000,000.</summary>
    public long MaxRecords { get; init; } = 20_000_000;

    /// <summary>The maximum number of results, reasons or extensions kept of one record. Default 256.</summary>
    public int MaxEntriesPerRecord { get; init; } = 256;

    /// <summary>The maximum number of records held because they precede the report's data. Default 10,000.</summary>
    public int MaxHeldRecords { get; init; } = 10_000;

    /// <summary>The maximum number of policies and failures held of one TLS report. Default 250,000.</summary>
    public int MaxTlsRows { get; init; } = 250_000;

    /// <summary>The names of all limits.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ReportLimitNames.All.Select(limit => limit.Name)];

    /// <summary>Copies the limits with one set by name, as given by users.</summary>
    /// <param name="name">The name of a property, in any letter case.</param>
    /// <param name="value">An integer from 1 to the maximum, as culture-invariant text.</param>
    /// <param name="limits">The new limits; the current ones if the method returns false.</param>
    /// <param name="error">The error in a sentence; empty if the method returns true.</param>
    public bool TryWith(string? name, string? value, out ReportReadLimits limits, out string error)
    {
        limits = this;
        error = "";
        ReportLimitName? limit = ReportLimitNames.All.FirstOrDefault(candidate =>
            string.Equals(candidate.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase));
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

/// <summary>A limit was exceeded. Never leaves the reader: it becomes a problem of the file.</summary>
internal sealed class ReportLimitException(string limit, object value, string what)
    : Exception(string.Format(CultureInfo.InvariantCulture, Strings.Reports_LimitExceeded, what, limit, value))
{
    public string Limit { get; } = limit;

    /// <summary>True for a limit of the container, independent of its content.</summary>
    public bool IsOfContainer => Limit is nameof(ReportReadLimits.MaxDecompressedBytes) or nameof(ReportReadLimits.MaxCompressionRatio);
}

/// <summary>The input is refused, but not because of a limit. Never leaves the reader.</summary>
internal sealed class ReportRefusedException(string errorId, string message) : Exception(message)
{
    public string ErrorId { get; } = errorId;
}

using Limits = Dmarc.Reports.ReportReadLimits;

namespace Dmarc.Reports;

/// <summary>A limit that can be set by name.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Maximum">The maximum value. Nesting is limited because it is read recursively.</param>
/// <param name="Set">Sets this limit in a copy of the limits.</param>
internal sealed record ReportLimitName(string Name, long Maximum, Func<Limits, long, Limits> Set);

/// <summary>All limits that can be set by name.</summary>
internal static class ReportLimitNames
{
    public static IReadOnlyList<ReportLimitName> All { get; } =
    [
        new(nameof(Limits.MaxDecompressedBytes), long.MaxValue, (limits, value) => limits with { MaxDecompressedBytes = value }),
        new(nameof(Limits.MaxCompressionRatio), int.MaxValue, (limits, value) => limits with { MaxCompressionRatio = (int)value }),
        new(nameof(Limits.MaxContainerEntries), int.MaxValue, (limits, value) => limits with { MaxContainerEntries = (int)value }),
        new(nameof(Limits.MaxContainerDepth), 64, (limits, value) => limits with { MaxContainerDepth = (int)value }),
        new(nameof(Limits.MaxMessageDepth), 512, (limits, value) => limits with { MaxMessageDepth = (int)value }),
        new(nameof(Limits.MaxHeldBytes), long.MaxValue, (limits, value) => limits with { MaxHeldBytes = value }),
        new(nameof(Limits.MaxTextBytes), int.MaxValue, (limits, value) => limits with { MaxTextBytes = (int)value }),
        new(nameof(Limits.MaxValueLength), int.MaxValue, (limits, value) => limits with { MaxValueLength = (int)value }),
        new(nameof(Limits.MaxXmlDepth), 4096, (limits, value) => limits with { MaxXmlDepth = (int)value }),
        new(nameof(Limits.MaxRecords), long.MaxValue, (limits, value) => limits with { MaxRecords = value }),
        new(nameof(Limits.MaxEntriesPerRecord), int.MaxValue, (limits, value) => limits with { MaxEntriesPerRecord = (int)value }),
        new(nameof(Limits.MaxHeldRecords), int.MaxValue, (limits, value) => limits with { MaxHeldRecords = (int)value }),
        new(nameof(Limits.MaxTlsRows), int.MaxValue, (limits, value) => limits with { MaxTlsRows = (int)value }),
    ];
}

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
        new(nameof(Limits.MaxDecompressedBytes), long.MaxValue, (old, to) => old with { MaxDecompressedBytes = to }),
        new(nameof(Limits.MaxCompressionRatio), int.MaxValue, (old, to) => old with { MaxCompressionRatio = (int)to }),
        new(nameof(Limits.MaxContainerEntries), int.MaxValue, (old, to) => old with { MaxContainerEntries = (int)to }),
        new(nameof(Limits.MaxContainerDepth), 64, (old, to) => old with { MaxContainerDepth = (int)to }),
        new(nameof(Limits.MaxMessageDepth), 512, (old, to) => old with { MaxMessageDepth = (int)to }),
        new(nameof(Limits.MaxHeldBytes), long.MaxValue, (old, to) => old with { MaxHeldBytes = to }),
        new(nameof(Limits.MaxTextBytes), int.MaxValue, (old, to) => old with { MaxTextBytes = (int)to }),
        new(nameof(Limits.MaxValueLength), int.MaxValue, (old, to) => old with { MaxValueLength = (int)to }),
        new(nameof(Limits.MaxXmlDepth), 4096, (old, to) => old with { MaxXmlDepth = (int)to }),
        new(nameof(Limits.MaxRecords), long.MaxValue, (old, to) => old with { MaxRecords = to }),
        new(nameof(Limits.MaxEntriesPerRecord), int.MaxValue, (old, to) => old with { MaxEntriesPerRecord = (int)to }),
        new(nameof(Limits.MaxHeldRecords), int.MaxValue, (old, to) => old with { MaxHeldRecords = (int)to }),
        new(nameof(Limits.MaxTlsRows), int.MaxValue, (old, to) => old with { MaxTlsRows = (int)to }),
    ];
}

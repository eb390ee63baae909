namespace Dmarc.Reports.Writing;

/// <summary>The keys by which rows are partitioned into folders.</summary>
public enum ExportPartition
{
    /// <summary>The month in which the period begins, in UTC: <c>month=2026-01</c>.</summary>
    Month,

    /// <summary>The day on which the period begins, in UTC: <c>day=2026-01-31</c>.</summary>
    Day,

    /// <summary>The domain of the report: <c>domain=example.com</c>.</summary>
    Domain,

    /// <summary>The reporting organisation: <c>reporter=Example</c>.</summary>
    Reporter,

    /// <summary>The kind of row: <c>type=aggregate</c>, <c>type=failure</c> or <c>type=tls</c>.</summary>
    Type,
}

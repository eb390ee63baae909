namespace Dmarc.Reports.Writing;

/// <summary>What rows are spread over folders by.</summary>
public enum ExportPartition
{
    /// <summary>The month in which the time covered begins, in UTC: <c>month=2026-01</c>.</summary>
    Month,

    /// <summary>The day on which the time covered begins, in UTC: <c>day=2026-01-31</c>.</summary>
    Day,

    /// <summary>The domain that the report is about: <c>domain=example.com</c>.</summary>
    Domain,

    /// <summary>The reporting organisation: <c>reporter=Example</c>.</summary>
    Reporter,

    /// <summary>The kind of row: <c>type=aggregate</c>, <c>type=failure</c> or <c>type=tls</c>.</summary>
    Type,
}

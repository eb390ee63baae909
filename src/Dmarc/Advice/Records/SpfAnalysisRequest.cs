namespace Dmarc.Advice.Records;

/// <summary>What an analysis does in addition to reading the published record.</summary>
internal sealed record SpfAnalysisRequest
{
    /// <summary>A record to analyse as if the domain published it; null for the published one.</summary>
    public string? Record { get; init; }

    /// <summary>True to compare <see cref="Record"/> with the published one, if it is given.</summary>
    public bool Compares { get; init; }

    /// <summary>True to build an equivalent record without look-ups.</summary>
    public bool Flattens { get; init; }

    /// <summary>False to skip look-ups that only find problems: the addresses do not need them.</summary>
    public bool AsksLint { get; init; } = true;
}

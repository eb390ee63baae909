namespace Dmarc.Advice.Records;

/// <summary>What an analysis does beyond reading the published record.</summary>
internal sealed record SpfAnalysisRequest
{
    /// <summary>A record to analyse as if the domain published it; null for the one that it publishes.</summary>
    public string? Record { get; init; }

    /// <summary>True to compare <see cref="Record"/> with the one that is published; without effect where no record is given.</summary>
    public bool Compares { get; init; }

    /// <summary>True to make a record without look-ups that says the same.</summary>
    public bool Flattens { get; init; }

    /// <summary>False to leave out the look-ups that only find faults: the addresses do not need them.</summary>
    public bool AsksLint { get; init; } = true;
}

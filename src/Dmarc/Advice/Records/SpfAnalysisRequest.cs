namespace Dmarc.Advice.Records;

/// <summary>What an analysis does in addition to reading the published record.</summary>
/// <param name="Record">A record to analyse as if the domain published it; null for the published one.</param>
/// <param name="Compares">True to compare <see cref="Record"/> with the published one, if it is given.</param>
/// <param name="Flattens">True to build an equivalent record without look-ups.</param>
/// <param name="AsksLint">False to skip look-ups that only find problems: the addresses do not need them.</param>
internal sealed record SpfAnalysisRequest(
    string? Record = null, bool Compares = false, bool Flattens = false, bool AsksLint = true);

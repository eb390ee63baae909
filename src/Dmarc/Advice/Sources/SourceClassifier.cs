using Dmarc.Catalogue;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Classifies a source from rows alone, or more precisely with look-ups for the address. Works offline; thread-safe.
/// </summary>
internal sealed class SourceClassifier
{
    private readonly SendingServices _services;

    /// <summary>Makes a classifier.</summary>
    public SourceClassifier(SendingServices? services = null) => _services = services ?? SendingServices.Default;

    /// <summary>Classifies a source.</summary>
    public SourceVerdict Classify(SourceEvidence evidence, SourceNeighbourhood? neighbourhood = null, SourceResult? resolved = null)
    {
        SourceFacts facts = new(evidence, resolved, neighbourhood, _services);
        return SourceRules.All.SelectMany(rule => rule.Check(facts)).First();
    }

    /// <summary>Classifies several sources together.</summary>
    /// <param name="evidence">All sources of the rows.</param>
    /// <param name="resolve">Gets the look-up results for a source; null if there are none.</param>
    /// <returns>A verdict for each source, in order.</returns>
    public IReadOnlyList<SourceVerdict> ClassifyAll(
        IReadOnlyCollection<SourceEvidence> evidence, Func<SourceEvidence, SourceResult?>? resolve = null)
    {
        SourceNeighbourhood neighbourhood = new();
        foreach (SourceEvidence source in evidence)
        {
            neighbourhood.Add(source);
        }

        return [.. evidence.Select(source => Classify(source, neighbourhood, resolve?.Invoke(source)))];
    }
}

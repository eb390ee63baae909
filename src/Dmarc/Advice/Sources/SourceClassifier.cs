using Dmarc.Catalogue;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Classifies a source from rows alone, or more precisely with look-ups for the address. Works offline; thread-safe.
/// </summary>
internal sealed class SourceClassifier
{
    private readonly SendingServices _services;

    /// <summary>Makes a classifier.</summary>
    /// <param name="services">The services to recognise; by default the embedded list.</param>
    public SourceClassifier(SendingServices? services = null) => _services = services ?? SendingServices.Default;

    /// <summary>Classifies a source.</summary>
    /// <param name="evidence">The evidence in the rows.</param>
    /// <param name="neighbourhood">The networks with aligned mail of the organisation; null if unknown.</param>
    /// <param name="resolved">The look-up results for the address; null if there are none.</param>
    public SourceVerdict Classify(SourceEvidence evidence, SourceNeighbourhood? neighbourhood = null, SourceResult? resolved = null)
    {
        if (evidence is null)
        {
            throw new ArgumentNullException(nameof(evidence));
        }

        SourceFacts facts = new(evidence, resolved, neighbourhood, _services);
        return SourceRules.All.SelectMany(rule => rule.Check(facts)).First();
    }

    /// <summary>Classifies several sources together.</summary>
    /// <param name="evidence">All sources of the rows.</param>
    /// <returns>A verdict for each source, in order.</returns>
    public IReadOnlyList<SourceVerdict> ClassifyAll(IReadOnlyCollection<SourceEvidence> evidence)
    {
        if (evidence is null)
        {
            throw new ArgumentNullException(nameof(evidence));
        }

        SourceNeighbourhood neighbourhood = new();
        foreach (SourceEvidence source in evidence)
        {
            neighbourhood.Add(source);
        }

        return [.. evidence.Select(source => Classify(source, neighbourhood))];
    }

}

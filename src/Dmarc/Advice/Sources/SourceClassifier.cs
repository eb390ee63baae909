using Dmarc.Catalogue;

namespace Dmarc.Advice.Sources;

/// <summary>
/// Says what a source is: from rows alone, and sharper with what look-ups say of the address. Works offline; may be used by
/// several threads at once.
/// </summary>
internal sealed class SourceClassifier
{
    private readonly SendingServices _services;

    /// <summary>Makes a classifier.</summary>
    /// <param name="services">The services to recognise; those that come with the program by default.</param>
    public SourceClassifier(SendingServices? services = null) => _services = services ?? SendingServices.Default;

    /// <summary>What a source is.</summary>
    /// <param name="evidence">What rows say of it.</param>
    /// <param name="neighbourhood">The networks where mail of the organisation is aligned; null if they are not known.</param>
    /// <param name="resolved">What look-ups say of the address; null if none were made.</param>
    public SourceVerdict Classify(SourceEvidence evidence, SourceNeighbourhood? neighbourhood = null, SourceResult? resolved = null)
    {
        if (evidence is null)
        {
            throw new ArgumentNullException(nameof(evidence));
        }

        SourceFacts facts = new(evidence, resolved, neighbourhood, _services);
        return SourceRules.All.SelectMany(rule => rule.Check(facts)).First();
    }

    /// <summary>What each of several sources is, given the others.</summary>
    /// <param name="evidence">All sources of the rows at hand.</param>
    /// <returns>A verdict for each source, in their order.</returns>
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

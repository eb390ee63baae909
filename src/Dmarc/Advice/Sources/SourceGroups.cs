using System.Net;
using Dmarc.Reports;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Sources;

/// <summary>
/// The figures of groups by their address and From domain. Several groups can be about one source, such as one for each reporter; what
/// its mail is cannot be told from them.
/// </summary>
internal sealed class SourceGroups
{
    private readonly Dictionary<(string Address, string From), int> _places = [];
    private readonly List<SourceFigures> _figures = [];

    /// <summary>The sources in the order of their first groups, each with the sums of its groups.</summary>
    public IReadOnlyList<SourceFigures> Figures => _figures;

    /// <summary>Adds the figures of a group.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="from">Its From domain; empty if it has none.</param>
    /// <param name="group">The group.</param>
    /// <returns>False if there are too many sources already.</returns>
    public bool TryAdd(string address, string from, ReportMeasure group)
    {
        (string Address, string From) source = (SourceAddress.TryParse(address, out IPAddress? parsed) ? parsed!.ToString() : address, from.ToUpperInvariant());
        if (!_places.TryGetValue(source, out int place))
        {
            if (_figures.Count >= SourceAccumulator.MaximumSources)
            {
                return false;
            }

            place = _figures.Count;
            _places.Add(source, place);
            _figures.Add(new SourceFigures(address, from, 0, 0, 0, 0));
        }

        _figures[place] = _figures[place].With(group);
        return true;
    }
}

/// <summary>The sums of what the groups of a source say.</summary>
/// <param name="Address">The address.</param>
/// <param name="From">The From domain; empty if there is none.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Passed">Those that passed.</param>
/// <param name="DkimAligned">Those with an aligned DKIM pass.</param>
/// <param name="SpfAligned">Those with an aligned SPF pass.</param>
internal sealed record SourceFigures(string Address, string From, long Messages, long Passed, long DkimAligned, long SpfAligned)
{
    /// <summary>The sums with a further group.</summary>
    public SourceFigures With(ReportMeasure group) => this with
    {
        Messages = Saturating.Add(Messages, group.Messages),
        Passed = Saturating.Add(Passed, group.Passed),
        DkimAligned = Saturating.Add(DkimAligned, group.DkimAligned),
        SpfAligned = Saturating.Add(SpfAligned, group.SpfAligned),
    };

    /// <summary>What is known of the source, with its figures.</summary>
    public async Task<SourceResult> InspectAsync(SourceInspector inspector, CancellationToken cancellationToken)
    {
        SourceResult result = await inspector.InspectAsync(Address, From.Length == 0 ? null : From, cancellationToken).ConfigureAwait(false);
        return result with { Messages = Messages, Passed = Passed, DkimAligned = DkimAligned, SpfAligned = SpfAligned };
    }
}

using System.Net;
using Dmarc.Reports;
using Dmarc.Reports.Totals;

namespace Dmarc.Advice.Sources;

/// <summary>
/// The totals of groups by address and From domain. Several groups can concern one source, for example one for each
/// reporter; they do not suffice to classify its mail.
/// </summary>
internal sealed class SourceGroups
{
    private readonly Dictionary<(string Address, string From), int> _places = [];
    private readonly List<SourceFigures> _figures = [];

    /// <summary>The sources in the order of their first groups, with their totals.</summary>
    public IReadOnlyList<SourceFigures> Figures => _figures;

    /// <summary>Adds the totals of a group.</summary>
    /// <returns>False if there are too many sources.</returns>
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

/// <summary>The totals of a source's groups.</summary>
/// <param name="Address">The address.</param>
/// <param name="From">The From domain; may be empty.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Passed">The messages that passed.</param>
/// <param name="DkimAligned">The messages with an aligned DKIM pass.</param>
/// <param name="SpfAligned">The messages with an aligned SPF pass.</param>
internal sealed record SourceFigures(string Address, string From, long Messages, long Passed, long DkimAligned, long SpfAligned)
{
    /// <summary>The totals with another group added.</summary>
    public SourceFigures With(ReportMeasure group) => this with
    {
        Messages = Saturating.Add(Messages, group.Messages),
        Passed = Saturating.Add(Passed, group.Passed),
        DkimAligned = Saturating.Add(DkimAligned, group.DkimAligned),
        SpfAligned = Saturating.Add(SpfAligned, group.SpfAligned),
    };

    /// <summary>The look-up result of the source, with its totals.</summary>
    public async Task<SourceResult> InspectAsync(SourceInspector inspector, CancellationToken cancellationToken)
    {
        SourceResult result = await inspector.InspectAsync(
            Address, From.Length == 0 ? null : From, cancellationToken).ConfigureAwait(false);
        return result with { Messages = Messages, Passed = Passed, DkimAligned = DkimAligned, SpfAligned = SpfAligned };
    }
}

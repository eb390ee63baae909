using Dmarc.Advice.Sources;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Totals;

namespace Dmarc.PowerShell.Commands;

/// <summary>Totals rows of aggregate reports.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "DmarcReport")]
[OutputType(typeof(ReportMeasure))]
public sealed class MeasureDmarcReportCommand : DmarcCommand
{
    private readonly ReportRowFilter _rows = new();
    private ReportSummarizer _summarizer = new();
    private Action<AggregateReportRow> _add = _ => { };

    /// <summary>The rows.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>The grouping of the rows, outermost first.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public ReportGrouping[]? GroupBy { get; set; }

    /// <summary>Results of Resolve-DmarcSource.</summary>
    [Parameter]
    [ValidateNotNull]
    public SourceResult[] Source { get; set; } = [];

    /// <summary>A file of network owners.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NetworkTable { get; set; }

    /// <summary>Only this many groups, largest first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        ReportGrouping[] groupings = GroupBy ?? [];
        SourceKnowledge sources = new(Source, LoadNetworkTable(NetworkTable));
        if (sources.IsEmpty && Array.Exists(groupings, grouping => grouping is ReportGrouping.Country or ReportGrouping.NetworkOwner))
        {
            ThrowTerminatingError(ErrorRecords.NetworkOwnersNotGiven(groupings));
        }

        _summarizer = new ReportSummarizer(groupings, sources);
        _add = _summarizer.Add;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _rows.Take(InputObject, _add);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PrintableList<ReportMeasure> measures = _summarizer.GetMeasures(Top);
        _rows.Report(this);

        if (_rows.WithoutSender > 0 && GroupBy?.Contains(ReportGrouping.EnvelopeFrom) == true)
        {
            WriteWarning(Sentences.Fill(Strings.Summaries_NoSender, _rows.WithoutSender));
        }

        if (_summarizer.IsSaturated)
        {
            WriteWarning(Strings.Summaries_Saturated);
        }

        if (_summarizer.RowsWithoutClass > 0)
        {
            WriteWarning(Sentences.Fill(Strings.Summaries_NoClass, SourceAccumulator.MaximumSources, _summarizer.RowsWithoutClass));
        }

        WriteObject(measures, true);
    }
}

using System.CommandLine;
using Dmarc.Reports.Summaries;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc measure</c>: what Import-DmarcReport | Measure-DmarcReport does.</summary>
internal sealed class MeasureCommand : ConsoleCommand
{
    private readonly ReportInput _input = new();
    private readonly Option<ReportGrouping[]?> _groupBy = EnumOption.OptionalList<ReportGrouping>("--group-by", Strings.Cli_GroupBy);
    private readonly Option<int> _top = DnsOptions.Ranged("--top", Strings.Cli_Top, int.MaxValue, 1, int.MaxValue);

    public MeasureCommand(Terminal terminal)
        : base(terminal, "measure", Strings.Cli_MeasureCommand)
    {
        _input.AddTo(Command);
        Command.Options.Add(_groupBy);
        Command.Options.Add(_top);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        ReportSummarizer summarizer = new(arguments.GetValue(_groupBy) ?? []);
        foreach (AggregateReportRow row in _input.Read(Inputs(_input.Paths(arguments), Strings.Cli_NoPath), arguments, run, null, cancellationToken))
        {
            summarizer.Add(row);
        }

        PrintableList<ReportMeasure> measures = summarizer.GetMeasures(arguments.GetValue(_top));
        if (summarizer.IsSaturated)
        {
            run.Message(Strings.Summaries_Saturated);
        }

        foreach (ReportMeasure measure in measures)
        {
            run.Result(measure);
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Dmarc.Reports;
using Dmarc.Reports.Export;
using Dmarc.Reports.Html;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc html</c>: what Import-DmarcReport | Export-DmarcReport does; the ending of the file name may tell another form than HTML.</summary>
internal sealed class HtmlCommand : ConsoleCommand
{
    private readonly ReportInput _input = new();
    private readonly Option<string> _output = new("--output", "-o") { Description = Strings.Cli_HtmlOutput, Required = true };
    private readonly Option<ReportTypes?> _type = EnumOption.OptionalFlags<ReportTypes>("--type", Strings.Cli_HtmlType);
    private readonly Option<ExportFormat?> _as = EnumOption.Optional<ExportFormat>("--as", Strings.Cli_HtmlAs);
    private readonly Option<ExportPartition[]?> _partitionBy = EnumOption.OptionalList<ExportPartition>("--partition-by", Strings.Cli_HtmlPartitionBy);
    private readonly Option<string?> _language = new("--language") { Description = Strings.Cli_HtmlLanguage };
    private readonly Option<string?> _title = new("--title") { Description = Strings.Cli_HtmlTitle };
    private readonly Option<bool> _noClobber = new("--no-clobber") { Description = Strings.Cli_HtmlNoClobber };
    private readonly Option<bool> _passThru = new("--pass-thru") { Description = Strings.Cli_HtmlPassThru };

    public HtmlCommand(Terminal terminal)
        : base(terminal, "html", Strings.Cli_HtmlCommand)
    {
        _language.AcceptOnlyFromAmong([.. PageOptions.Languages]);
        _input.AddTo(Command);
        foreach (Option option in new Option[] { _output, _type, _as, _partitionBy, _language, _title, _noClobber, _passThru })
        {
            Command.Options.Add(option);
        }
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        ReportExportOptions options = new(Path.GetFullPath(arguments.GetValue(_output)!))
        {
            Format = arguments.GetValue(_as),
            PartitionBy = [.. (arguments.GetValue(_partitionBy) ?? []).Distinct()],
            NoClobber = arguments.GetValue(_noClobber),
            Page = new PageOptions
            {
                Title = arguments.GetValue(_title),
                Language = arguments.GetValue(_language) ?? PageOptions.LanguageOf(CultureInfo.CurrentUICulture),
            },
        };
        IEnumerable<string> paths = Inputs(_input.Paths(arguments), Strings.Cli_NoPath);
        using ReportExport export = Create(options);
        try
        {
            Write(export, Rows(export, paths, arguments, run, cancellationToken), arguments, run);
        }
        catch (ReportExportException exception)
        {
            run.Failure(Spelled(exception));
        }
    }

    private static ReportExport Create(ReportExportOptions options)
    {
        try
        {
            return ReportExport.Create(options);
        }
        catch (ReportExportException exception)
        {
            throw new UsageException(Spelled(exception));
        }
    }

    /// <summary>The message with the options as they are called here.</summary>
    private static string Spelled(ReportExportException exception) => exception.Message
        .Replace("-As", "--as", StringComparison.Ordinal)
        .Replace("-PartitionBy", "--partition-by", StringComparison.Ordinal)
        .Replace("-NoClobber", "--no-clobber", StringComparison.Ordinal);

    /// <summary>A page takes all kinds of reports together; a table has the columns of one.</summary>
    private IEnumerable<object> Rows(ReportExport export, IEnumerable<string> paths, ParseResult arguments, CommandRun run, CancellationToken cancellationToken) =>
        _input.Read(paths, arguments, run, null, arguments.GetValue(_type) ?? (export is PageExport ? ReportTypes.All : ReportTypes.Aggregate), cancellationToken);

    private void Write(ReportExport export, IEnumerable<object> rows, ParseResult arguments, CommandRun run)
    {
        bool passThru = arguments.GetValue(_passThru);
        foreach (object row in rows)
        {
            try
            {
                export.Add(row);
            }
            catch (ReportExportException exception) when (exception.IsAboutRow)
            {
                run.Failure(exception.Message);
            }

            if (passThru)
            {
                run.Result(row);
            }
        }

        foreach (string file in export.Complete())
        {
            run.Message(string.Format(CultureInfo.InvariantCulture, Strings.Export_Written, file));
        }
    }
}

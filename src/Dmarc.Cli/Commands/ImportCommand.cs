using System.CommandLine;
using Dmarc.Cli.Output;
using Dmarc.Diagnostics;
using Dmarc.Domains;
using Dmarc.Reports;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc import</c>: what Import-DmarcReport does.</summary>
internal sealed class ImportCommand : ConsoleCommand
{
    private readonly Argument<string[]> _path = new("path") { Description = Strings.Cli_Path, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<ReportTypes?> _type = EnumOption.OptionalFlags<ReportTypes>("--type", Strings.Cli_ReportType);
    private readonly Option<bool> _recurse = new("--recurse", "-r") { Description = Strings.Cli_Recurse };
    private readonly Option<int> _throttle = DnsOptions.Ranged(
        "--throttle-limit", Strings.Cli_FileThrottleLimit, Math.Min(Environment.ProcessorCount, 256), 1, 256);
    private readonly Option<bool> _duplicates = new("--include-duplicate") { Description = Strings.Cli_IncludeDuplicate };
    private readonly Option<string?> _suffixes = SuffixListOption.Create();
    private readonly Option<string[]> _limits = ReportInput.CreateLimits();
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = Strings.Cli_VerboseImport };

    public ImportCommand(Terminal terminal)
        : base(terminal, "import", Strings.Cli_ImportCommand)
    {
        Command.Arguments.Add(_path);
        Command.Options.Add(_type);
        Command.Options.Add(_recurse);
        Command.Options.Add(_throttle);
        Command.Options.Add(_duplicates);
        Command.Options.Add(_suffixes);
        Command.Options.Add(_limits);
        Command.Options.Add(_verbose);
    }

    protected override string? TableView(ParseResult arguments) => IsMixed(arguments) ? "Dmarc.ReportItem" : null;

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        if (Format(arguments) == ResultFormat.Csv && IsMixed(arguments))
        {
            throw new UsageException(Strings.Cli_ImportCsvMixed);
        }

        DmarcReportReader reader = new(
            SuffixListOption.Load(arguments.GetValue(_suffixes)) ?? PublicSuffixList.Default,
            ReportInput.ReadLimits(arguments.GetValue(_limits)),
            Types(arguments));
        ReportDeduplicator? known = arguments.GetValue(_duplicates) ? null : new ReportDeduplicator();
        ReportTypeTally others = new();
        bool verbose = arguments.GetValue(_verbose);
        bool recurse = arguments.GetValue(_recurse);
        IEnumerable<string> files = Inputs(arguments.GetValue(_path), Strings.Cli_NoPath).SelectMany(path => InputFiles.Find(path, recurse, _ => true, run));
        IEnumerable<ReportReadItem> items = OrderedReportReader.Read(
            files.Select(file => (Func<CancellationToken, IEnumerable<ReportReadItem>>)(token => reader.ReadFile(file, token))),
            arguments.GetValue(_throttle),
            cancellationToken);
        foreach (ReportReadItem item in items)
        {
            if (item.Result is { } result)
            {
                ReportNotice? duplicate = null;
                if (known is null || known.IsNew(item, out duplicate))
                {
                    run.Result(result);
                }
                else if (verbose && duplicate is not null)
                {
                    run.Message(duplicate.ToString());
                }
            }
            else if (item.Problem is { } problem)
            {
                run.Failure(problem.Message);
            }
            else if (item.Notice is { } notice)
            {
                others.Add(notice);
                if (verbose || notice.Finding.Severity > Severity.Information)
                {
                    run.Message(notice.ToString());
                }
            }
        }

        foreach (string sentence in others.Describe("--type {0}"))
        {
            run.Message(sentence);
        }
    }

    private ReportTypes Types(ParseResult arguments) => arguments.GetValue(_type) ?? ReportTypes.Aggregate;

    private bool IsMixed(ParseResult arguments)
    {
        ReportTypes types = Types(arguments);
        return (types & (types - 1)) != 0;
    }
}

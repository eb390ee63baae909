using System.CommandLine;
using Dmarc.Diagnostics;
using Dmarc.Domains;
using Dmarc.Reports;

namespace Dmarc.Cli.Commands;

/// <summary>The files of reports that a command works on, and the options of <c>dmarc import</c> that say how they are read.</summary>
internal sealed class ReportInput
{
    private readonly Argument<string[]> _path = new("path") { Description = Strings.Cli_Path, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _recurse = new("--recurse", "-r") { Description = Strings.Cli_Recurse };
    private readonly Option<bool> _duplicates = new("--include-duplicate") { Description = Strings.Cli_IncludeDuplicate };

    private readonly Option<string[]> _limits = CreateLimits();

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_path);
        command.Options.Add(_recurse);
        command.Options.Add(_duplicates);
        command.Options.Add(_limits);
    }

    /// <summary>The option that raises or lowers what a file may ask of the reader.</summary>
    public static Option<string[]> CreateLimits() => new("--read-limit") { Description = Strings.Cli_ReadLimit };

    /// <summary>What a file may ask of the reader.</summary>
    /// <exception cref="UsageException">A setting is none.</exception>
    public static ReportReadLimits ReadLimits(string[]? settings)
    {
        ReportReadLimits limits = ReportReadLimits.Default;
        foreach (string setting in settings ?? [])
        {
            string[] parts = setting.Split('=', 2);
            if (!limits.TryWith(parts[0], parts.Length > 1 ? parts[1] : "", out limits, out string error))
            {
                throw new UsageException(error);
            }
        }

        return limits;
    }

    /// <summary>The paths that were named; null or none for standard input.</summary>
    public string[]? Paths(ParseResult arguments) => arguments.GetValue(_path);

    /// <summary>Reads the rows of the files, in their order. What cannot be read is written as a failure, and what may have cost rows as a message.</summary>
    public IEnumerable<AggregateReportRow> Read(
        IEnumerable<string> paths,
        ParseResult arguments,
        CommandRun run,
        IOrganizationalDomainSource? suffixes,
        CancellationToken cancellationToken) =>
        Read(paths, arguments, run, suffixes, ReportTypes.Aggregate, cancellationToken).OfType<AggregateReportRow>();

    /// <summary>Reads the rows of reports of several kinds.</summary>
    public IEnumerable<object> Read(
        IEnumerable<string> paths,
        ParseResult arguments,
        CommandRun run,
        IOrganizationalDomainSource? suffixes,
        ReportTypes types,
        CancellationToken cancellationToken) =>
        ReadAll(
            paths,
            arguments.GetValue(_recurse),
            arguments.GetValue(_duplicates) ? null : new ReportDeduplicator(),
            new DmarcReportReader(suffixes ?? PublicSuffixList.Default, ReadLimits(arguments.GetValue(_limits)), types),
            run,
            cancellationToken);

    /// <summary>Reads the rows of aggregate reports for a command that has the options itself.</summary>
    public static IEnumerable<AggregateReportRow> Read(
        IEnumerable<string> paths,
        bool recurse,
        ReportDeduplicator? known,
        ReportReadLimits limits,
        CommandRun run,
        CancellationToken cancellationToken) =>
        ReadAll(paths, recurse, known, new DmarcReportReader(PublicSuffixList.Default, limits, ReportTypes.Aggregate), run, cancellationToken).OfType<AggregateReportRow>();

    private static IEnumerable<object> ReadAll(
        IEnumerable<string> paths,
        bool recurse,
        ReportDeduplicator? known,
        DmarcReportReader reader,
        CommandRun run,
        CancellationToken cancellationToken)
    {
        IEnumerable<string> files = paths.SelectMany(path => InputFiles.Find(path, recurse, _ => true, run));
        foreach (ReportReadItem item in OrderedReportReader.Read(
            files.Select(file => (Func<CancellationToken, IEnumerable<ReportReadItem>>)(token => reader.ReadFile(file, token))),
            Math.Min(Environment.ProcessorCount, 256),
            cancellationToken))
        {
            if (item.Result is { } result)
            {
                if (known is null || known.IsNew(item, out _))
                {
                    yield return result;
                }
            }
            else if (item.Problem is { } problem)
            {
                run.Failure(problem.Message);
            }
            else if (item.Notice is { } notice && notice.Finding.Severity > Severity.Information)
            {
                run.Message(notice.ToString());
            }
        }
    }
}

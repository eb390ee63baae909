using System.CommandLine;
using Dmarc.Diagnostics;
using Dmarc.Posture.Changes;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc compare</c>: what Compare-MailDomain does.</summary>
internal sealed class CompareCommand : ConsoleCommand
{
    private readonly Terminal _input;
    private readonly Argument<string> _reference = new("reference") { Description = Strings.Cli_CompareReference };
    private readonly Argument<string?> _difference = new("difference") { Description = Strings.Cli_CompareDifference, Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<Severity?> _least = EnumOption.Optional<Severity>("--minimum-severity", Strings.Cli_CompareMinimumSeverity);

    public CompareCommand(Terminal terminal)
        : base(terminal, "compare", Strings.Cli_CompareCommand)
    {
        _input = terminal;
        Command.Arguments.Add(_reference);
        Command.Arguments.Add(_difference);
        Command.Options.Add(_least);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        Severity least = arguments.GetValue(_least) ?? Severity.Information;
        MailDomainComparer comparer = new(SavedResults.Read(arguments.GetRequiredValue(_reference)));
        foreach (MailDomainSnapshot snapshot in Difference(arguments.GetValue(_difference)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(comparer.Compare(snapshot));
        }

        Write(comparer.Complete());

        void Write(IReadOnlyList<MailDomainChange> changes)
        {
            foreach (MailDomainChange change in changes.Where(change => change.Severity >= least))
            {
                run.Result(change, [new Finding(change.Kind.ToString(), change.Severity, change.Explanation)]);
            }
        }
    }

    private IEnumerable<MailDomainSnapshot> Difference(string? path)
    {
        if (path is not null and not "-")
        {
            return SavedResults.Read(path);
        }

        return path == "-" || _input.HasInput ? SavedResults.Read(_input.Input, "-") : throw new UsageException(Strings.Cli_CompareNothing);
    }
}

using System.CommandLine;
using Dmarc.Cli.Output;

namespace Dmarc.Cli.Commands;

/// <summary>A command of the console: what it shares with the others is <c>--format</c> and the way to an exit code.</summary>
internal abstract class ConsoleCommand
{
    private readonly Terminal _terminal;
    private readonly Option<ResultFormat?> _format = EnumOption.Optional<ResultFormat>("--format", Strings.Cli_Format);

    protected ConsoleCommand(Terminal terminal, string name, string description)
    {
        _terminal = terminal;
        _format.Aliases.Add("-f");
        Command = new Command(name, description);
        Command.Options.Add(_format);
        Command.SetAction((arguments, cancellationToken) => Task.Run(() => Invoke(arguments, cancellationToken), CancellationToken.None));
    }

    /// <summary>The command as it is parsed.</summary>
    public Command Command { get; }

    /// <summary>The form that results have where none is asked for.</summary>
    protected virtual ResultFormat DefaultFormat => ResultFormat.Table;

    /// <summary>The table view for results of several types; null where each has its own.</summary>
    protected virtual string? TableView(ParseResult arguments) => null;

    /// <summary>The form that is asked for.</summary>
    protected ResultFormat Format(ParseResult arguments) => arguments.GetValue(_format) ?? DefaultFormat;

    /// <summary>Does the work.</summary>
    protected abstract void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken);

    /// <summary>What was named on the command line, or the lines of standard input.</summary>
    /// <param name="arguments">The command line's; a hyphen stands for standard input.</param>
    /// <param name="none">What to say where there is neither.</param>
    protected IEnumerable<string> Inputs(string[]? arguments, string none)
    {
        if (arguments is { Length: > 0 } and not ["-"])
        {
            return arguments;
        }

        return _terminal.HasInput || arguments is ["-"] ? Lines() : throw new UsageException(none);
    }

    /// <summary>Standard input as bytes; null where nothing comes from there.</summary>
    /// <param name="isAsked">True where the command line says that it does.</param>
    protected Stream? OpenInput(bool isAsked) => _terminal.HasInput || isAsked ? _terminal.InputBytes : null;

    private IEnumerable<string> Lines()
    {
        while (_terminal.Input.ReadLine() is { } line)
        {
            string text = line.Trim();
            if (text.Length > 0 && text[0] != '#')
            {
                yield return text;
            }
        }
    }

    private int Invoke(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandRun run = new(_terminal, ResultWriter.Create(Format(arguments), _terminal, TableView(arguments)));
        try
        {
            Run(arguments, run, cancellationToken);
            run.Complete();
            return run.ExitCode;
        }
        catch (UsageException exception)
        {
            run.Failure(exception.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _terminal.Output.Flush();
            return ExitCode.Cancelled;
        }
    }
}

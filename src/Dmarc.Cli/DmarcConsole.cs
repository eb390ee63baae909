using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using Dmarc.Cli.Commands;
using Dmarc.Views;

namespace Dmarc.Cli;

/// <summary>The program, apart from the process that it runs in.</summary>
internal static class DmarcConsole
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        // Not a RootCommand, which would call the program by the name of its assembly.
        Command root = new("dmarc", Strings.Cli_Root);
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        foreach (ConsoleCommand command in Commands(terminal))
        {
            root.Subcommands.Add(command.Command);
        }

        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        List<string> errors = [.. parsed.Errors.Select(error => error.Message), .. UnknownOptions(parsed)];
        if (errors.Count > 0)
        {
            foreach (string error in errors)
            {
                await terminal.Error.WriteLineAsync("dmarc: " + PrintableText.Escape(error)).ConfigureAwait(false);
            }

            await terminal.Error.WriteLineAsync(Strings.Cli_SeeHelp).ConfigureAwait(false);
            return ExitCode.Usage;
        }

        int code = await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(2),
            },
            cancellationToken).ConfigureAwait(false);
        await terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return code;
    }

    /// <summary>The parser takes an option that it does not know for one more domain or file, unless told otherwise by a double hyphen.</summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? []
            : parsed.CommandResult.Tokens
                .Where(token => token.Value.Length > 1 && token.Value[0] == '-')
                .Select(token => string.Format(CultureInfo.InvariantCulture, Strings.Cli_UnknownOption, token.Value));

    private static IEnumerable<ConsoleCommand> Commands(Terminal terminal) =>
    [
        new RecordCommand(terminal),
        new DkimCommand(terminal),
        new NewCommand(terminal),
        new ImportCommand(terminal),
        new MeasureCommand(terminal),
        new HtmlCommand(terminal),
        new ResolveCommand(terminal),
        new RolloutCommand(terminal),
        new SpfCommand(terminal),
        new AlignCommand(terminal),
        new AuditCommand(terminal),
        new DirectSendCommand(terminal),
        new CompareCommand(terminal),
    ];
}

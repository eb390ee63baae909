using System.CommandLine;
using System.CommandLine.Parsing;
using Dmarc.Cli.Commands;

namespace Dmarc.Cli;

/// <summary>The program, apart from the process that it runs in.</summary>
internal static class DmarcConsole
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        RootCommand root = new(Strings.Cli_Root);
        foreach (ConsoleCommand command in Commands(terminal))
        {
            root.Subcommands.Add(command.Command);
        }

        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                await terminal.Error.WriteLineAsync("dmarc: " + Dmarc.Views.PrintableText.Escape(error.Message)).ConfigureAwait(false);
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

    private static IEnumerable<ConsoleCommand> Commands(Terminal terminal) => [new RecordCommand(terminal)];
}

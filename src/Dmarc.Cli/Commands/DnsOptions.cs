using System.CommandLine;
using System.Globalization;
using Dmarc.Diagnostics;
using Dmarc.Dns;
using Dmarc.Views;

namespace Dmarc.Cli.Commands;

/// <summary>The options of every command that asks DNS; they are called as the parameters of the cmdlets are.</summary>
internal sealed class DnsOptions
{
    private readonly Option<string[]> _server = new("--server") { Description = Strings.Cli_Server };
    private readonly Option<string[]> _zone = new("--zone") { Description = Strings.Cli_Zone };
    private readonly Option<int> _timeout = Ranged("--timeout-sec", Strings.Cli_TimeoutSec, 5, 1, 600);
    private readonly Option<int> _rate = Ranged("--queries-per-second", Strings.Cli_QueriesPerSecond, 0, 0, 1_000_000);
    private readonly Option<int> _throttle = Ranged("--throttle-limit", Strings.Cli_ThrottleLimit, 64, 1, 4096);
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = Strings.Cli_Verbose };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_zone);
        command.Options.Add(_timeout);
        command.Options.Add(_rate);
        command.Options.Add(_throttle);
        command.Options.Add(_verbose);
    }

    /// <summary>How many domains are in flight at once.</summary>
    public int ThrottleLimit(ParseResult arguments) => arguments.GetValue(_throttle);

    /// <summary>True where zone files answer in place of DNS.</summary>
    public bool HasZones(ParseResult arguments) => arguments.GetValue(_zone) is { Length: > 0 };

    /// <summary>Makes the resolver.</summary>
    /// <exception cref="UsageException">A server or a zone file cannot be used.</exception>
    public DnsResolver CreateResolver(ParseResult arguments, CommandRun run)
    {
        List<DnsServer> servers = [];
        foreach (string text in arguments.GetValue(_server) ?? [])
        {
            servers.Add(DnsServer.TryParse(text, out DnsServer? server, out string error) ? server : throw new UsageException(error));
        }

        DnsResolverOptions options = new()
        {
            Servers = servers,
            ZoneFiles = arguments.GetValue(_zone) ?? [],
            Timeout = TimeSpan.FromSeconds(arguments.GetValue(_timeout)),
            QueriesPerSecond = arguments.GetValue(_rate),
            QueryObserver = arguments.GetValue(_verbose) ? response => run.Message(QueryText.Describe(response)) : null,
        };
        try
        {
            DnsResolver resolver = DnsResolverFactory.Create(options);
            foreach (Finding finding in resolver.ZoneFindings)
            {
                run.Message(finding.Message);
            }

            return resolver;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(string.Format(
                CultureInfo.InvariantCulture, Strings.Commands_ZoneFileUnreadable, string.Join(", ", options.ZoneFiles), exception.Message));
        }
    }

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Ranged(string name, string description, int usual, int least, int most)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            // What is no number at all is told by the parser.
            if (result.Tokens.Count == 1
                && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
                && (value < least || value > most))
            {
                result.AddError(string.Format(CultureInfo.InvariantCulture, Strings.Cli_OutOfRange, name, least, most));
            }
        });
        return option;
    }
}

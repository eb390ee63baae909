using System.CommandLine;
using System.Globalization;
using Dmarc.Dkim;
using Dmarc.Dns;
using Dmarc.Domains;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc dkim</c>: what Get-DkimRecord does.</summary>
internal sealed class DkimCommand : ConsoleCommand
{
    private readonly Argument<string[]> _domain = new("domain") { Description = Strings.Cli_Domain, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _selector = new("--selector") { Description = Strings.Cli_Selector };
    private readonly Option<string[]> _record = new("--record") { Description = Strings.Cli_DkimKeyText };
    private readonly DnsOptions _dns = new();

    public DkimCommand(Terminal terminal)
        : base(terminal, "dkim", Strings.Cli_DkimCommand)
    {
        Command.Arguments.Add(_domain);
        Command.Options.Add(_selector);
        Command.Options.Add(_record);
        _dns.AddTo(Command);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_record) is { Length: > 0 } records)
        {
            InspectTexts(records, arguments.GetValue(_domain) ?? [], run);
            return;
        }

        using DnsResolver resolver = _dns.CreateResolver(arguments, run);
        DkimKeyInspector inspector = new(resolver);
        string[] selectors = arguments.GetValue(_selector) ?? [];
        CommandRun.ForEach(
            Inputs(arguments.GetValue(_domain), Strings.Cli_NoDomain),
            _dns.ThrottleLimit(arguments),
            async (input, lane, token) =>
            {
                if (!DomainInput.TryRead(input, out DomainName? domain, out string error))
                {
                    lane.Write(() => run.Failure(error), token);
                    lane.Write(() => Write(run, DkimKeyResult.ForInvalidDomainName(input, error)), token);
                    return;
                }

                foreach (DkimKeyResult result in await inspector.InspectAsync(domain, selectors, token).ConfigureAwait(false))
                {
                    lane.Write(() => Write(run, result), token);
                }
            },
            cancellationToken);
    }

    private static void InspectTexts(string[] records, string[] domains, CommandRun run)
    {
        DomainName? domain = null;
        if (domains.Length > 0 && !DomainInput.TryRead(domains[0], out domain, out string error))
        {
            throw new UsageException(error);
        }

        foreach (string record in records)
        {
            Write(run, DkimKeyInspector.InspectText(record, domain));
        }
    }

    private static void Write(CommandRun run, DkimKeyResult result)
    {
        if (result.Status.IsDnsFailure())
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Cli_DnsFailure, result.Name.Length > 0 ? result.Name : result.Domain, result.Status));
        }

        run.Result(result, result.Findings);
    }
}

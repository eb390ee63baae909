using System.CommandLine;
using System.Globalization;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Policy;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc record</c>: what Get-DmarcRecord does.</summary>
internal sealed class RecordCommand : ConsoleCommand
{
    private readonly Argument<string[]> _domain = new("domain") { Description = Strings.Cli_Domain, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _record = new("--record") { Description = Strings.Cli_Record };
    private readonly Option<DiscoveryMethod?> _discovery = EnumOption.Optional<DiscoveryMethod>("--discovery-method", Strings.Cli_DiscoveryMethod);
    private readonly Option<string?> _suffixes = SuffixListOption.Create();
    private readonly DnsOptions _dns = new();

    public RecordCommand(Terminal terminal)
        : base(terminal, "record", Strings.Cli_RecordCommand)
    {
        Command.Arguments.Add(_domain);
        Command.Options.Add(_record);
        Command.Options.Add(_discovery);
        Command.Options.Add(_suffixes);
        _dns.AddTo(Command);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        DmarcInspectionOptions options = new()
        {
            DiscoveryMethod = arguments.GetValue(_discovery) ?? DiscoveryMethod.TreeWalk,
            Suffixes = SuffixListOption.Load(arguments.GetValue(_suffixes)),
        };
        if (arguments.GetValue(_record) is { Length: > 0 } records)
        {
            InspectTexts(records, arguments.GetValue(_domain) ?? [], options, run);
            return;
        }

        using DnsResolver resolver = _dns.CreateResolver(arguments, run);
        DmarcRecordInspector inspector = new(resolver, options);
        CommandRun.ForEach(
            Inputs(arguments.GetValue(_domain), Strings.Cli_NoDomain),
            _dns.ThrottleLimit(arguments),
            async (input, lane, token) =>
            {
                if (!DomainInput.TryRead(input, out DomainName? domain, out string error))
                {
                    lane.Write(() => run.Failure(error), token);
                    lane.Write(() => Write(run, DmarcRecordResult.ForInvalidDomainName(input, error)), token);
                    return;
                }

                DmarcRecordResult result = await inspector.InspectAsync(domain, token).ConfigureAwait(false);
                lane.Write(() => Write(run, result), token);
            },
            cancellationToken);
    }

    private static void InspectTexts(string[] records, string[] domains, DmarcInspectionOptions options, CommandRun run)
    {
        DomainName? domain = null;
        if (domains.Length > 0 && !DomainInput.TryRead(domains[0], out domain, out string error))
        {
            throw new UsageException(error);
        }

        DmarcRecordInspector inspector = new(null, options);
        foreach (string record in records)
        {
            Write(run, inspector.InspectText(record, domain));
        }
    }

    private static void Write(CommandRun run, DmarcRecordResult result)
    {
        if (result.Status.IsDnsFailure())
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Cli_DnsFailure, result.Domain, result.Status));
        }

        run.Result(result, result.Findings);
    }
}

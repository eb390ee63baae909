using System.CommandLine;
using System.Globalization;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Policy;
using Dmarc.Reports.Rollout;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc rollout</c>: what Import-DmarcReport | Get-DmarcRollout does.</summary>
internal sealed class RolloutCommand : ConsoleCommand
{
    private readonly ReportInput _input = new();
    private readonly Option<string[]?> _domain = new("--domain") { Description = Strings.Cli_RolloutDomain };
    private readonly Option<string?> _record = new("--record") { Description = Strings.Cli_RolloutRecord };
    private readonly Option<bool> _noLookup = new("--no-lookup") { Description = Strings.Cli_RolloutNoLookup };
    private readonly Option<DiscoveryMethod?> _method = EnumOption.Optional<DiscoveryMethod>("--discovery-method", Strings.Cli_DiscoveryMethod);
    private readonly Option<string?> _suffixes = SuffixListOption.Create();
    private readonly DnsOptions _dns = new();

    public RolloutCommand(Terminal terminal)
        : base(terminal, "rollout", Strings.Cli_RolloutCommand)
    {
        _input.AddTo(Command);
        foreach (Option option in new Option[] { _domain, _record, _noLookup, _method, _suffixes })
        {
            Command.Options.Add(option);
        }

        _dns.AddTo(Command);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        PublicSuffixList? suffixes = SuffixListOption.Load(arguments.GetValue(_suffixes));
        RolloutCollector collector = new(arguments.GetValue(_domain) is { Length: > 0 } domains ? domains.Select(ReadDomain) : null);
        foreach (AggregateReportRow row in _input.Read(Inputs(_input.Paths(arguments), Strings.Cli_NoPath), arguments, run, suffixes, cancellationToken))
        {
            collector.Add(row);
        }

        if (collector.LeftOutNotice is { } notice)
        {
            run.Message(notice);
        }

        string? text = arguments.GetValue(_record);
        if (text is not null && collector.Domains.Count != 1)
        {
            throw new UsageException(string.Format(
                CultureInfo.InvariantCulture,
                Strings.Commands_RecordNeedsDomain.Replace("-Record", "--record", StringComparison.Ordinal).Replace("-Domain", "--domain", StringComparison.Ordinal),
                collector.Domains.Count));
        }

        using DnsResolver? resolver = text is not null || arguments.GetValue(_noLookup) ? null : _dns.CreateResolver(arguments, run);
        DmarcRecordInspector inspector = new(resolver, new DmarcInspectionOptions
        {
            DiscoveryMethod = arguments.GetValue(_method) ?? DiscoveryMethod.TreeWalk,
            Suffixes = suffixes,
            ProbeWrongNames = false,
            CheckReportDestinations = false,
        });
        RolloutAdvisor advisor = new(suffixes: suffixes);
        CommandRun.ForEach(
            collector.Domains,
            _dns.ThrottleLimit(arguments),
            async (observations, lane, token) =>
            {
                DomainName domain = DomainName.Parse(observations.Domain);
                DmarcRecordResult? record = text is not null ? inspector.InspectText(text, domain)
                    : resolver is not null ? await inspector.InspectAsync(domain, token).ConfigureAwait(false)
                    : null;
                RolloutResult result = advisor.Advise(observations, record);
                lane.Write(() => Write(run, result), token);
            },
            cancellationToken);
    }

    private static DomainName ReadDomain(string text) =>
        DomainInput.TryRead(text, out DomainName? domain, out string error) ? domain : throw new UsageException(error);

    private static void Write(CommandRun run, RolloutResult result)
    {
        if (result.Status.IsDnsFailure())
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Cli_DnsFailure, result.Domain, result.Status));
        }

        run.Result(result, result.Findings);
    }
}

using System.CommandLine;
using System.Globalization;
using System.Net;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Spf;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc spf</c>: what Test-SpfRecord does.</summary>
internal sealed class SpfCommand : ConsoleCommand
{
    private readonly Argument<string[]> _domain = new("domain") { Description = Strings.Cli_Domain, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _address = new("--ip-address") { Description = Strings.Cli_SpfIPAddress };
    private readonly Option<string?> _sender = new("--sender") { Description = Strings.Cli_SpfSender };
    private readonly Option<string?> _helo = new("--helo") { Description = Strings.Cli_SpfHelo };
    private readonly Option<string?> _record = new("--record") { Description = Strings.Cli_SpfRecord };
    private readonly Option<bool> _compare = new("--compare") { Description = Strings.Cli_SpfCompare };
    private readonly Option<bool> _flatten = new("--flatten") { Description = Strings.Cli_SpfFlatten };
    private readonly DnsOptions _dns = new();

    public SpfCommand(Terminal terminal)
        : base(terminal, "spf", Strings.Cli_SpfCommand)
    {
        Command.Arguments.Add(_domain);
        foreach (Option option in new Option[] { _address, _sender, _helo, _record, _compare, _flatten })
        {
            Command.Options.Add(option);
        }

        _dns.AddTo(Command);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        SpfAnalysisRequest request = new()
        {
            Record = arguments.GetValue(_record),
            Compares = arguments.GetValue(_compare),
            Flattens = arguments.GetValue(_flatten),
        };
        if (request is { Compares: true, Record: null })
        {
            throw new UsageException(Strings.Commands_RecordRequired.Replace("-Record", "--record", StringComparison.Ordinal));
        }

        IPAddress[] addresses = [.. (arguments.GetValue(_address) ?? []).Select(ReadAddress)];
        string? sender = arguments.GetValue(_sender);
        string? helo = arguments.GetValue(_helo);
        using DnsResolver resolver = _dns.CreateResolver(arguments, run);
        SpfAnalyzer analyzer = new(resolver);
        CommandRun.ForEach(
            Inputs(arguments.GetValue(_domain), Strings.Cli_NoDomain),
            _dns.ThrottleLimit(arguments),
            async (input, lane, token) =>
            {
                if (!DomainInput.TryRead(input, out DomainName? domain, out string error))
                {
                    lane.Write(() => run.Failure(error), token);
                    lane.Write(() => Write(run, SpfResult.ForInvalidDomainName(input, error)), token);
                    return;
                }

                SpfResult analysis = await analyzer.AnalyzeAsync(domain, request, token).ConfigureAwait(false);
                if (addresses.Length == 0)
                {
                    lane.Write(() => Write(run, analysis), token);
                }

                foreach (IPAddress address in addresses)
                {
                    SpfResult result = await analyzer.EvaluateAsync(analysis, address, sender, helo, token).ConfigureAwait(false);
                    lane.Write(() => Write(run, result), token);
                }
            },
            cancellationToken);
    }

    private static IPAddress ReadAddress(string text) => AddressText.TryRead(text, out IPAddress? address)
        ? address
        : throw new UsageException(string.Format(CultureInfo.InvariantCulture, Strings.Commands_InvalidIPAddress, text));

    private static void Write(CommandRun run, SpfResult result)
    {
        if (result.Status.IsDnsFailure())
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Cli_DnsFailure, result.Domain, result.DnsStatus));
        }

        if (result.Comparison is SpfComparison comparison && comparison.PublishedStatus.IsDnsFailure())
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Cli_DnsFailure, result.Domain, comparison.PublishedDnsStatus));
        }

        run.Result(result, result.Findings);
    }
}

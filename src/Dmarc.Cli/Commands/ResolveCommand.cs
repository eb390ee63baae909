using System.CommandLine;
using System.Globalization;
using System.Net;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Reports;
using Dmarc.Reports.Sources;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc resolve</c>: what Resolve-DmarcSource does, for addresses and for files of reports.</summary>
internal sealed class ResolveCommand : ConsoleCommand
{
    private readonly Argument<string[]> _input = new("address") { Description = Strings.Cli_ResolveInput, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _recurse = new("--recurse", "-r") { Description = Strings.Cli_Recurse };
    private readonly Option<bool> _duplicates = new("--include-duplicate") { Description = Strings.Cli_IncludeDuplicate };
    private readonly Option<string[]> _limits = ReportInput.CreateLimits();
    private readonly Option<string?> _from = new("--header-from") { Description = Strings.Cli_ResolveHeaderFrom };
    private readonly Option<string> _ownerZone = new("--network-owner-zone")
    {
        Description = Strings.Cli_ResolveOwnerZone,
        DefaultValueFactory = _ => SourceInspectorOptions.UsualNetworkOwnerZone,
    };

    private readonly Option<bool> _noOwner = new("--no-network-owner") { Description = Strings.Cli_ResolveNoOwner };
    private readonly DnsOptions _dns = new();

    public ResolveCommand(Terminal terminal)
        : base(terminal, "resolve", Strings.Cli_ResolveCommand)
    {
        Command.Arguments.Add(_input);
        foreach (Option option in new Option[] { _recurse, _duplicates, _limits, _from, _ownerZone, _noOwner })
        {
            Command.Options.Add(option);
        }

        _dns.AddTo(Command);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        string? from = arguments.GetValue(_from) is { } text ? ReadDomain(text) : null;
        string zone = ReadDomain(arguments.GetValue(_ownerZone)!);
        using DnsResolver resolver = _dns.CreateResolver(arguments, run);
        SourceInspector inspector = new(
            resolver,
            new SourceInspectorOptions { NetworkOwnerZone = arguments.GetValue(_noOwner) ? null : zone },
            cancellationToken);
        SourceLedger ledger = new();
        CommandRun.ForEach(
            Addresses(arguments, run, ledger, cancellationToken),
            _dns.ThrottleLimit(arguments),
            async (address, lane, token) =>
            {
                SourceResult result = await inspector.InspectAsync(address, from, token).ConfigureAwait(false);
                lane.Write(() => Write(run, result), token);
            },
            cancellationToken);
        ledger.Complete();
        CommandRun.ForEach(
            ledger.Sources,
            _dns.ThrottleLimit(arguments),
            async (evidence, lane, token) =>
            {
                SourceResult result = await ledger.InspectAsync(inspector, evidence, token).ConfigureAwait(false);
                lane.Write(() => Write(run, result), token);
            },
            cancellationToken);
        if (ledger.RowsLeftOut > 0)
        {
            run.Message(string.Format(CultureInfo.InvariantCulture, Strings.Sources_TooMany, SourceLedger.MaximumSources, ledger.RowsLeftOut));
        }
    }

    private static string ReadDomain(string text) =>
        DomainInput.TryRead(text, out DomainName? domain, out string error) ? domain.ToString() : throw new UsageException(error);

    private static void Write(CommandRun run, SourceResult result)
    {
        if (result.Status == SourceStatus.InvalidAddress)
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Commands_InvalidIPAddress, result.SourceIP));
        }
        else if (result.Status.IsDnsFailure())
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Cli_DnsFailure, result.FailedQuery, result.FailedStatus));
        }

        run.Result(result, result.Findings);
    }

    /// <summary>The addresses among the inputs, each once; the rows of those that are files or folders go to the ledger.</summary>
    private IEnumerable<string> Addresses(ParseResult arguments, CommandRun run, SourceLedger ledger, CancellationToken cancellationToken)
    {
        HashSet<string> known = [];
        ReportReadLimits limits = ReportInput.ReadLimits(arguments.GetValue(_limits));
        ReportDeduplicator? reports = arguments.GetValue(_duplicates) ? null : new ReportDeduplicator();
        foreach (string input in Inputs(arguments.GetValue(_input), Strings.Cli_NoAddress))
        {
            if (!SourceAddress.IsAddress(input) && (File.Exists(input) || Directory.Exists(input) || input.AsSpan().IndexOfAny('*', '?') >= 0))
            {
                foreach (AggregateReportRow row in ReportInput.Read(
                    [input], arguments.GetValue(_recurse), reports, limits, run, cancellationToken))
                {
                    ledger.Add(row);
                }
            }
            else if (known.Count >= SourceLedger.MaximumSources || known.Add(SourceAddress.TryParse(input, out IPAddress? address) ? address!.ToString() : input))
            {
                yield return input;
            }
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Dmarc.Alignment;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Posture.DirectSend;
using Dmarc.Posture.DirectSend.Probing;
using Dmarc.Posture.DirectSend.Tenant;
using Dmarc.Posture.DirectSend.Traffic;
using Dmarc.Reports;

namespace Dmarc.Cli.Commands;

/// <summary><c>dmarc direct-send</c>: what Test-DirectSendExposure does.</summary>
internal sealed class DirectSendCommand : ConsoleCommand
{
    private readonly Argument<string[]> _domain = new("domain") { Description = Strings.Cli_Domain, Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _organization = new("--organization-config") { Description = Strings.Cli_OrganizationConfig };
    private readonly Option<string?> _connectors = new("--inbound-connector") { Description = Strings.Cli_InboundConnector };
    private readonly Option<string?> _accepted = new("--accepted-domain") { Description = Strings.Cli_AcceptedDomain };
    private readonly Option<string[]> _report = new("--report") { Description = Strings.Cli_DirectSendReport };
    private readonly Option<string[]> _message = new("--message") { Description = Strings.Cli_DirectSendMessage };
    private readonly Option<string[]> _trace = new("--message-trace") { Description = Strings.Cli_MessageTrace };
    private readonly Option<bool> _probe = new("--probe") { Description = Strings.Cli_Probe };
    private readonly Option<string?> _recipient = new("--probe-recipient") { Description = Strings.Cli_ProbeRecipient };
    private readonly Option<string?> _endpoint = new("--probe-endpoint") { Description = Strings.Cli_ProbeEndpoint };
    private readonly DnsOptions _dns = new();

    public DirectSendCommand(Terminal terminal)
        : base(terminal, "direct-send", Strings.Cli_DirectSendCommand)
    {
        Command.Arguments.Add(_domain);
        foreach (Option option in new Option[] { _organization, _connectors, _accepted, _report, _message, _trace, _probe, _recipient, _endpoint })
        {
            Command.Options.Add(option);
        }

        _dns.AddTo(Command);
    }

    protected override void Run(ParseResult arguments, CommandRun run, CancellationToken cancellationToken)
    {
        TenantFacts tenant = new()
        {
            Organization = arguments.GetValue(_organization) is { } organization
                ? One(JsonFacts.Read(organization, _organization.Name, TenantFactReader.ReadOrganization, mayBeEmpty: false))
                : null,
            Connectors = arguments.GetValue(_connectors) is { } connectors
                ? JsonFacts.Read(connectors, _connectors.Name, TenantFactReader.ReadConnector, mayBeEmpty: true).ToPrintableList()
                : null,
            AcceptedDomains = arguments.GetValue(_accepted) is { } accepted
                ? JsonFacts.Read(accepted, _accepted.Name, TenantFactReader.ReadAcceptedDomain, mayBeEmpty: false).ToPrintableList()
                : null,
        };
        bool probes = arguments.GetValue(_probe);
        DirectSendOptions options = new()
        {
            Tenant = tenant,
            Traffic = ReadTraffic(arguments, run, tenant, cancellationToken),
            Probe = probes ? ReadProbe(arguments) : null,
        };
        using DnsResolver resolver = _dns.CreateResolver(arguments, run);
        DirectSendInspector inspector = new(resolver, options);
        CommandRun.ForEach(
            Inputs(arguments.GetValue(_domain), Strings.Cli_NoDomain),
            _dns.ThrottleLimit(arguments),
            async (input, lane, token) =>
            {
                if (!DomainInput.TryRead(input.StartsWith("*.", StringComparison.Ordinal) ? input[2..] : input, out DomainName? domain, out string error))
                {
                    lane.Write(() => run.Failure(error), token);
                    lane.Write(() => Write(run, DirectSendResult.ForInvalidDomainName(input, error)), token);
                    return;
                }

                if (probes)
                {
                    string recipient = arguments.GetValue(_recipient) ?? "";
                    run.Message(Format(Strings.Commands_ProbeTarget, arguments.GetValue(_endpoint) ?? Strings.Commands_ProbeDnsEndpoint, domain)
                        + ": " + Format(Strings.Commands_ProbeAction, domain, recipient));
                }

                DirectSendResult result = await inspector.InspectAsync(domain, probes, token).ConfigureAwait(false);
                lane.Write(() => Write(run, result), token);
            },
            cancellationToken);
    }

    private static OrganizationFacts One(List<OrganizationFacts> organizations) => organizations.Count == 1
        ? organizations[0]
        : throw new UsageException(Format(Strings.DirectSend_SeveralOrganizations, organizations.Count));

    private static void Write(CommandRun run, DirectSendResult result)
    {
        if (result.Status.IsDnsFailure())
        {
            run.Failure(Format(Strings.Cli_DnsFailure, result.Domain, result.Status + " " + result.FailedQuery));
        }

        run.Result(result, result.Findings);
    }

    private static string Format(string format, params object?[] values) => string.Format(CultureInfo.InvariantCulture, format, values);

    private DirectSendProbeOptions? ReadProbe(ParseResult arguments) =>
        arguments.GetValue(_recipient) is not { Length: > 0 } recipient
            ? throw new UsageException(Strings.Commands_ProbeRecipientRequired.Replace("-ProbeRecipient", _recipient.Name, StringComparison.Ordinal))
            : DirectSendProbeOptions.TryCreate(recipient, arguments.GetValue(_endpoint), out DirectSendProbeOptions? options, out string error)
            ? options
            : throw new UsageException(error);

    private DirectSendTraffic? ReadTraffic(ParseResult arguments, CommandRun run, TenantFacts tenant, CancellationToken cancellationToken)
    {
        string[] reports = arguments.GetValue(_report) ?? [];
        string[] messages = arguments.GetValue(_message) ?? [];
        string[] traces = arguments.GetValue(_trace) ?? [];
        if (reports.Length + messages.Length + traces.Length == 0)
        {
            return null;
        }

        DirectSendTraffic traffic = new(tenant);
        DmarcReportReader reader = new(PublicSuffixList.Default);
        foreach (ReportReadItem item in reports.SelectMany(path => InputFiles.Find(path, true, _ => true, run)).SelectMany(file => reader.ReadFile(file, cancellationToken)))
        {
            if (item.Row is { } row)
            {
                traffic.AddReport(row);
            }
            else if (item.Problem is { } problem)
            {
                run.Failure(problem.Message);
            }
        }

        foreach (MessageReadItem item in messages.SelectMany(path => InputFiles.Find(path, true, MessageFileReader.IsMail, run)).SelectMany(MessageFileReader.ReadFile))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (item.Message is { } message)
            {
                traffic.AddMessage(message);
            }
            else
            {
                run.Failure(item.Problem);
            }
        }

        foreach (string file in traces.SelectMany(path => InputFiles.Find(path, true, _ => true, run)))
        {
            AddTrace(traffic, file, run, cancellationToken);
        }

        if (traffic.LeftOut > 0)
        {
            run.Message(Format(Strings.DirectSend_TrafficLeftOut, traffic.LeftOut));
        }

        return traffic;
    }

    private static void AddTrace(DirectSendTraffic traffic, string file, CommandRun run, CancellationToken cancellationToken)
    {
        try
        {
            using StreamReader text = new(file, detectEncodingFromByteOrderMarks: true);
            foreach (FactSource row in TraceTable.Read(text))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!DirectSendTraffic.IsTrace(row))
                {
                    run.Failure(Format(Strings.Commands_TraceUnreadable, file, Strings.DirectSend_NoTraceColumns));
                    return;
                }

                traffic.AddTrace(row, file);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            run.Failure(Format(Strings.Commands_TraceUnreadable, file, exception.Message));
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Dns;
using Dmarc.Domains;

namespace Dmarc.PowerShell.Commands;

/// <summary>Says of domains whether Direct Send to Microsoft 365 lets strangers pose as their people, and how to close that door.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DirectSendExposure", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DirectSendResult))]
public sealed class TestDirectSendExposureCommand : DomainCommand
{
    private readonly ConcurrentDictionary<DomainName, bool> _probed = new();
    private DirectSendOptions _options = new();
    private DirectSendInspector? _inspector;

    /// <summary>What Get-OrganizationConfig gave.</summary>
    [Parameter]
    [AllowNull]
    public object? OrganizationConfig { get; set; }

    /// <summary>What Get-InboundConnector gave; nothing if there are no connectors.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InboundConnector { get; set; }

    /// <summary>What Get-TransportRule gave; nothing if there are no rules.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? TransportRule { get; set; }

    /// <summary>What Get-DkimSigningConfig gave; nothing where mail of no domain is signed.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? DkimSigningConfig { get; set; }

    /// <summary>What Get-AcceptedDomain gave.</summary>
    [Parameter]
    [AllowNull]
    public object? AcceptedDomain { get; set; }

    /// <summary>Rows of aggregate reports.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? Report { get; set; }

    /// <summary>Messages: files, texts or folders.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? Message { get; set; }

    /// <summary>Rows of a message trace, or CSV files of them.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? MessageTrace { get; set; }

    /// <summary>Ask the endpoint itself.</summary>
    [Parameter]
    public SwitchParameter Probe { get; set; }

    /// <summary>The recipient that the probe names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProbeRecipient { get; set; }

    /// <summary>Where the probe connects to, instead of the endpoint that DNS names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProbeEndpoint { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        TenantFacts tenant = TenantInput.Read(this);
        _options = new DirectSendOptions { Tenant = tenant, Probe = ReadProbe(), Traffic = ReadTraffic(tenant) };
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Probe)
        {
            foreach (string input in Domain)
            {
                if (DomainInput.TryRead(input, out DomainName? domain, out _)
                    && ShouldProcess(
                        string.Format(CultureInfo.InvariantCulture, Strings.Commands_ProbeTarget, ProbeEndpoint ?? Strings.Commands_ProbeDnsEndpoint, domain),
                        string.Format(CultureInfo.InvariantCulture, Strings.Commands_ProbeAction, domain, ProbeRecipient)))
                {
                    _probed[domain] = true;
                }
            }
        }

        base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override async Task InspectAsync(DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken)
    {
        DirectSendInspector inspector = LazyInitializer.EnsureInitialized(ref _inspector, () => new DirectSendInspector(resolver, _options))!;
        DirectSendResult result = await inspector.InspectAsync(domain, _probed.ContainsKey(domain), cancellationToken).ConfigureAwait(false);
        if (result is { Status: DirectSendStatus.DnsFailure, DnsFailure: { } failure })
        {
            writer.Error(ErrorRecords.LookupFailed(result, failure));
        }

        writer.Output(result);
    }

    /// <inheritdoc/>
    private protected override object ForInvalidDomain(string input, string error) => DirectSendResult.ForInvalidDomainName(input, error);

    /// <inheritdoc/>
    private protected override object ForUnexpectedError(string domain, string error) => DirectSendResult.ForUnexpectedError(domain, error);

    private DirectSendProbeOptions? ReadProbe()
    {
        if (!Probe)
        {
            return null;
        }

        if (ProbeRecipient is null)
        {
            ThrowTerminatingError(ErrorRecords.ProbeRecipientRequired());
        }

        if (!DirectSendProbeOptions.TryCreate(ProbeRecipient!, ProbeEndpoint, out DirectSendProbeOptions? options, out string error))
        {
            ThrowTerminatingError(ErrorRecords.InvalidProbe(ProbeRecipient!, error));
        }

        return options;
    }

    private DirectSendTraffic? ReadTraffic(TenantFacts tenant)
    {
        if (Report is null && Message is null && MessageTrace is null)
        {
            return null;
        }

        TrafficInput input = new(this, new DirectSendTraffic(tenant), CancellationToken);
        input.AddReports(Report);
        input.AddMessages(Message);
        input.AddTraces(MessageTrace);
        return input.Complete();
    }
}

using System.Collections.Concurrent;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.DirectSend.Probing;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.DirectSend.Traffic;
using Dmarc.Dns;

namespace Dmarc.PowerShell.Commands;

/// <summary>Tests if strangers can impersonate users by Direct Send to Microsoft 365, and how to prevent it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DirectSendExposure", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(DirectSendResult))]
public sealed class TestDirectSendExposureCommand : DomainCommand
{
    private readonly ConcurrentDictionary<DomainName, bool> _probed = new();
    private DirectSendOptions _options = new();
    private DirectSendInspector? _inspector;

    /// <summary>The output of Get-OrganizationConfig.</summary>
    [Parameter]
    [AllowNull]
    public object? OrganizationConfig { get; set; }

    /// <summary>The output of Get-InboundConnector; empty if there are no connectors.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InboundConnector { get; set; }

    /// <summary>The output of Get-TransportRule; empty if there are no rules.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? TransportRule { get; set; }

    /// <summary>The output of Get-DkimSigningConfig; empty if no domain's mail is signed.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object? DkimSigningConfig { get; set; }

    /// <summary>The output of Get-AcceptedDomain.</summary>
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

    /// <summary>Probe the endpoint.</summary>
    [Parameter]
    public SwitchParameter Probe { get; set; }

    /// <summary>The recipient of the probe.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProbeRecipient { get; set; }

    /// <summary>The endpoint for the probe, instead of the one in DNS.</summary>
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
                        Sentences.Fill(Strings.Commands_ProbeTarget, ProbeEndpoint ?? Strings.Commands_ProbeDnsEndpoint, domain),
                        Sentences.Fill(Strings.Commands_ProbeAction, domain, ProbeRecipient)))
                {
                    _probed[domain] = true;
                }
            }
        }

        base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override async Task InspectAsync(
        DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken)
    {
        DirectSendInspector inspector =
            LazyInitializer.EnsureInitialized(ref _inspector, () => new DirectSendInspector(resolver, _options))!;
        DirectSendResult result =
            await inspector.InspectAsync(domain, _probed.ContainsKey(domain), cancellationToken).ConfigureAwait(false);
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

using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;

namespace Dmarc.PowerShell.Commands;

/// <summary>Finds the DMARC record that applies to a domain, parses it and reports problems.</summary>
[Cmdlet(VerbsCommon.Get, "DmarcRecord", DefaultParameterSetName = DomainSet)]
[OutputType(typeof(DmarcRecordResult))]
public sealed class GetDmarcRecordCommand : RecordCommand
{
    private DmarcInspectionOptions _options = new();

    /// <summary>The discovery method.</summary>
    [Parameter]
    public DiscoveryMethod DiscoveryMethod { get; set; }

    /// <summary>A public suffix list to use instead of the embedded one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicSuffixList { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _options = new DmarcInspectionOptions
        {
            DiscoveryMethod = DiscoveryMethod,
            Suffixes = PublicSuffixList is null ? null : LoadPublicSuffixList(PublicSuffixList),
        };
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override object InspectText(string record, DomainName? domain) =>
        new DmarcRecordInspector(null, _options).InspectText(record, domain);

    /// <inheritdoc/>
    private protected override async Task InspectAsync(
        DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken)
    {
        DmarcRecordResult result = await new DmarcRecordInspector(resolver, _options)
            .InspectAsync(domain, cancellationToken)
            .ConfigureAwait(false);
        if (result is { Status: DmarcRecordStatus.DnsFailure, DnsFailure: { } failure })
        {
            writer.Error(ErrorRecords.LookupFailed(result, failure));
        }

        writer.Output(result);
    }

    /// <inheritdoc/>
    private protected override object ForInvalidDomain(string input, string error) =>
        DmarcRecordResult.ForInvalidDomainName(input, error);

    /// <inheritdoc/>
    private protected override object ForUnexpectedError(string domain, string error) =>
        DmarcRecordResult.ForUnexpectedError(domain, error);
}

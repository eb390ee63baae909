using Dmarc.Advice.Records;
using Dmarc.Dns;

namespace Dmarc.PowerShell.Commands;

/// <summary>Finds the DKIM keys of a domain, parses them and reports problems.</summary>
[Cmdlet(VerbsCommon.Get, "DkimRecord", DefaultParameterSetName = DomainSet)]
[OutputType(typeof(DkimKeyResult))]
public sealed class GetDkimRecordCommand : RecordCommand
{
    /// <summary>The selectors to query instead of well-known ones.</summary>
    [Parameter(Position = 1, ParameterSetName = DomainSet)]
    [ValidateNotNullOrEmpty]
    public string[] Selector { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        CheckSelectors(Selector);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override object InspectText(string record, DomainName? domain) => DkimKeyInspector.InspectText(record, domain);

    /// <inheritdoc/>
    private protected override async Task InspectAsync(
        DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken)
    {
        PrintableList<DkimKeyResult> results = await new DkimKeyInspector(resolver)
            .InspectAsync(domain, Selector, cancellationToken)
            .ConfigureAwait(false);
        foreach (DkimKeyResult result in results)
        {
            if (result.DnsFailure is { } failure)
            {
                writer.Error(ErrorRecords.LookupFailed(result, failure));
            }

            writer.Output(result);
        }
    }

    /// <inheritdoc/>
    private protected override object ForInvalidDomain(string input, string error) => DkimKeyResult.ForInvalidDomainName(input, error);

    /// <inheritdoc/>
    private protected override object ForUnexpectedError(string domain, string error) => DkimKeyResult.ForUnexpectedError(domain, error);
}

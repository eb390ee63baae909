using Dmarc.Dns;

namespace Dmarc.PowerShell;

/// <summary>
/// A cmdlet that queries DNS about domains: concurrently for piped input as for arrays, with results in input order.
/// </summary>
public abstract class DomainCommand : DnsCommand
{
    private protected DomainCommand()
    {
    }

    /// <summary>The domains.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "Name", "Id")]
    [DomainTransformation]
    [AllowEmptyString]
    public virtual string[] Domain { get; set; } = [];

    /// <summary>Starts the work for the given domains and writes available results.</summary>
    protected override void ProcessRecord()
    {
        CommandPump pump = Pump!;
        IDnsResolver resolver = Resolver!;

        // The total of piped input is unknown until its end.
        pump.Total = MyInvocation.ExpectingInput ? null : Domain.Length;

        foreach (string input in Domain)
        {
            if (!Wants(input))
            {
                pump.Total--;
                continue;
            }

            if (!DomainInput.TryRead(input, out DomainName? domain, out string error))
            {
                pump.Add(
                    new PipelineRecord(PipelineStream.Error, ErrorRecords.InvalidDomainName(input, error)),
                    new PipelineRecord(PipelineStream.Output, ForInvalidDomain(input, error)));
                continue;
            }

            Inspection inspect = CaptureInspection();
            pump.Add(domain.ToString(), (writer, token) => inspect(domain, resolver, writer, token), ForUnexpectedError);
        }
    }

    /// <summary>The work for one domain.</summary>
    private protected delegate Task Inspection(
        DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken);

    /// <summary>
    /// The work with the parameters of the current input, for cmdlets that bind more than the domain from the pipeline;
    /// called on the pipeline thread.
    /// </summary>
    private protected virtual Inspection CaptureInspection() => InspectAsync;

    /// <summary>Inspects one domain and writes the results. Runs on any thread, concurrently.</summary>
    private protected abstract Task InspectAsync(
        DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken);

    /// <summary>False to skip a domain; called once for each, in order, on the pipeline thread.</summary>
    private protected virtual bool Wants(string input) => true;

    /// <summary>The result for an input that is not a valid domain name, so that no row of a list is lost.</summary>
    private protected abstract object ForInvalidDomain(string input, string error);

    /// <summary>The result for a domain whose work failed unexpectedly.</summary>
    private protected abstract object ForUnexpectedError(string domain, string error);
}

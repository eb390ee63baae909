using System.Management.Automation;
using Dmarc.Dns;
using Dmarc.Domains;

namespace Dmarc.PowerShell;

/// <summary>
/// A cmdlet that takes domains and asks DNS about them: many at once, across what is piped as well as across arrays, with
/// results in the order of the input.
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

    /// <summary>Starts on the domains that came and writes what is ready.</summary>
    protected override void ProcessRecord()
    {
        CommandPump pump = Pump!;
        IDnsResolver resolver = Resolver!;

        // What comes through the pipeline has no end that is known until it is there.
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
    private protected delegate Task Inspection(DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken);

    /// <summary>
    /// The work with the parameters of the present input, for cmdlets that bind more than the domain from the pipeline; called
    /// on the pipeline's thread.
    /// </summary>
    private protected virtual Inspection CaptureInspection() => InspectAsync;

    /// <summary>Looks one domain up and writes the result, or the results. Runs on any thread, many at once.</summary>
    private protected abstract Task InspectAsync(DomainName domain, IDnsResolver resolver, PipelineWriter writer, CancellationToken cancellationToken);

    /// <summary>False for a domain to skip; asked once for each, in order, on the pipeline's thread.</summary>
    private protected virtual bool Wants(string input) => true;

    /// <summary>The result for an input that is no domain name, so that no row of a list is lost.</summary>
    private protected abstract object ForInvalidDomain(string input, string error);

    /// <summary>The result for a domain on which the work failed in a way that nobody thought of.</summary>
    private protected abstract object ForUnexpectedError(string domain, string error);
}

using System.Management.Automation;

namespace Dmarc.PowerShell.Commands;

/// <summary>Temp.</summary>
[Cmdlet(VerbsCommon.Get, "DmarcRecord", DefaultParameterSetName = "Domain")]
[OutputType(typeof(Dmarc.Diagnostics.Finding))]
public sealed class GetDmarcRecordCommand : DmarcCommand
{
    private CommandPump? _pump;

    /// <summary>x</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Domain")]
    [Alias("Name", "Id")]
    public string[] Domain { get; set; } = [];

    /// <summary>x</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Record")]
    public string Record { get; set; } = "";

    /// <summary>y</summary>
    [Parameter]
    public Dmarc.Policy.DiscoveryMethod DiscoveryMethod { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _pump = Own(new CommandPump(this, "x", 4, CancellationToken));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string d in Domain)
        {
            _pump!.Add(async (w, t) =>
            {
                await Task.Delay(d.Length * 100, t).ConfigureAwait(false);
                w.Verbose("asked " + d);
                w.Output(new Dmarc.Diagnostics.Finding("Code", Dmarc.Diagnostics.Severity.Warning, "Message \u001b[31m" + d));
            });
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _pump!.Complete();
}

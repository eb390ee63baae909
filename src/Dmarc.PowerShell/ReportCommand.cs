using System.Management.Automation;
using Dmarc.Reports;
using Dmarc.Reports.Reading;

namespace Dmarc.PowerShell;

/// <summary>A cmdlet that reads reports: what to read, within which limits, and where the rows go.</summary>
public abstract class ReportCommand : DmarcCommand
{
    private protected ReportCommand()
    {
    }

    /// <summary>The kinds of reports to read.</summary>
    [Parameter]
    public ReportTypes Type { get; set; } = ReportTypes.Aggregate;

    /// <summary>How many files or messages are read at once; as many as there are processors by default.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = Math.Min(Environment.ProcessorCount, 256);

    /// <summary>Also give the rows of reports that were read before: the same organisation, id, domain and time.</summary>
    [Parameter]
    public SwitchParameter IncludeDuplicate { get; set; }

    /// <summary>A public suffix list to use instead of the one that came with the module.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicSuffixList { get; set; }

    /// <summary>What a file or message may ask of the reader, if that is not the default.</summary>
    [Parameter]
    [ReadLimitTransformation]
    [ArgumentCompleter(typeof(ReadLimitCompleter))]
    [ValidateNotNull]
    public ReportReadLimits ReadLimit { get; set; } = ReportReadLimits.Default;

    /// <summary>Reads reports; null before <see cref="Open"/>.</summary>
    private protected DmarcReportReader? Reader { get; private set; }

    /// <summary>Where rows, notices and problems go; null before <see cref="Open"/>.</summary>
    private protected ReportOutput? Output { get; private set; }

    /// <summary>What runs the work and writes its results; null before <see cref="Open"/>.</summary>
    private protected CommandPump? Pump { get; private set; }

    /// <summary>Makes the reader, the output and the pump.</summary>
    /// <param name="output">The output.</param>
    /// <param name="write">What writes a result to the pipeline; the output by default.</param>
    private protected void Open(ReportOutput output, Action<object>? write = null)
    {
        Reader = new DmarcReportReader(
            PublicSuffixList is null ? Domains.PublicSuffixList.Default : LoadPublicSuffixList(PublicSuffixList),
            ReadLimit,
            Type);
        Output = output;
        Pump = Own(new CommandPump(this, MyInvocation.MyCommand.Name, ThrottleLimit, CancellationToken)
        {
            Status = output.Progress.Describe,
            Output = write ?? output.Write,
        });
    }
}

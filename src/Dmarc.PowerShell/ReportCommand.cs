using Dmarc.Reports;
using Dmarc.Reports.Reading;

namespace Dmarc.PowerShell;

/// <summary>A cmdlet that reads reports: what to read, the limits, and the output.</summary>
public abstract class ReportCommand : DmarcCommand
{
    private protected ReportCommand()
    {
    }

    /// <summary>The kinds of reports to read.</summary>
    [Parameter]
    public ReportTypes Type { get; set; } = ReportTypes.Aggregate;

    /// <summary>The maximum number of files or messages read at once; by default the number of processors.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = Math.Min(Environment.ProcessorCount, 256);

    /// <summary>Also return the rows of duplicate reports: same organisation, id, domain and period.</summary>
    [Parameter]
    public SwitchParameter IncludeDuplicate { get; set; }

    /// <summary>A public suffix list to use instead of the embedded one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicSuffixList { get; set; }

    /// <summary>Limits for reading a file or message, if not the defaults.</summary>
    [Parameter]
    [ReadLimitTransformation]
    [ArgumentCompleter(typeof(ReadLimitCompleter))]
    [ValidateNotNull]
    public ReportReadLimits ReadLimit { get; set; } = ReportReadLimits.Default;

    /// <summary>The report reader; null before <see cref="Open"/>.</summary>
    private protected DmarcReportReader? Reader { get; private set; }

    /// <summary>Receives rows, notices and problems; null before <see cref="Open"/>.</summary>
    private protected ReportOutput? Output { get; private set; }

    /// <summary>The pump that runs the work and writes its results; null before <see cref="Open"/>.</summary>
    private protected CommandPump? Pump { get; private set; }

    /// <summary>Creates the reader and the pump.</summary>
    /// <param name="output">The output.</param>
    /// <param name="write">Writes a result to the pipeline; by default the output.</param>
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

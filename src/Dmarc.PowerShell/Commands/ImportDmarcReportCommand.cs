using System.Management.Automation;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Reports.Tls;
using Dmarc.Text;

namespace Dmarc.PowerShell.Commands;

/// <summary>Reads DMARC and TLS reports, as they come.</summary>
[Cmdlet(VerbsData.Import, "DmarcReport", DefaultParameterSetName = PathSet)]
[OutputType(typeof(AggregateReportRow), typeof(FailureReport), typeof(TlsReportRow))]
public sealed class ImportDmarcReportCommand : PathCommand
{
    private readonly List<InputFolder> _folders = [];
    private ReportOutput? _output;
    private ReportLines? _lines;
    private DmarcReportReader? _reader;
    private CommandPump? _pump;

    /// <summary>The kinds of reports to read.</summary>
    [Parameter]
    public ReportTypes Type { get; set; } = ReportTypes.Aggregate;

    /// <summary>How many files are read at once; as many as there are processors, where none is given.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = Math.Min(Environment.ProcessorCount, 256);

    /// <summary>Also give the rows of reports that were read before: the same organisation, id, domain and time.</summary>
    [Parameter]
    public SwitchParameter IncludeDuplicate { get; set; }

    /// <summary>A public suffix list to use in place of the one that came with the module.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicSuffixList { get; set; }

    /// <summary>What a file may ask of the reader, where that shall be other than usual.</summary>
    [Parameter]
    [ReadLimitTransformation]
    [ArgumentCompleter(typeof(ReadLimitCompleter))]
    [ValidateNotNull]
    public ReportReadLimits ReadLimit { get; set; } = ReportReadLimits.Default;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _reader = new DmarcReportReader(
            PublicSuffixList is null ? Domains.PublicSuffixList.Default : LoadPublicSuffixList(PublicSuffixList),
            ReadLimit,
            Type);
        _lines = new ReportLines(FileExists, (text, source) => Take(new InputItem(source ?? NextName(), text)));
        _output = new ReportOutput(this, Type, IncludeDuplicate);
        _pump = Own(new CommandPump(this, MyInvocation.MyCommand.Name, ThrottleLimit, CancellationToken)
        {
            Status = _output.Progress.Describe,
            Output = _output.Write,
        });
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _lines!.Flush();
        base.EndProcessing();
        _pump!.Complete();
        foreach (InputFolder folder in _folders.Where(folder => !folder.IsUseful))
        {
            WriteWarning(PrintableText.Escape(Sentences.Fill(Strings.Commands_FolderWithoutReports, folder.Path)));
        }

        _output!.Complete();
    }

    /// <inheritdoc/>
    private protected override IEnumerable<string> FilesOf(string folder) => ReportFiles.Enumerate(folder, Recurse);

    /// <inheritdoc/>
    private protected override void FolderDone(InputFolder folder) => _folders.Add(folder);

    /// <inheritdoc/>
    private protected override bool TakesLine(string line) => _lines!.Take(line, LineSource);

    /// <inheritdoc/>
    private protected override void Read(InputItem item)
    {
        _lines!.Flush();
        Take(item);
    }

    private void Take(InputItem item)
    {
        _output!.Progress.Added();
        _pump!.Add((writer, token) =>
        {
            foreach (ReportReadItem read in Open(item, token))
            {
                if (read.IsOfReport)
                {
                    item.Folder?.NoteUse();
                }

                _output!.Leave(writer, read);
            }

            _output!.Progress.Done();
            return Task.CompletedTask;
        }, item.Name);
    }

    private IEnumerable<ReportReadItem> Open(InputItem item, CancellationToken cancellationToken) => item.Content switch
    {
        InputFile file => _reader!.ReadFile(file.Path, cancellationToken),
        byte[] bytes => _reader!.ReadBytes(bytes, item.Name, cancellationToken),
        Stream stream => _reader!.ReadStream(stream, item.Name, cancellationToken),
        _ => _reader!.ReadText((string)item.Content, item.Name, cancellationToken),
    };
}

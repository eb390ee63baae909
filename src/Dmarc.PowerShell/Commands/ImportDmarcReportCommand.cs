using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Reports.Tls;

namespace Dmarc.PowerShell.Commands;

/// <summary>Reads DMARC and TLS reports in any form in which they arrive.</summary>
[Cmdlet(VerbsData.Import, "DmarcReport", DefaultParameterSetName = PathReader.PathSet)]
[OutputType(typeof(AggregateReportRow), typeof(FailureReport), typeof(TlsReportRow))]
public sealed class ImportDmarcReportCommand : ReportCommand
{
    private readonly List<InputFolder> _folders = [];
    private readonly Delivery _delivery = new();
    private ReportLines? _lines;
    private PathReader? _paths;

    /// <summary>Files and folders; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathReader.PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders, taken literally.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathReader.LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Files, folders, paths, bytes, streams or text.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PathReader.InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary>Also read subfolders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Open(new ReportOutput(this, Type, IncludeDuplicate) { WriteRow = row => _delivery.Write(this, row) });
        _paths = new PathReader(this, Read, folder => ReportFiles.Enumerate(folder, Recurse))
        {
            Recurse = Recurse,
            TakesLine = line => _lines!.Take(line, _paths!.LineSource),
            FolderDone = _folders.Add,
        };
        _lines = new ReportLines(_paths.FileExists, (text, source) => Take(new InputItem(source ?? _paths.NextName(), text)));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _paths!.Take(ParameterSetName, Path, LiteralPath, InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _lines!.Flush();
        _paths!.FlushBytes();
        Pump!.Complete();
        foreach (InputFolder folder in _folders.Where(folder => !folder.IsUseful))
        {
            WriteWarning(PrintableText.Escape(Sentences.Fill(Strings.Commands_FolderWithoutReports, folder.Path)));
        }

        Output!.Complete();
    }

    private void Read(InputItem item)
    {
        _lines!.Flush();
        Take(item);
    }

    private void Take(InputItem item)
    {
        _delivery.Sources.Add(item.Name);
        Output!.Progress.Added();
        Pump!.Add((writer, token) =>
        {
            foreach (ReportReadItem read in Open(item, token))
            {
                if (read.IsOfReport)
                {
                    item.Folder?.NoteUse();
                }

                Output!.Leave(writer, read);
            }

            ReportOutput.LeaveEnd(writer);
            Output!.Progress.Done();
            return Task.CompletedTask;
        }, item.Name);
    }

    private IEnumerable<ReportReadItem> Open(InputItem item, CancellationToken cancellationToken) => item.Content switch
    {
        InputFile file => Reader!.ReadFile(file.Path, cancellationToken),
        byte[] bytes => Reader!.ReadBytes(bytes, item.Name, cancellationToken),
        Stream stream => Reader!.ReadStream(stream, item.Name, cancellationToken),
        _ => Reader!.ReadText((string)item.Content, item.Name, cancellationToken),
    };
}

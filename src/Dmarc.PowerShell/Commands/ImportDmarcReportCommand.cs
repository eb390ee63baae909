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
    /// <summary>What objects of several kinds are called besides, so that PowerShell shows them all in one view.</summary>
    private const string MixedTypeName = "Dmarc.ReportItem";

    private readonly ReportProgress _progress = new();
    private readonly ReportTypeTally _others = new();
    private readonly List<InputFolder> _folders = [];
    private ReportLines? _lines;
    private DmarcReportReader? _reader;
    private CommandPump? _pump;
    private ReportDeduplicator? _known;

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
        _known = IncludeDuplicate ? null : new ReportDeduplicator();
        _pump = Own(new CommandPump(this, MyInvocation.MyCommand.Name, ThrottleLimit, CancellationToken)
        {
            Status = _progress.Describe,
            Output = Write,
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

        foreach (string sentence in _others.Describe("-Type {0}"))
        {
            WriteWarning(PrintableText.Escape(sentence));
        }

        if (_progress.Duplicates > 0)
        {
            WriteWarning(Sentences.Fill(Strings.Commands_ReportDuplicates, _progress.Duplicates));
        }

        WriteVerbose(_progress.Describe());
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
        _progress.Added();
        _pump!.Add((writer, token) =>
        {
            foreach (ReportReadItem read in Open(item, token))
            {
                if (read.IsOfReport)
                {
                    item.Folder?.NoteUse();
                }

                if (read.Result is { } result)
                {
                    writer.Output(result);
                }
                else if (read.Notice is { } notice)
                {
                    Tell(writer, notice);
                }
                else if (read.Problem is { } problem)
                {
                    _progress.Failed();
                    writer.Error(ErrorRecords.Report(problem));
                }
            }

            _progress.Done();
            return Task.CompletedTask;
        }, item.Name);
    }

    /// <summary>What may have cost rows or values is a warning; what was mended with certainty is verbose.</summary>
    private static void Tell(PipelineWriter writer, ReportNotice notice)
    {
        string text = PrintableText.Escape(notice.ToString());
        if (notice.OtherType is not null)
        {
            // Counted in the order of the input.
            writer.Output(notice);
        }

        if (notice.Finding.Severity > Severity.Information)
        {
            writer.Warning(text);
        }
        else
        {
            writer.Verbose(text);
        }
    }

    private IEnumerable<ReportReadItem> Open(InputItem item, CancellationToken cancellationToken) => item.Content switch
    {
        InputFile file => _reader!.ReadFile(file.Path, cancellationToken),
        byte[] bytes => _reader!.ReadBytes(bytes, item.Name, cancellationToken),
        Stream stream => _reader!.ReadStream(stream, item.Name, cancellationToken),
        _ => _reader!.ReadText((string)item.Content, item.Name, cancellationToken),
    };

    /// <summary>
    /// PowerShell keeps to the view of the first object, and shows those that it does not apply to as they are: with what
    /// strangers wrote unescaped. A name that all have in common keeps them in one view.
    /// </summary>
    private static PSObject Mixed(object value)
    {
        PSObject named = PSObject.AsPSObject(value);
        named.TypeNames.Insert(0, MixedTypeName);
        return named;
    }

    /// <summary>Writes a result, unless its report was there before. Called in the order of the input.</summary>
    private void Write(object value)
    {
        if (value is ReportNotice other)
        {
            _others.Add(other);
            return;
        }

        ReportReadItem item = value switch
        {
            AggregateReportRow row => new ReportReadItem(row),
            TlsReportRow row => new ReportReadItem(row),
            _ => new ReportReadItem((FailureReport)value),
        };
        ReportNotice? notice = null;
        if (_known is not null && !_known.IsNew(item, out notice))
        {
            if (notice is not null)
            {
                _progress.Duplicate();
                WriteVerbose(PrintableText.Escape(notice.ToString()));
            }

            return;
        }

        if (notice is not null)
        {
            WriteWarning(PrintableText.Escape(notice.ToString()));
        }

        _progress.Row();
        WriteObject((Type & (Type - 1)) == 0 ? value : Mixed(value));
    }
}

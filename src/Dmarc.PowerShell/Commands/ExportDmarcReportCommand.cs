using System.Collections;
using System.Collections.ObjectModel;
using Dmarc.Advice.Page;
using Dmarc.Advice.Sources;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;
using Dmarc.Reports.Writing;

namespace Dmarc.PowerShell.Commands;

/// <summary>Writes rows of reports to an HTML page, or to files for programs.</summary>
[Cmdlet(VerbsData.Export, "DmarcReport", DefaultParameterSetName = PathReader.PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(AggregateReportRow), typeof(FailureReport), typeof(TlsReportRow))]
public sealed class ExportDmarcReportCommand : DmarcCommand
{
    private readonly SavedRows _saved = new();
    private readonly HashSet<Delivery> _deliveries = [];
    private ReportExport? _export;
    private string _path = "";
    private long _rows;

    /// <summary>The file to write, or the folder for partitions.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathReader.PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The file to write, taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathReader.LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>Rows of reports.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>The format, if the file extension does not determine it.</summary>
    [Parameter]
    public ExportFormat As { get; set; }

    /// <summary>The partitioning of rows into folders.</summary>
    [Parameter]
    [ValidateNotNull]
    public ExportPartition[] PartitionBy { get; set; } = [];

    /// <summary>The language of the page.</summary>
    [Parameter]
    [ValidateSet("en", "ja")]
    public string? Language { get; set; }

    /// <summary>The title of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Results of Resolve-DmarcSource, for the names of sources on the page.</summary>
    [Parameter]
    [ValidateNotNull]
    public SourceResult[] Source { get; set; } = [];

    /// <summary>A file of network owners, for sources without a result of Resolve-DmarcSource.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NetworkTable { get; set; }

    /// <summary>Do not overwrite existing files.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Pass the rows on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _path = ResolvePath();
        ReportExportOptions options = new(_path)
        {
            Format = MyInvocation.BoundParameters.ContainsKey(nameof(As)) ? As : null,
            PartitionBy = [.. PartitionBy.Distinct()],
            NoClobber = NoClobber,
        };
        PageOptions page = new()
        {
            Title = Title,
            Language = Language ?? PageOptions.LanguageOf(CultureInfo.CurrentUICulture),
            Sources = Source,
            NetworkTable = LoadNetworkTable(NetworkTable),
        };
        try
        {
            ReportExport.Check(options);
            if (ShouldProcess(options.Path))
            {
                _export = Own(PageExport.Create(options, page));
            }
        }
        catch (ReportExportException exception)
        {
            ThrowTerminatingError(ErrorRecords.Export(exception, options.Path));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Take(InputObject);

    /// <summary>Adds a row, or the rows of an array.</summary>
    private void Take(object? input)
    {
        object? row = PropertyFacts.Unwrap(input);
        if (row is null)
        {
            return;
        }

        if (row is IEnumerable items and not (string or IDictionary) && ExportSchema.For(row) is null)
        {
            foreach (object? item in items)
            {
                Take(item);
            }

            return;
        }

        if (!_saved.TryRead(input, out object? saved))
        {
            return;
        }

        row = saved ?? row;
        try
        {
            // The rows are not safe before the file is finished.
            if (Delivery.Current is { } delivery && _deliveries.Add(delivery))
            {
                delivery.Hold(this);
            }

            _export?.Add(row);
            _rows++;
        }
        catch (ReportExportException exception) when (exception.IsAboutRow)
        {
            WriteError(ErrorRecords.Export(exception, row));
        }
        catch (ReportExportException exception)
        {
            ThrowTerminatingError(ErrorRecords.Export(exception, row));
        }

        if (PassThru)
        {
            WriteObject(input);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _saved.Complete(this);
        if (_export is null)
        {
            return;
        }

        if (_rows == 0 && (PartitionBy.Length > 0 || File.Exists(_path)))
        {
            // Empty input must not overwrite the previous result of a scheduled export.
            WriteWarning(Sentences.Fill(Strings.Export_NoRows, PrintableText.Escape(_path)));
            return;
        }

        try
        {
            foreach (string source in _deliveries.SelectMany(delivery => delivery.Sources))
            {
                _export.CheckSource(source);
            }

            foreach (string file in _export.Complete())
            {
                WriteVerbose(Sentences.Fill(Strings.Export_Written, file));
            }

            if (_rows == 0)
            {
                WriteWarning(Sentences.Fill(Strings.Export_NoRowsWritten, _path));
            }

            WriteVerbose(Sentences.Fill(Strings.Export_Rows, _rows));
            foreach (Delivery delivery in _deliveries)
            {
                delivery.Release(this);
            }
        }
        catch (ReportExportException exception)
        {
            ThrowTerminatingError(ErrorRecords.Export(exception, Path.Length > 0 ? Path : LiteralPath));
        }
    }

    /// <summary>The file system path. Wildcards may match one existing file, as in other cmdlets that write.</summary>
    private string ResolvePath()
    {
        bool literal = ParameterSetName == PathReader.LiteralPathSet;
        string path = literal ? LiteralPath : Path;
        try
        {
            string resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (provider.Name != "FileSystem")
            {
                ThrowTerminatingError(ErrorRecords.PathNotInFileSystem(path));
            }

            if (literal || !WildcardPattern.ContainsWildcardCharacters(path))
            {
                return resolved;
            }

            Collection<string> found = GetResolvedProviderPathFromPSPath(path, out _);
            if (found.Count == 1)
            {
                return found[0];
            }
        }
        catch (ItemNotFoundException)
        {
            // Reported below.
        }
        catch (Exception exception) when (exception is System.Management.Automation.DriveNotFoundException or WildcardPatternException)
        {
            ThrowTerminatingError(ErrorRecords.PathNotFound(path, exception));
        }

        ThrowTerminatingError(ErrorRecords.PathAmbiguous(path));
        return path;
    }
}

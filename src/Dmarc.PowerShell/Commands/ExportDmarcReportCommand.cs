using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using Dmarc.Advice.Page;
using Dmarc.Advice.Sources;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;
using Dmarc.Reports.Writing;
using Dmarc.Text;

namespace Dmarc.PowerShell.Commands;

/// <summary>Writes rows of reports to a page for people, or to files for programs.</summary>
[Cmdlet(VerbsData.Export, "DmarcReport", DefaultParameterSetName = PathReader.PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(AggregateReportRow), typeof(FailureReport), typeof(TlsReportRow))]
public sealed class ExportDmarcReportCommand : DmarcCommand
{
    private readonly SavedRows _saved = new();
    private readonly HashSet<Delivery> _deliveries = [];
    private ReportExport? _export;
    private string _path = "";
    private long _rows;

    /// <summary>The file to write, or the folder where rows are partitioned.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathReader.PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The file to write, whose name is taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathReader.LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>Rows of reports.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>The form to write, where the ending of the file name does not tell.</summary>
    [Parameter]
    public ExportFormat As { get; set; }

    /// <summary>What rows are spread over folders by.</summary>
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

    /// <summary>What Resolve-DmarcSource says of the sources, for their names on the page.</summary>
    [Parameter]
    [ValidateNotNull]
    public SourceResult[] Source { get; set; } = [];

    /// <summary>A file that tells the owners of networks, for sources that Resolve-DmarcSource was not asked about.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NetworkTable { get; set; }

    /// <summary>Leave what is there as it is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Give the rows on.</summary>
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

    /// <summary>Takes in a row, or those of an array.</summary>
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
            // The rows are not safe before the file is in its place.
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
            // A night on which nothing came must not cost the result of the night before.
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

    /// <summary>The file in the file system. Wildcards may stand for one that is there, as in other cmdlets that write.</summary>
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
            // Said below.
        }
        catch (Exception exception) when (exception is System.Management.Automation.DriveNotFoundException or WildcardPatternException)
        {
            ThrowTerminatingError(ErrorRecords.PathNotFound(path, exception));
        }

        ThrowTerminatingError(ErrorRecords.PathAmbiguous(path));
        return path;
    }
}

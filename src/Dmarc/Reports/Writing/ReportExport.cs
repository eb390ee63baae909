using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Writing;

/// <summary>The options of an export.</summary>
/// <param name="Path">The full path of the file, or of the folder for partitions.</param>
internal sealed record ReportExportOptions(string Path)
{
    /// <summary>The format; null to derive it from the file name, or NDJSON for partitions.</summary>
    public ExportFormat? Format { get; init; }

    /// <summary>The partition keys; empty for one file.</summary>
    public IReadOnlyList<ExportPartition> PartitionBy { get; init; } = [];

    /// <summary>True to forbid replacing existing files.</summary>
    public bool NoClobber { get; init; }
}

/// <summary>Exports rows to a file or folder, which appears only after <see cref="Complete"/>.</summary>
internal abstract class ReportExport(ReportExportOptions options) : IDisposable
{
    private readonly string _path = options.Path;
    private readonly RealPaths _realPaths = new();
    private string? _checked;

    /// <summary>Throws if an export is certainly impossible, and changes nothing.</summary>
    /// <exception cref="ReportExportException">The export is impossible.</exception>
    public static void Check(ReportExportOptions options)
    {
        if (options.PartitionBy.Count > 0)
        {
            PartitionedExport.CheckFolder(options);
        }
        else
        {
            OutputFile.Check(options.Path, options.NoClobber);
        }

        FormatOf(options);
    }

    /// <summary>Begins an export.</summary>
    /// <param name="options">The options.</param>
    /// <param name="page">Begins a page, which contains advice and is therefore not created here.</param>
    /// <exception cref="ReportExportException">The export is impossible.</exception>
    public static ReportExport Create(ReportExportOptions options, Func<ReportExportOptions, ReportExport> page)
    {
        Check(options);
        ExportFormat format = FormatOf(options);
        return options.PartitionBy.Count > 0 ? new PartitionedExport(options, format)
            : format == ExportFormat.Html ? page(options)
            : new RowExport(options, format);
    }

    /// <summary>Adds a row.</summary>
    /// <exception cref="ReportExportException">Not a row, not writable, or read from the output file.</exception>
    public void Add(object row)
    {
        string? source = row switch
        {
            AggregateReportRow aggregate => aggregate.Path,
            TlsReportRow tls => tls.Path,
            FailureReport failure => failure.Path,
            _ => null,
        };
        if (source is not null && !ReferenceEquals(source, _checked))
        {
            CheckSource(source);
            _checked = source;
        }

        Write(row);
    }

    /// <summary>Writes a row that was accepted.</summary>
    protected abstract void Write(object row);

    /// <summary>Writes the end of the output, and moves all files to their places.</summary>
    /// <returns>The written files.</returns>
    public abstract IReadOnlyList<string> Complete();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    protected static ExportSchema SchemaOf(object row) => ExportSchema.For(row) ?? throw new ReportExportException(
        ReportExportProblem.NotARow,
        string.Format(CultureInfo.InvariantCulture, Strings.Export_NotARow, row.GetType().FullName));

    private static ExportFormat FormatOf(ReportExportOptions options)
    {
        bool isPartitioned = options.PartitionBy.Count > 0;
        ExportFormat? format = options.Format ?? (isPartitioned ? ExportFormat.Ndjson : ExportFormats.FromPath(options.Path));
        return format is null ? throw Unknown(Strings.Export_UnknownFormat, options.Path)
            : isPartitioned && format == ExportFormat.Html ? throw Unknown(Strings.Export_PageNotPartitioned, options.Path)
            : format.Value;
    }

    /// <summary>Refuses rows from the same file that the export would replace.</summary>
    /// <param name="source">The file, with its entries after exclamation marks; only full paths count.</param>
    /// <exception cref="ReportExportException">The source is that file.</exception>
    public void CheckSource(string source)
    {
        if (!File.Exists(_path) || !IsRooted(source))
        {
            return;
        }

        // File names may contain exclamation marks too.
        for (int end = source.IndexOf('!'); ; end = source.IndexOf('!', end + 1))
        {
            string file = end < 0 ? source : source.Substring(0, end);
            if (File.Exists(file) && _realPaths.AreSame(file, _path))
            {
                throw new ReportExportException(
                    ReportExportProblem.OverInput,
                    string.Format(CultureInfo.InvariantCulture, Strings.Export_OverInput, _path));
            }

            if (end < 0)
            {
                return;
            }
        }
    }

    private static bool IsRooted(string path)
    {
        try
        {
            return Path.IsPathRooted(path);
        }
        catch (ArgumentException)
        {
            // The source name in saved rows may be anything.
            return false;
        }
    }

    private static ReportExportException Unknown(string format, string path) => new(
        ReportExportProblem.UnknownFormat,
        string.Format(CultureInfo.InvariantCulture, format, path, Path.GetExtension(path)));
}

/// <summary>Exports rows to one file, in input order.</summary>
internal sealed class RowExport : ReportExport
{
    private const int Enough = 48 * 1024;

    private readonly TextBuffer _text = new();
    private readonly RowWriter _writer;
    private readonly OutputFile _file;
    private readonly string _path;

    public RowExport(ReportExportOptions options, ExportFormat format)
        : base(options)
    {
        _path = options.Path;
        _writer = RowWriter.Create(format);
        _file = OutputFile.Create(_path, options.NoClobber);
    }

    protected override void Write(object row)
    {
        _writer.Write(_text, SchemaOf(row), row);
        if (_text.Length > Enough)
        {
            _file.Write(_text.TakeBytes());
        }
    }

    public override IReadOnlyList<string> Complete()
    {
        _writer.Complete(_text);
        _file.Write(_text.TakeBytes());
        _file.Complete();
        return [_path];
    }

    protected override void Dispose(bool disposing) => _file.Dispose();
}

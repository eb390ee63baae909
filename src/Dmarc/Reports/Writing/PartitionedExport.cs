using System.Security.Cryptography;

namespace Dmarc.Reports.Writing;

/// <summary>
/// Exports rows to folders with one file each. When all files are complete, they are renamed and moved there. A file
/// name is the hash of the content: the same rows yield the same files, and other rows never replace any.
/// </summary>
internal sealed class PartitionedExport : ReportExport
{
    /// <summary>The maximum number of open files; others are closed until their next row.</summary>
    internal const int MaximumOpen = 64;

    /// <summary>Domains are untrusted, so a mailbox of forged reports could require any number of folders.</summary>
    internal const int MaximumPartitions = 100_000;

    private const int Enough = 16 * 1024;

    private readonly ReportExportOptions _options;
    private readonly ExportFormat _format;
    private readonly int _mostOpen;
    private readonly string _workFolder;
    private readonly Dictionary<string, Part> _parts = new(StringComparer.Ordinal);
    private readonly LinkedList<Part> _open = new();
    private bool _isDone;

    public PartitionedExport(ReportExportOptions options, ExportFormat format, int mostOpen = MaximumOpen)
        : base(options)
    {
        _options = options;
        _format = format;
        _mostOpen = mostOpen;
        // Engines that read the folder meanwhile skip names with an initial dot.
        _workFolder = Path.Combine(options.Path, TemporaryName.New());
        OutputFile.Guard(options.Path, () =>
        {
            Directory.CreateDirectory(options.Path);
            FilePermissions.CreatePrivateFolder(_workFolder);
        });
    }

    /// <summary>Throws if an export is certainly impossible.</summary>
    public static void CheckFolder(ReportExportOptions options)
    {
        string root = options.Path;
        string? parent = Path.GetDirectoryName(root.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
        if (File.Exists(root))
        {
            throw Problem(ReportExportProblem.FileNotWritable, Strings.Export_IsFile, root);
        }

        if (!Directory.Exists(root) && parent is not null && !Directory.Exists(parent))
        {
            throw Problem(ReportExportProblem.FolderMissing, Strings.Export_FolderMissing, root, parent);
        }
    }

    protected override void Write(object row)
    {
        ExportSchema schema = SchemaOf(row);
        Part part = Find(PartitionName.Of(_options.PartitionBy, schema, row));
        part.Writer.Write(part.Text!, schema, row);
        if (part.Text!.Length > Enough)
        {
            Flush(part);
        }
    }

    public override IReadOnlyList<string> Complete() => OutputFile.Guard(_options.Path, () =>
    {
        List<(string From, string To)> moves = [];
        foreach (KeyValuePair<string, Part> entry in _parts)
        {
            Part part = entry.Value;
            Open(part);
            part.Writer.Complete(part.Text!);
            Flush(part);
            Close(part);
            string name = "part-" + PartitionName.Hex(part.Hash.GetHashAndReset(), 12) + "." + _format.Extension();
            part.Hash.Dispose();
            moves.Add((part.Path, Path.Combine(_options.Path, entry.Key, name)));
        }

        foreach ((string _, string to) in moves)
        {
            if (_options.NoClobber && File.Exists(to))
            {
                throw Problem(ReportExportProblem.FileExists, Strings.Export_FileExists, to);
            }
        }

        foreach ((string from, string to) in moves)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            OutputFile.Rename(from, to, _options.NoClobber);
        }

        _isDone = true;
        Directory.Delete(_workFolder, true);
        return (IReadOnlyList<string>)[.. moves.Select(move => move.To)];
    });

    protected override void Dispose(bool disposing)
    {
        foreach (Part part in _parts.Values)
        {
            try
            {
                part.Stream?.Dispose();
            }
            catch (IOException)
            {
                // On a full disk the rest cannot be written, and is not needed.
            }

            part.Hash.Dispose();
        }

        if (!_isDone && Directory.Exists(_workFolder))
        {
            Directory.Delete(_workFolder, true);
        }

        _isDone = true;
        _parts.Clear();
    }

    private Part Find(string folder)
    {
        if (!_parts.TryGetValue(folder, out Part? part))
        {
            if (_parts.Count >= MaximumPartitions)
            {
                throw Problem(
                    ReportExportProblem.TooManyPartitions,
                    Strings.Export_TooManyPartitions,
                    MaximumPartitions.ToString("N0", CultureInfo.InvariantCulture));
            }

            part = new Part(Path.Combine(_workFolder, _parts.Count.ToString(CultureInfo.InvariantCulture)), RowWriter.Create(_format));
            _parts[folder] = part;
        }

        Open(part);
        return part;
    }

    private void Open(Part part)
    {
        if (part.Stream is not null)
        {
            if (_open.Last != part.Place)
            {
                _open.Remove(part.Place!);
                _open.AddLast(part.Place!);
            }

            return;
        }

        if (_open.Count >= _mostOpen)
        {
            Part oldest = _open.First!.Value;
            Flush(oldest);
            Close(oldest);
        }

        part.Stream = OutputFile.Guard(
            _options.Path, () => new FileStream(part.Path, FileMode.Append, FileAccess.Write, FileShare.None, 1));
        part.Text = new TextBuffer();
        part.Place = _open.AddLast(part);
    }

    private void Flush(Part part)
    {
        ArraySegment<byte> bytes = part.Text!.TakeBytes();
        part.Hash.AppendData(bytes.Array!, bytes.Offset, bytes.Count);
        OutputFile.Guard(_options.Path, () => part.Stream!.Write(bytes.Array!, bytes.Offset, bytes.Count));
    }

    private void Close(Part part)
    {
        part.Stream!.Dispose();
        part.Stream = null;
        part.Text = null;
        _open.Remove(part.Place!);
        part.Place = null;
    }

    private static ReportExportException Problem(ReportExportProblem problem, string format, params object?[] arguments) =>
        new(problem, string.Format(CultureInfo.InvariantCulture, format, arguments));

    /// <summary>The file of a folder while it is written.</summary>
    private sealed class Part(string path, RowWriter writer)
    {
        public string Path { get; } = path;

        public RowWriter Writer { get; } = writer;

        public IncrementalHash Hash { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public FileStream? Stream { get; set; }

        public TextBuffer? Text { get; set; }

        public LinkedListNode<Part>? Place { get; set; }
    }
}

namespace Dmarc.Reports.Writing;

/// <summary>
/// A file that is complete or does not exist: it is written under a temporary name beside its own, and renamed when
/// complete. Disposing it earlier leaves nothing behind, and an existing file unchanged.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly string _path;
    private readonly bool _noClobber;
    private readonly string _writtenPath;
    private readonly Action _giveMode = () => { };
    private FileStream? _stream;

    private OutputFile(string path, bool noClobber)
    {
        _path = FilePermissions.Target(path);
        _noClobber = noClobber;
        string folder = Path.GetDirectoryName(_path)!;
        _writtenPath = IsDevice(_path) ? _path : Path.Combine(folder, TemporaryName.New());
        _stream = IsDevice(_path)
            ? new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, BufferSize)
            : FilePermissions.CreatePrivate(_writtenPath, _path, BufferSize, out _giveMode);
    }

    /// <summary>Creates the temporary file.</summary>
    /// <exception cref="ReportExportException">It cannot be written, or exists and must not be replaced.</exception>
    public static OutputFile Create(string path, bool noClobber)
    {
        Check(path, noClobber);
        return Guard(path, () => new OutputFile(path, noClobber));
    }

    /// <summary>Throws if a file certainly cannot be written.</summary>
    public static void Check(string path, bool noClobber)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is null || Directory.Exists(path))
        {
            throw Problem(ReportExportProblem.FileNotWritable, Strings.Export_IsFolder, path, "");
        }

        if (!Directory.Exists(folder))
        {
            throw Problem(ReportExportProblem.FolderMissing, Strings.Export_FolderMissing, path, folder);
        }

        if (!IsDevice(path) && RegularFile.Refusal(path) is string kind)
        {
            throw Problem(ReportExportProblem.FileNotWritable, Strings.Export_NotRegular, path, kind);
        }

        if (noClobber && File.Exists(path))
        {
            throw Problem(ReportExportProblem.FileExists, Strings.Export_FileExists, path, "");
        }
    }

    public void Write(ArraySegment<byte> bytes) =>
        Guard(_path, () => _stream!.Write(bytes.Array!, bytes.Offset, bytes.Count));

    /// <summary>Gives the file its final name.</summary>
    public void Complete() => Guard(_path, () =>
    {
        // Still owned if this fails, so that it is removed.
        _stream!.Flush();
        _giveMode();
        _stream.Dispose();
        _stream = null;
        if (_writtenPath != _path)
        {
            Rename(_writtenPath, _path, _noClobber);
        }
    });

    public void Dispose()
    {
        if (_stream is null)
        {
            return;
        }

        FileStream stream = _stream;
        _stream = null;
        try
        {
            // On a full disk the rest of the buffer cannot be written, and is not needed.
            stream.Dispose();
        }
        catch (IOException)
        {
            // The failure has been reported, or the export was abandoned.
        }
        finally
        {
            if (_writtenPath != _path)
            {
                Remove(_writtenPath);
            }
        }
    }

    public static void Guard(string path, Action work) => Guard(path, () =>
    {
        work();
        return true;
    });

    /// <summary>Runs file operations and converts their exceptions to ours.</summary>
    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is (IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException) and not ReportExportException)
        {
            throw new ReportExportException(
                ReportExportProblem.FileNotWritable,
                string.Format(CultureInfo.InvariantCulture, Strings.Export_FileNotWritable, path, exception.Message),
                exception);
        }
    }

    /// <summary>Renames a file, replacing an existing one.</summary>
    public static void Rename(string from, string to, bool noClobber)
    {
        try
        {
            if (File.Exists(to) && !noClobber)
            {
                File.Replace(from, to, null);
            }
            else
            {
                File.Move(from, to);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(from);
            if (noClobber && File.Exists(to))
            {
                throw Problem(ReportExportProblem.FileExists, Strings.Export_FileExists, to, "");
            }

            throw;
        }
    }

    /// <summary>Removes an unneeded file; failing to remove it is not an error.</summary>
    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A virus scanner may hold it.
        }
    }

    /// <summary>A device such as /dev/stdout is written directly, and must not be replaced by a file.</summary>
    private static bool IsDevice(string path) =>
        Path.DirectorySeparatorChar == '/' && path.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path);

    private static ReportExportException Problem(ReportExportProblem problem, string format, string path, string detail) =>
        new(problem, string.Format(CultureInfo.InvariantCulture, format, path, detail));
}

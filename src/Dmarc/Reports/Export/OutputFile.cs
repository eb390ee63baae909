using System.Globalization;

namespace Dmarc.Reports.Export;

/// <summary>
/// A file that is there whole or not at all: it is written under another name beside its own, and takes its own when it is
/// complete. What is disposed of before leaves nothing behind, and what was there before as it was.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly bool _noClobber;
    private readonly string _writtenPath;
    private FileStream? _stream;

    private OutputFile(string path, bool noClobber)
    {
        _path = path;
        _noClobber = noClobber;
        string folder = System.IO.Path.GetDirectoryName(path)!;
        _writtenPath = IsDevice(path) ? path : System.IO.Path.Combine(folder, "." + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + ".tmp");
        _stream = new FileStream(_writtenPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 128 * 1024);
    }

    /// <summary>Begins a file.</summary>
    /// <exception cref="ReportExportException">It cannot be written, or is there and shall not be replaced.</exception>
    public static OutputFile Create(string path, bool noClobber)
    {
        Check(path, noClobber);
        return Guard(path, () => new OutputFile(path, noClobber));
    }

    /// <summary>Says why a file could not be written, as far as that is known before.</summary>
    public static void Check(string path, bool noClobber)
    {
        string? folder = System.IO.Path.GetDirectoryName(path);
        if (folder is null || Directory.Exists(path))
        {
            throw Problem(ReportExportProblem.FileNotWritable, Strings.Export_IsFolder, path, "");
        }

        if (!Directory.Exists(folder))
        {
            throw Problem(ReportExportProblem.FolderMissing, Strings.Export_FolderMissing, path, folder);
        }

        if (noClobber && File.Exists(path))
        {
            throw Problem(ReportExportProblem.FileExists, Strings.Export_FileExists, path, "");
        }
    }

    public void Write(ArraySegment<byte> bytes) => Guard(_path, () =>
    {
        _stream!.Write(bytes.Array!, bytes.Offset, bytes.Count);
        return true;
    });

    /// <summary>Gives the file its name.</summary>
    public void Complete() => Guard(_path, () =>
    {
        _stream!.Dispose();
        _stream = null;
        if (_writtenPath != _path)
        {
            Rename(_writtenPath, _path, _noClobber);
        }

        return true;
    });

    public void Dispose()
    {
        if (_stream is not null)
        {
            _stream.Dispose();
            _stream = null;
            if (_writtenPath != _path)
            {
                File.Delete(_writtenPath);
            }
        }
    }

    /// <summary>Does what may fail with files, so that a failure is one of ours.</summary>
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

    /// <summary>Puts a file in the place of another, if there is one.</summary>
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

    /// <summary>A device such as /dev/stdout is written to, and must not be replaced by a file.</summary>
    private static bool IsDevice(string path) =>
        System.IO.Path.DirectorySeparatorChar == '/' && path.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path);

    private static ReportExportException Problem(ReportExportProblem problem, string format, string path, string detail) =>
        new(problem, string.Format(CultureInfo.InvariantCulture, format, path, detail));
}

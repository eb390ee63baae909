using Dmarc.Text;

namespace Dmarc.Reports.Reading.Containers;

/// <summary>Content that can be opened again from its start, so that a damaged report can be read a second time with repairs.</summary>
internal abstract class ReportSource(string path) : IDisposable
{
    /// <summary>The file, with the names of containers and entries in it.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong with the compressed data that the content comes of; null if nothing is known to be.</summary>
    public string? Damage { get; private set; }

    /// <summary>Notes what is wrong with the compressed data. The first thing counts: the others follow of it.</summary>
    public void NoteDamage(string damage) => Damage ??= damage;

    /// <summary>Opens the content at its start. One stream at a time.</summary>
    public abstract Stream Open();

    /// <summary>The name of something inside this content.</summary>
    public string PathOf(string entry) => entry.Length == 0 ? Path : Path + "!" + entry;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>A file.</summary>
internal sealed class FileSource(string path, string file) : ReportSource(path)
{
    public override Stream Open() => RegularFile.Open(file);
}

/// <summary>Bytes in memory.</summary>
internal sealed class HeldSource(string path, byte[] bytes, int offset, int count) : ReportSource(path)
{
    public override Stream Open() => new MemoryStream(bytes, offset, count, writable: false);
}

/// <summary>Content inside other content.</summary>
/// <param name="path">The file, with the names of containers and entries in it.</param>
/// <param name="open">Opens the content, and is given where to tell damage.</param>
internal sealed class DerivedSource(string path, Func<Action<string>, Stream> open) : ReportSource(path)
{
    public override Stream Open() => open(NoteDamage);
}

/// <summary>A stream that can go back to where it stood. It is not closed.</summary>
internal sealed class SeekableSource(string path, Stream stream) : ReportSource(path)
{
    private readonly long _origin = stream.Position;

    public override Stream Open()
    {
        stream.Position = _origin;
        return new UnownedStream(stream, _origin);
    }
}

/// <summary>Content that could be read only once, kept: in memory while it is small, in a temporary file after.</summary>
internal sealed class SpooledSource : ReportSource
{
    private readonly Stream _content;

    public SpooledSource(string path, Stream stream)
        : base(path)
    {
        MemoryStream memory = new();
        byte[] buffer = new byte[1 << 16];
        Stream target = memory;
        int read;
        try
        {
            while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (ReferenceEquals(target, memory) && memory.Length + read > FixedReadLimits.MemoryBytes)
                {
                    target = CreateTemporaryFile();
                    memory.WriteTo(target);
                    memory.Dispose();
                }

                target.Write(buffer, 0, read);
            }
        }
        catch
        {
            target.Dispose();
            throw;
        }

        _content = target;
    }

    public override Stream Open()
    {
        _content.Position = 0;
        return new UnownedStream(_content, 0);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>A file that nobody else can read, and that is gone when it is closed.</summary>
    private static FileStream CreateTemporaryFile()
    {
        string folder = System.IO.Path.GetTempPath();
        try
        {
            return CreateTemporaryFile(System.IO.Path.Combine(folder, "dmarc-" + Guid.NewGuid().ToString("N")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The content is not to blame.
            string variable = System.IO.Path.DirectorySeparatorChar == '\\' ? "TEMP" : "TMPDIR";
            string reason = exception is DirectoryNotFoundException ? Strings.Reports_NoFolder : exception.Message;
            throw new IOException(Sentences.Fill(Strings.Reports_NoTemporaryFile, folder, reason, variable), exception);
        }
    }

    private static FileStream CreateTemporaryFile(string path)
    {
#if NET8_0_OR_GREATER
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 1 << 16,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream file = new(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // Without a name it cannot be left behind, whatever ends the process.
            File.Delete(path);
        }

        return file;
#else
        return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
#endif
    }
}

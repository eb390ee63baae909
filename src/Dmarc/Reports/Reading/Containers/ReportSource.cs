namespace Dmarc.Reports.Reading.Containers;

/// <summary>Content that can be reopened, so that a damaged report can be read again with repairs.</summary>
internal abstract class ReportSource(string path) : IDisposable
{
    /// <summary>The file, with the names of containers and entries in it.</summary>
    public string Path { get; } = path;

    /// <summary>The damage to the compressed source of the content; null if none is known.</summary>
    public string? Damage { get; private set; }

    /// <summary>Records damage to the compressed source. The first one counts: the others result from it.</summary>
    public void NoteDamage(string damage) => Damage ??= damage;

    /// <summary>Opens the content from its start. One stream at a time.</summary>
    public abstract Stream Open();

    /// <summary>The path of an entry in this content.</summary>
    /// <param name="entry">Its name.</param>
    /// <param name="number">Its number, if it may have no name.</param>
    public string PathOf(string entry, int? number = null) => entry.Length > 0 ? Path + "!" + entry
        : number is { } known ? Path + "!" + known.ToString(CultureInfo.InvariantCulture)
        : Path;

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
internal sealed class HeldSource(string path, byte[] bytes) : ReportSource(path)
{
    public override Stream Open() => new MemoryStream(bytes, writable: false);
}

/// <summary>Content within other content.</summary>
/// <param name="path">The file, with the names of containers and entries in it.</param>
/// <param name="open">Opens the content; its argument receives damage.</param>
internal sealed class DerivedSource(string path, Func<Action<string>, Stream> open) : ReportSource(path)
{
    public override Stream Open() => open(NoteDamage);
}

/// <summary>A seekable stream, from its initial position. It is left open.</summary>
internal sealed class SeekableSource(string path, Stream stream) : ReportSource(path)
{
    private readonly long _origin = stream.Position;

    public override Stream Open()
    {
        stream.Position = _origin;
        return new UnownedStream(stream, _origin);
    }
}

/// <summary>A copy of content that can be read only once: in memory while small, then in a temporary file.</summary>
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

    /// <summary>A file private to the user, deleted when it is closed.</summary>
    private static FileStream CreateTemporaryFile()
    {
        string folder = System.IO.Path.GetTempPath();
        try
        {
            return CreateTemporaryFile(System.IO.Path.Combine(folder, "dmarc-" + Guid.NewGuid().ToString("N")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The content is not the cause.
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
            // Without a name it cannot be left behind, however the process ends.
            File.Delete(path);
        }

        return file;
#else
        return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
#endif
    }
}

namespace Dmarc.Reports.Writing;

/// <summary>A file that takes the place of another is as open to others as that was, from its first byte on.</summary>
internal static class FilePermissions
{
    /// <summary>Where a file is written to: what a link leads to, so that the link stays.</summary>
    public static string Target(string path)
    {
#if NET8_0_OR_GREATER
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            // Nothing is there yet, or the link goes round in a circle, which writing will tell.
            return path;
        }
#else
        return path;
#endif
    }

    /// <summary>Creates a file with the permissions of another, if that is there. On Windows, putting it in its place does that.</summary>
    public static FileStream CreateLike(string path, string other, int bufferSize)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows() && File.Exists(other))
        {
            UnixFileMode mode = File.GetUnixFileMode(other);
            FileStream stream = new(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                BufferSize = bufferSize,
                UnixCreateMode = mode | UnixFileMode.UserWrite,
            });
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
            return stream;
        }
#endif
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize);
    }

    /// <summary>Creates a folder that nobody else can look into.</summary>
    public static void CreatePrivateFolder(string path)
    {
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }
}

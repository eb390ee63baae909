namespace Dmarc.Reports.Writing;

/// <summary>A new file is private to the user; a file that replaces another one gets the permissions of that.</summary>
internal static class FilePermissions
{
    /// <summary>The actual file to write: the target of a link, so that the link stays.</summary>
    public static string Target(string path)
    {
#if NET8_0_OR_GREATER
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            // The file does not exist, or the link is circular, which writing will report.
            return path;
        }
#else
        return path;
#endif
    }

    /// <summary>
    /// Creates a file private to the user (0600), independent of its final mode. On Windows it has the permissions of
    /// its folder, and gets those of a file that it replaces.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="other">The file that it replaces, which need not exist.</param>
    /// <param name="bufferSize">The size of the buffer.</param>
    /// <param name="giveMode">Sets the final permissions: those of the other file, or the default.</param>
    public static FileStream CreatePrivate(string path, string other, int bufferSize, out Action giveMode)
    {
        giveMode = () => { };
#if NET8_0_OR_GREATER
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode mode = File.Exists(other) ? File.GetUnixFileMode(other) : ModeOfNewFiles(path);
            giveMode = () => SetMode(path, mode);
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                BufferSize = bufferSize,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
#endif
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize);
    }

#if NET8_0_OR_GREATER
    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>The mode of new files by the user's umask, which only creating a file reveals.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode ModeOfNewFiles(string path)
    {
        using FileStream probe = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        return File.GetUnixFileMode(probe.SafeFileHandle);
    }
#endif

    /// <summary>Creates a folder that is private to the user.</summary>
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

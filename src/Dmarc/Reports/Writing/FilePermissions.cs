namespace Dmarc.Reports.Writing;

/// <summary>A file that is written is the user's alone; when it takes the place of another, it is as open to others as that was.</summary>
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

    /// <summary>
    /// Creates a file for the user alone (0600), whatever it is to become. On Windows it has the permissions of its folder, and putting it in the
    /// place of another one gives it those of that.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="other">The file that it is to replace, which need not be there.</param>
    /// <param name="bufferSize">The size of the buffer.</param>
    /// <param name="giveMode">Gives the file the permissions of the other one, or those of any new file of the user: once it is complete.</param>
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

    /// <summary>What the user's umask gives to a new file; there is no way to ask for it but to make one.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode ModeOfNewFiles(string path)
    {
        using FileStream probe = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        return File.GetUnixFileMode(probe.SafeFileHandle);
    }
#endif

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

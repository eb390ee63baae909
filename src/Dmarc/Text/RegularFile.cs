using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Dmarc.Text;

/// <summary>
/// Opens only regular files by name: reading a named pipe waits for its writer, and a device may have no end.
/// </summary>
internal static class RegularFile
{
    private const int FileTypes = 0xF000;
    private const int Pipe = 0x1000;
    private const int Characters = 0x2000;
    private const int Blocks = 0x6000;
    private const int Socket = 0xC000;
    private const int BufferSize = 1 << 14;

    /// <summary>Opens a file from its start, even if other programs have it open.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="IOException">The file does not exist, cannot be read, or is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    public static FileStream Open(string path)
    {
        Check(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize, FileOptions.SequentialScan);
    }

    /// <summary>Refuses everything except files.</summary>
    /// <exception cref="IOException">The path is not a file; the message is a sentence.</exception>
    public static void Check(string path)
    {
        if (Refusal(path) is string kind)
        {
            throw new IOException(string.Format(CultureInfo.InvariantCulture, Strings.File_NotRegular, kind));
        }
    }

    /// <summary>The type of an object that is not a file, in words; null for files, folders and absent paths.</summary>
    public static string? Refusal(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            // Pipes and devices have names of their own.
            return Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? Strings.File_Device : null;
        }

        return (ModeOf(path) & FileTypes) switch
        {
            Pipe => Strings.File_Pipe,
            Socket => Strings.File_Socket,
            Characters or Blocks => Strings.File_Device,
            _ => IsOfKernel(path) ? Strings.File_Kernel : null,
        };
    }

    /// <summary>
    /// True for what the kernel answers as a file: it says that it is a regular one without content, and reading it may wait
    /// (<c>/proc/kmsg</c>) or come to no end.
    /// </summary>
    private static bool IsOfKernel(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: 0 } && new DriveInfo(Path.GetFullPath(path)).DriveFormat is "proc" or "sysfs" or "debugfs" or "tracefs";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Not known to be one; opening it tells what there is to tell.
            return false;
        }
    }

    /// <summary>The type and permissions of a file; 0 if they cannot be had.</summary>
    private static int ModeOf(string path)
    {
        // Larger than the structure in any runtime version; the mode is always its second number.
        byte[] status = new byte[512];
        try
        {
            return Stat([.. Encoding.UTF8.GetBytes(path), 0], status) == 0 ? BitConverter.ToInt32(status, sizeof(int)) : 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, byte[] status);
}

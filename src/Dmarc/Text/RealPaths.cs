using System.Runtime.InteropServices;
using System.Security;
#if !NET8_0_OR_GREATER
using Microsoft.Win32.SafeHandles;
#endif

namespace Dmarc.Text;

/// <summary>Tests if two paths lead to the same file through links. Not thread-safe: folders are cached.</summary>
internal sealed class RealPaths
{
    /// <summary>The maximum number of links followed in a chain; operating systems have a similar limit.</summary>
    private const int MaximumLinks = 40;

    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    private static StringComparison Comparison =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>True if both paths lead to one file. Hard links count as different files.</summary>
    public bool AreSame(string path, string other) => string.Equals(Of(path), Of(other), Comparison);

    /// <summary>The path without links; the parts that cannot be resolved are unchanged.</summary>
    public string Of(string path)
    {
        try
        {
            return Follow(Path.GetFullPath(path), MaximumLinks);
        }
        catch (Exception exception) when (IsOfPath(exception))
        {
            return path;
        }
    }

    private static bool IsOfPath(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException;

#if NET8_0_OR_GREATER
    private string Follow(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
        {
            return path;
        }

        string name = Path.GetFileName(path);
        if (!_folders.TryGetValue(folder, out string? real))
        {
            real = Follow(folder, links);
            _folders[folder] = real;
        }

        string here = name.Length == 0 ? real : Path.Combine(real, name);
        try
        {
            // The target of a link may itself lead through links.
            return links > 0 && File.ResolveLinkTarget(here, returnFinalTarget: true)?.FullName is { } target
                ? Follow(target, links - 1)
                : here;
        }
        catch (Exception exception) when (IsOfPath(exception))
        {
            return here;
        }
    }
#else
    private string Follow(string path, int links)
    {
        if (links == 0 || !RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return path;
        }

        if (_folders.TryGetValue(path, out string? known))
        {
            return known;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        StringBuilder real = new(32_768);
        string found = GetFinalPathNameByHandle(file.SafeFileHandle, real, real.Capacity, 0) is > 0 and < 32_768 ? real.ToString() : path;
        _folders[path] = found;
        return found;
    }

    [DllImport("kernel32.dll", EntryPoint = "GetFinalPathNameByHandleW", CharSet = CharSet.Unicode, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetFinalPathNameByHandle(SafeFileHandle file, StringBuilder path, int length, int flags);
#endif
}

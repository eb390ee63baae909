namespace Dmarc.Reports.Reading;

/// <summary>Finds the files in a folder that may contain reports.</summary>
internal static class ReportFiles
{
    /// <summary>
    /// The files of a folder in ordinal order: directly in it, and with <paramref name="recurse"/> below it too. The
    /// messages in a Maildir (a folder with <c>cur</c> and <c>new</c>) always count as its files.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recurse">True to include subfolders. Links to folders are not followed.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the folder is denied.</exception>
    public static IEnumerable<string> Enumerate(string folder, bool recurse)
    {
        Stack<string> open = new();
        open.Push(folder);
        while (open.Count > 0)
        {
            string current = open.Pop();
            bool isMaildir = IsMaildir(current);

            // The temporary files of a running export are not reports.
            IEnumerable<string> files = isMaildir
                ? FilesIn(Path.Combine(current, "new")).Concat(FilesIn(Path.Combine(current, "cur")))
                : FilesIn(current).Where(file => !TemporaryName.Is(Path.GetFileName(file)));
            foreach (string file in files)
            {
                yield return file;
            }

            foreach (string below in recurse ? Enumerable.Reverse(Sorted(Directory.GetDirectories(current))) : [])
            {
                bool isMail = isMaildir && Path.GetFileName(below) is "cur" or "new" or "tmp";
                if (!isMail
                    && !TemporaryName.Is(Path.GetFileName(below))
                    && (File.GetAttributes(below) & FileAttributes.ReparsePoint) == 0)
                {
                    open.Push(below);
                }
            }
        }
    }

    /// <summary>True for a folder that holds mail in the Maildir format.</summary>
    public static bool IsMaildir(string folder) =>
        Directory.Exists(Path.Combine(folder, "cur")) && Directory.Exists(Path.Combine(folder, "new"));

    /// <summary>True for the path of a message in a Maildir, whether it exists or not.</summary>
    public static bool IsInMaildir(string path)
    {
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            return Path.GetFileName(folder) is "cur" or "new" && Path.GetDirectoryName(folder) is string maildir && IsMaildir(maildir);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or IOException or System.Security.SecurityException)
        {
            return false;
        }
    }

    private static string[] FilesIn(string folder) => Sorted(Directory.GetFiles(folder));

    private static string[] Sorted(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }
}

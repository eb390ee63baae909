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
        if (folder is null)
        {
            throw new ArgumentNullException(nameof(folder));
        }

        Stack<string> open = new();
        open.Push(folder);
        while (open.Count > 0)
        {
            string current = open.Pop();
            if (IsMaildir(current))
            {
                foreach (string message in Sorted(Directory.GetFiles(Path.Combine(current, "new"))).Concat(Sorted(Directory.GetFiles(Path.Combine(current, "cur")))))
                {
                    yield return message;
                }
            }
            else
            {
                foreach (string file in Sorted(Directory.GetFiles(current)))
                {
                    // The temporary files of a running export are not reports.
                    if (!TemporaryName.Is(Path.GetFileName(file)))
                    {
                        yield return file;
                    }
                }
            }

            if (recurse)
            {
                foreach (string below in Enumerable.Reverse(Sorted(Directory.GetDirectories(current))))
                {
                    bool isMail = IsMaildir(current) && Path.GetFileName(below) is "cur" or "new" or "tmp";
                    if (!isMail
                        && !TemporaryName.Is(Path.GetFileName(below))
                        && (File.GetAttributes(below) & FileAttributes.ReparsePoint) == 0)
                    {
                        open.Push(below);
                    }
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

    private static string[] Sorted(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }
}

using System.Globalization;
using System.IO.Enumeration;
using Dmarc.Reports;

namespace Dmarc.Cli;

/// <summary>The files that the paths of a command line mean.</summary>
internal static class InputFiles
{
    /// <summary>
    /// The files behind a path: itself, those of a folder that are wanted, or those that match wildcards in its last part,
    /// for shells that do not expand them. What cannot be found or listed is written as a failure.
    /// </summary>
    public static IEnumerable<string> Find(string path, bool recurse, Func<string, bool> isWanted, CommandRun run)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        try
        {
            if (Directory.Exists(path))
            {
                return Listed(ReportFiles.Enumerate(path, recurse).Where(isWanted), path, run);
            }

            string name = Path.GetFileName(path);
            string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
            if (name.AsSpan().IndexOfAny('*', '?') >= 0 && Directory.Exists(folder))
            {
                string[] matches = [.. Directory.EnumerateFiles(folder)
                    .Where(file => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(file), OperatingSystem.IsWindows()))
                    .Order(StringComparer.Ordinal)];
                if (matches.Length > 0)
                {
                    return matches;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Commands_FolderUnreadable, path, exception.Message));
            return [];
        }

        run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Cli_PathNotFound, path));
        return [];
    }

    /// <summary>The files as far as the folder can be listed.</summary>
    private static IEnumerable<string> Listed(IEnumerable<string> files, string folder, CommandRun run)
    {
        using IEnumerator<string> file = files.GetEnumerator();
        while (true)
        {
            try
            {
                if (!file.MoveNext())
                {
                    yield break;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                run.Failure(string.Format(CultureInfo.InvariantCulture, Strings.Commands_FolderUnreadable, folder, exception.Message));
                yield break;
            }

            yield return file.Current;
        }
    }
}

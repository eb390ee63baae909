using System.Globalization;

namespace Dmarc.Cli;

/// <summary>A text file with a domain a line.</summary>
internal static class DomainFile
{
    /// <summary>The domains of a file, read as they are needed; empty lines and those that begin with <c>#</c> are passed over.</summary>
    /// <exception cref="UsageException">The file cannot be opened.</exception>
    public static IEnumerable<string> Read(string path)
    {
        StreamReader reader;
        try
        {
            reader = File.OpenText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException(string.Format(CultureInfo.InvariantCulture, Strings.Cli_AuditFileUnreadable, path, exception.Message));
        }

        return Lines(reader);
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        using (reader)
        {
            while (reader.ReadLine() is { } line)
            {
                string text = line.Trim();
                if (text.Length > 0 && text[0] != '#')
                {
                    yield return text;
                }
            }
        }
    }
}

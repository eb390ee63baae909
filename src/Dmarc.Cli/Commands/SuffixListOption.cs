using System.CommandLine;
using System.Globalization;
using Dmarc.Domains;

namespace Dmarc.Cli.Commands;

/// <summary>The option <c>--public-suffix-list</c>.</summary>
internal static class SuffixListOption
{
    public static Option<string?> Create() => new("--public-suffix-list") { Description = Strings.Cli_PublicSuffixList };

    /// <summary>Reads the list; null where no file was given.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static PublicSuffixList? Load(string? path)
    {
        try
        {
            return path is null ? null : PublicSuffixList.Load(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(string.Format(
                CultureInfo.InvariantCulture, Strings.Commands_PublicSuffixListUnreadable, path, exception.Message));
        }
    }
}

namespace Dmarc.Text;

/// <summary>The names of files and folders while they are written; the initial dot makes programs skip them.</summary>
internal static class TemporaryName
{
    private const string Ending = ".tmp";
    private const int IdentifierLength = 32;

    /// <summary>A unique name.</summary>
    public static string New() => "." + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) + Ending;

    /// <summary>True for a file that an export is writing and that no command should read.</summary>
    public static bool Is(string name) =>
        name.Length == 1 + IdentifierLength + Ending.Length
        && name[0] == '.'
        && name.EndsWith(Ending, StringComparison.Ordinal)
        && Guid.TryParseExact(name.Substring(1, IdentifierLength), "N", out _);
}

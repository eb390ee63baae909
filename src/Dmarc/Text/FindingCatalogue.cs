using System.Collections.Concurrent;

namespace Dmarc.Text;

/// <summary>
/// The texts of findings, from the files in <c>Catalogue/Findings</c>. An area's file is read when its first finding is
/// made. The build generates the fields of the <c>…Findings</c> classes from the same files.
/// </summary>
internal static class FindingCatalogue
{
    private const string Separator = " = ";

    /// <summary>The endings of names, for each language.</summary>
    private static readonly string[] Languages = ["", ".ja"];

    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> Areas = new(StringComparer.Ordinal);

    /// <summary>A text of a finding in the user's language, otherwise in English; empty if there is none.</summary>
    public static string Find(string area, string code, string key)
    {
        Dictionary<string, string> entries = Areas.GetOrAdd(area, Read);
        string name = code + "." + key;
        string language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return language != "en" && entries.TryGetValue(name + "." + language, out string? translated) ? translated
            : entries.TryGetValue(name, out string? english) ? english
            : "";
    }

    /// <summary>A text of a finding in all languages.</summary>
    public static IEnumerable<string> FindAll(string area, string code, string key)
    {
        Dictionary<string, string> entries = Areas.GetOrAdd(area, Read);
        return Languages.Select(language => entries.TryGetValue(code + "." + key + language, out string? text) ? text : "")
            .Where(text => text.Length > 0);
    }

    private static Dictionary<string, string> Read(string area)
    {
        using Stream stream = typeof(FindingCatalogue).Assembly.GetManifestResourceStream("Dmarc.Findings." + area + ".ini")
            ?? throw new InvalidOperationException("The catalogue of findings has no area '" + area + "'.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Read(reader);
    }

    /// <summary>The values of a file by name, such as <c>SpfVersionMissing.text.ja</c>.</summary>
    internal static Dictionary<string, string> Read(TextReader reader)
    {
        Dictionary<string, string> entries = new(StringComparer.Ordinal);
        string code = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] == '[')
            {
                code = line.Substring(1, line.Length - 2);
            }
            else if (line.IndexOf(Separator, StringComparison.Ordinal) is int at and > 0 && line[0] != '#')
            {
                entries[code + "." + line.Substring(0, at)] = line.Substring(at + Separator.Length);
            }
        }

        return entries;
    }
}

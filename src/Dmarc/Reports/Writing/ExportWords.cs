using Dmarc.Reports.Aggregate;

namespace Dmarc.Reports.Writing;

/// <summary>
/// The words for members of an enumeration in files: those of the report formats if they exist (<c>mfrom</c>,
/// <c>sampled_out</c>), in lower case.
/// </summary>
internal static class ExportWords<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words =
        typeof(T).GetEnumValues().Cast<T>().Distinct().ToDictionary(value => value, value => Word(value.ToString()));

    public static string Get(T value) => Words.TryGetValue(value, out string? word) ? word : "unknown";

    private static string Word(string name) => name switch
    {
        nameof(ReportedSpfScope.MailFrom) => "mfrom",
        nameof(ReportedDiscoveryMethod.PublicSuffixList) => "psl",
        nameof(ReportedDiscoveryMethod.TreeWalk) => "treewalk",
        _ => Snake(name),
    };

    private static string Snake(string name)
    {
        StringBuilder text = new();
        foreach (char character in name)
        {
            if (char.IsUpper(character) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}

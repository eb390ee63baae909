namespace Dmarc.Reports.Reading.Containers;

/// <summary>What the name and the media type of an attachment or entry promise.</summary>
internal static class ReportNames
{
    private static readonly string[] Endings = [".xml", ".gz", ".gzip", ".zip", ".xml_gz", ".tgz", ".msg"];

    private static readonly string[] MediaTypes =
    [
        "application/gzip", "application/x-gzip", "application/gzip-compressed", "application/x-gzip-compressed", "application/zip",
        "application/x-zip", "application/x-zip-compressed", "application/tlsrpt+gzip", "application/tlsrpt+json",
    ];

    /// <summary>What is to be expected of an attachment or entry.</summary>
    /// <param name="name">Its name; empty if it has none.</param>
    /// <param name="mediaType">Its media type; empty if it has none.</param>
    public static ExpectedContent Expect(string name, string mediaType)
    {
        string file = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1).TrimEnd();
        if (file.StartsWith("._", StringComparison.Ordinal))
        {
            // What macOS keeps beside a file in an archive.
            return ExpectedContent.Anything;
        }

        if (IsReportName(file))
        {
            return ExpectedContent.Report;
        }

        return Array.Exists(Endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || Array.IndexOf(MediaTypes, mediaType) >= 0
                ? ExpectedContent.Container
                : ExpectedContent.Anything;
    }

    /// <summary>True for receiver, domain, begin and end between exclamation marks (RFC 9990 §3.5.1, RFC 8460 §5.1).</summary>
    private static bool IsReportName(string file)
    {
        string[] parts = file.Split('!');
        return parts.Length >= 4 && parts[0].IndexOf('.') > 0 && IsNumber(parts[2]) && parts[3].Length > 0 && char.IsDigit(parts[3][0]);
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(character => character is >= '0' and <= '9');
}

namespace Dmarc.Standards.Dmarc;

/// <summary>The registered tags (RFC 9989 §9.3), and the detection of similar spellings.</summary>
internal static class DmarcTags
{
    public const string Version = "v";
    public const string Policy = "p";
    public const string SubdomainPolicy = "sp";
    public const string NonexistentSubdomainPolicy = "np";
    public const string PublicSuffixDomain = "psd";
    public const string Testing = "t";
    public const string DkimAlignment = "adkim";
    public const string SpfAlignment = "aspf";
    public const string AggregateReports = "rua";
    public const string FailureReports = "ruf";
    public const string FailureOptions = "fo";
    public const string Percentage = "pct";
    public const string ReportFormat = "rf";
    public const string ReportInterval = "ri";

    /// <summary>Every registered tag, the historic ones last.</summary>
    public static readonly string[] All =
    [
        Version, Policy, SubdomainPolicy, NonexistentSubdomainPolicy, AggregateReports, FailureReports, DkimAlignment, SpfAlignment,
        FailureOptions, Testing, PublicSuffixDomain, Percentage, ReportFormat, ReportInterval,
    ];

    /// <summary>True for a tag whose registry status is "historic" (RFC 9989 §9.3).</summary>
    public static bool IsHistoric(string name) => name is Percentage or ReportFormat or ReportInterval;

    /// <summary>The registered tag with this name, in any letter case; null if there is none.</summary>
    public static string? Find(ReadOnlySpan<char> text)
    {
        foreach (string name in All)
        {
            if (text.Equals(name.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>
    /// The registered tag that an unknown name probably means; null if none is near. One letter wrong, missing, extra
    /// or swapped with its neighbour counts as near, for names that are long enough.
    /// </summary>
    public static string? FindNear(string name)
    {
        if (name.Length < 2 || name.Length > 12)
        {
            return null;
        }

        string? nearest = name switch
        {
            "policy" => Policy,
            "subdomain" or "subpolicy" or "subdomainpolicy" => SubdomainPolicy,
            "dkim" => DkimAlignment,
            "spf" => SpfAlignment,
            "test" or "testing" => Testing,
            "percent" or "percentage" => Percentage,
            "version" => Version,
            _ => null,
        };
        if (nearest is not null)
        {
            return nearest;
        }

        int best = 2;
        foreach (string candidate in All)
        {
            // Two-letter names have too many neighbours: only a swap or an extra letter counts.
            int distance = EditDistance.Of(name.AsSpan(), candidate, 1);
            bool near = candidate.Length > 2
                ? distance == 1
                : candidate.Length == 2 && distance == 1 && (name.Length == 3 || IsSwap(name, candidate));
            if (near && distance < best)
            {
                best = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    private static bool IsSwap(string left, string right) =>
        left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0];
}

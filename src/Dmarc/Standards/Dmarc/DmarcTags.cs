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
        if (name.Length is < 2 or > 12)
        {
            return null;
        }

        return name switch
        {
            "policy" => Policy,
            "subdomain" or "subpolicy" or "subdomainpolicy" => SubdomainPolicy,
            "dkim" => DkimAlignment,
            "spf" => SpfAlignment,
            "test" or "testing" => Testing,
            "percent" or "percentage" => Percentage,
            "version" => Version,
            _ => Array.Find(All, IsNear),
        };

        // Two-letter names have too many neighbours: only a swap or an extra letter counts.
        bool IsNear(string candidate) =>
            candidate.Length > 1
            && EditDistance.Of(name.AsSpan(), candidate, 1) == 1
            && (candidate.Length > 2 || name.Length == 3 || (name[0] == candidate[1] && name[1] == candidate[0]));
    }
}

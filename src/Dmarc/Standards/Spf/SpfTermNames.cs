namespace Dmarc.Standards.Spf;

/// <summary>The names of terms, and common mistakes in them.</summary>
internal static class SpfTermNames
{
    private static readonly string[] Mechanisms = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];

    /// <summary>Misspellings in published records and the intended names.</summary>
    private static readonly Dictionary<string, string> Misspellings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ipv4"] = "ip4",
        ["ipv6"] = "ip6",
        ["ip"] = "ip4",
        ["ip5"] = "ip4",
        ["includ"] = "include",
        ["inlcude"] = "include",
        ["includes"] = "include",
        ["incude"] = "include",
        ["inculde"] = "include",
        ["aaaa"] = "a",
        ["exist"] = "exists",
        ["mxs"] = "mx",
        ["al"] = "all",
    };

    /// <summary>The mechanism with this name, in any letter case; null if there is none.</summary>
    public static SpfTermKind? FindMechanism(string text, int start, int end)
    {
        int length = end - start;
        for (int kind = 0; kind < Mechanisms.Length; kind++)
        {
            string name = Mechanisms[kind];
            if (name.Length == length && string.Compare(text, start, name, 0, length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return (SpfTermKind)kind;
            }
        }

        return null;
    }

    /// <summary>True for the name of a modifier that RFC 7208 defines.</summary>
    public static bool IsModifier(string name) =>
        name.Equals("redirect", StringComparison.OrdinalIgnoreCase) || name.Equals("exp", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a <c>name</c>: a letter, then letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public static bool IsModifierName(string text, int start, int end)
    {
        for (int index = start; index < end; index++)
        {
            char character = text[index];
            bool letter = character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
            if (!letter && (index == start || character is not ((>= '0' and <= '9') or '-' or '_' or '.')))
            {
                return false;
            }
        }

        return end > start;
    }

    /// <summary>The mechanism that a misspelt name means; null if that is unclear.</summary>
    public static string? FindMeant(string name)
    {
        if (Misspellings.TryGetValue(name, out string? meant))
        {
            return meant;
        }

        if (name.Length < 3 || name.Length > 10)
        {
            return null;
        }

        foreach (string mechanism in Mechanisms)
        {
            if (mechanism.Length > 3 && EditDistance.Of(name.AsSpan(), mechanism, 1) <= 1)
            {
                return mechanism;
            }
        }

        return name.StartsWith("all", StringComparison.OrdinalIgnoreCase) ? "all" : null;
    }

    /// <summary>True for a misspelling of <c>redirect</c>.</summary>
    public static bool IsMisspeltRedirect(string name) => name.Length <= 10 && EditDistance.Of(name.AsSpan(), "redirect", 1) <= 1;
}

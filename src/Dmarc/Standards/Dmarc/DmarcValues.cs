namespace Dmarc.Standards.Dmarc;

/// <summary>Reads the values of the tags. Absent and faulty values become the default (RFC 9989 §4.8).</summary>
internal static class DmarcValues
{
    private static readonly (string Word, DmarcPolicy Value)[] Policies =
        [("none", DmarcPolicy.None), ("quarantine", DmarcPolicy.Quarantine), ("reject", DmarcPolicy.Reject)];

    private static readonly (string Word, PublicSuffixDomain Value)[] PublicSuffixDomains =
        [("y", PublicSuffixDomain.Yes), ("n", PublicSuffixDomain.No), ("u", PublicSuffixDomain.Unknown)];

    private static readonly (string Word, bool Value)[] Truths = [("y", true), ("n", false)];

    private static readonly (string Word, AlignmentMode Value)[] Modes =
        [("r", AlignmentMode.Relaxed), ("s", AlignmentMode.Strict)];

    public static DmarcPolicy? ReadPolicy(in DmarcTag? tag, FindingCollector findings)
    {
        if (tag is not { } present)
        {
            return null;
        }

        if (TryFind(present, Policies, out DmarcPolicy policy))
        {
            return policy;
        }

        findings.Add(DmarcFindings.PolicyInvalid, present.ValuePosition, present.Name, present.Value);
        return null;
    }

    public static PublicSuffixDomain ReadPublicSuffixDomain(in DmarcTag? tag, FindingCollector findings) =>
        ReadWord(tag, PublicSuffixDomains, findings);

    public static bool ReadTesting(in DmarcTag? tag, FindingCollector findings) => ReadWord(tag, Truths, findings);

    public static AlignmentMode ReadAlignment(in DmarcTag? tag, FindingCollector findings) =>
        ReadWord(tag, Modes, findings);

    /// <summary>Each letter at most once, and not both of 0 and 1 (RFC 9989 §4.8, <c>dmarc-fo</c>).</summary>
    public static FailureReportOptions ReadFailureOptions(in DmarcTag? tag, FindingCollector findings)
    {
        if (tag is not { } present)
        {
            return FailureReportOptions.AllFail;
        }

        FailureReportOptions options = FailureReportOptions.None;
        string value = present.Value!;
        bool valid = value.Length % 2 == 1;
        for (int index = 0; index < value.Length && valid; index++)
        {
            if (index % 2 == 1)
            {
                valid = value[index] == ':';
                continue;
            }

            FailureReportOptions option = ToFailureOption(value[index]);
            valid = option != FailureReportOptions.None && (options & option) == 0;
            options |= option;
        }

        const FailureReportOptions Both = FailureReportOptions.AllFail | FailureReportOptions.AnyFail;
        if (valid && (options & Both) != Both)
        {
            return options;
        }

        Invalid(present, "0, 1, d, s, 1:d:s", "0", findings);
        return FailureReportOptions.AllFail;
    }

    /// <summary>The option for a letter of fo; none for any other character.</summary>
    public static FailureReportOptions ToFailureOption(char letter) => letter switch
    {
        '0' => FailureReportOptions.AllFail,
        '1' => FailureReportOptions.AnyFail,
        'd' or 'D' => FailureReportOptions.Dkim,
        's' or 'S' => FailureReportOptions.Spf,
        _ => FailureReportOptions.None,
    };

    /// <summary>A number up to a maximum.</summary>
    public static uint ReadNumber(in DmarcTag? tag, uint maximum, uint usual, FindingCollector findings)
    {
        if (tag is not { } present)
        {
            return usual;
        }

        if (uint.TryParse(present.Value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            && number <= maximum)
        {
            return number;
        }

        string fallback = usual.ToString(CultureInfo.InvariantCulture);
        Invalid(present, "0 … " + maximum.ToString(CultureInfo.InvariantCulture), fallback, findings);
        return usual;
    }

    /// <summary>The value of a word; the word for the default value of the type is the default.</summary>
    private static T ReadWord<T>(in DmarcTag? tag, (string Word, T Value)[] words, FindingCollector findings)
        where T : struct
    {
        if (tag is not { } present)
        {
            return default;
        }

        if (TryFind(present, words, out T value))
        {
            return value;
        }

        string allowed = string.Join(", ", words.Select(each => each.Word));
        Invalid(present, allowed, Array.Find(words, each => each.Value.Equals(default(T))).Word, findings);
        return default;
    }

    private static bool TryFind<T>(in DmarcTag tag, (string Word, T Value)[] words, out T value)
        where T : struct
    {
        foreach ((string word, T meaning) in words)
        {
            if (string.Equals(tag.Value, word, StringComparison.OrdinalIgnoreCase))
            {
                value = meaning;
                return true;
            }
        }

        value = default;
        return false;
    }

    private static void Invalid(in DmarcTag tag, string allowed, string fallback, FindingCollector findings) =>
        findings.Add(DmarcFindings.ValueInvalid, tag.ValuePosition, tag.Name, tag.Value, allowed, fallback);
}

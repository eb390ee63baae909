namespace Dmarc.Standards.Dmarc;

/// <summary>Reads the values of the tags. Absent and faulty values become the default (RFC 9989 §4.8).</summary>
internal static class DmarcValues
{
    public static DmarcPolicy? ReadPolicy(in DmarcTag? tag, FindingCollector findings)
    {
        if (tag is not { } present)
        {
            return null;
        }

        if (Is(present, "none"))
        {
            return DmarcPolicy.None;
        }

        if (Is(present, "quarantine"))
        {
            return DmarcPolicy.Quarantine;
        }

        if (Is(present, "reject"))
        {
            return DmarcPolicy.Reject;
        }

        findings.Add(DmarcFindings.PolicyInvalid, present.ValuePosition, present.Name, present.Value);
        return null;
    }

    public static PublicSuffixDomain ReadPublicSuffixDomain(in DmarcTag? tag, FindingCollector findings)
    {
        if (tag is not { } present || Is(present, "u"))
        {
            return PublicSuffixDomain.Unknown;
        }

        if (Is(present, "y"))
        {
            return PublicSuffixDomain.Yes;
        }

        if (Is(present, "n"))
        {
            return PublicSuffixDomain.No;
        }

        Invalid(present, "y, n, u", "u", findings);
        return PublicSuffixDomain.Unknown;
    }

    public static bool ReadTesting(in DmarcTag? tag, FindingCollector findings)
    {
        if (tag is not { } present || Is(present, "n"))
        {
            return false;
        }

        if (Is(present, "y"))
        {
            return true;
        }

        Invalid(present, "y, n", "n", findings);
        return false;
    }

    public static AlignmentMode ReadAlignment(in DmarcTag? tag, FindingCollector findings)
    {
        if (tag is not { } present || Is(present, "r"))
        {
            return AlignmentMode.Relaxed;
        }

        if (Is(present, "s"))
        {
            return AlignmentMode.Strict;
        }

        Invalid(present, "r, s", "r", findings);
        return AlignmentMode.Relaxed;
    }

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

            FailureReportOptions option = value[index] switch
            {
                '0' => FailureReportOptions.AllFail,
                '1' => FailureReportOptions.AnyFail,
                'd' or 'D' => FailureReportOptions.Dkim,
                's' or 'S' => FailureReportOptions.Spf,
                _ => FailureReportOptions.None,
            };
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

    public static int ReadPercentage(in DmarcTag? tag, FindingCollector findings)
    {
        if (tag is not { } present)
        {
            return 100;
        }

        if (int.TryParse(present.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int percentage) && percentage <= 100)
        {
            return percentage;
        }

        Invalid(present, "0 … 100", "100", findings);
        return 100;
    }

    public static uint ReadInterval(in DmarcTag? tag, FindingCollector findings)
    {
        const uint Day = 86400;
        if (tag is not { } present)
        {
            return Day;
        }

        if (uint.TryParse(present.Value, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
        {
            return seconds;
        }

        Invalid(present, "0 … 4294967295", "86400", findings);
        return Day;
    }

    private static bool Is(in DmarcTag tag, string keyword) => string.Equals(tag.Value, keyword, StringComparison.OrdinalIgnoreCase);

    private static void Invalid(in DmarcTag tag, string allowed, string fallback, FindingCollector findings) =>
        findings.Add(DmarcFindings.ValueInvalid, tag.ValuePosition, tag.Name, tag.Value, allowed, fallback);
}

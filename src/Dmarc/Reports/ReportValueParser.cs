using System.Globalization;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards;
using Dmarc.Text;
using static Dmarc.Text.Keyword;

namespace Dmarc.Reports;

/// <summary>
/// Maps the words of reports to the closed sets of the standards. Case does not count (reporters write <c>Pass</c>); any
/// other word is <c>Unknown</c> with its text.
/// </summary>
internal static class ReportValueParser
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // The last second of the year 2999.
    private const decimal LastSecond = 32503679999m;

    /// <summary>True for a number that is one of milliseconds or less, because as seconds it would be far in the future.</summary>
    public static bool IsFinerThanSeconds(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number > LastSecond;

    public static WrittenValue<ReportedDisposition> Disposition(string text) => WrittenValue.Word(
        Is(text, "none") ? ReportedDisposition.None
        : Is(text, "quarantine") ? ReportedDisposition.Quarantine
        : Is(text, "reject") ? ReportedDisposition.Reject
        : Is(text, "pass") ? ReportedDisposition.Pass
        : ReportedDisposition.Unknown,
        text);

    public static WrittenValue<ReportedOutcome> Outcome(string text) => WrittenValue.Word(
        Is(text, "pass") ? ReportedOutcome.Pass : Is(text, "fail") ? ReportedOutcome.Fail : ReportedOutcome.Unknown,
        text);

    /// <summary>The result of a signature; of DKIM there is no soft fail.</summary>
    public static WrittenValue<AuthenticationResult> DkimResult(string text)
    {
        AuthenticationResult result = AuthenticationResultWords.Read(text);
        return WrittenValue.Word(result == AuthenticationResult.SoftFail ? AuthenticationResult.Unknown : result, text);
    }

    public static WrittenValue<AuthenticationResult> SpfResult(string text) => WrittenValue.Word(AuthenticationResultWords.Read(text), text);

    public static WrittenValue<ReportedSpfScope?> Scope(string text) => WrittenValue.Word<ReportedSpfScope>(
        text.Length == 0 ? null
        : Is(text, "mfrom") ? ReportedSpfScope.MailFrom
        : Is(text, "helo") ? ReportedSpfScope.Helo
        : ReportedSpfScope.Unknown,
        text);

    public static WrittenValue<OverrideReasonType> ReasonType(string text) => WrittenValue.Word(
        Is(text, "local_policy") ? OverrideReasonType.LocalPolicy
        : Is(text, "mailing_list") ? OverrideReasonType.MailingList
        : Is(text, "other") ? OverrideReasonType.Other
        : Is(text, "policy_test_mode") ? OverrideReasonType.PolicyTestMode
        : Is(text, "trusted_forwarder") ? OverrideReasonType.TrustedForwarder
        : Is(text, "forwarded") ? OverrideReasonType.Forwarded
        : Is(text, "sampled_out") ? OverrideReasonType.SampledOut
        : OverrideReasonType.Unknown,
        text);

    public static WrittenValue<ReportedPolicy?> Policy(string text) => WrittenValue.Word<ReportedPolicy>(
        text.Length == 0 ? null
        : Is(text, "none") ? ReportedPolicy.None
        : Is(text, "quarantine") ? ReportedPolicy.Quarantine
        : Is(text, "reject") ? ReportedPolicy.Reject
        : ReportedPolicy.Unknown,
        text);

    public static WrittenValue<ReportedAlignmentMode?> AlignmentMode(string text) => WrittenValue.Word<ReportedAlignmentMode>(
        text.Length == 0 ? null
        : Is(text, "r") ? ReportedAlignmentMode.Relaxed
        : Is(text, "s") ? ReportedAlignmentMode.Strict
        : ReportedAlignmentMode.Unknown,
        text);

    public static WrittenValue<ReportedDiscoveryMethod?> DiscoveryMethod(string text) => WrittenValue.Word<ReportedDiscoveryMethod>(
        text.Length == 0 ? null
        : Is(text, "psl") ? ReportedDiscoveryMethod.PublicSuffixList
        : Is(text, "treewalk") ? ReportedDiscoveryMethod.TreeWalk
        : ReportedDiscoveryMethod.Unknown,
        text);

    public static WrittenValue<bool?> Testing(string text) => WrittenValue.Optional<bool>(
        Is(text, "y") ? true : Is(text, "n") ? false : null,
        text);

    public static WrittenValue<int?> Percentage(string text) => WrittenValue.Optional<int>(
        int.TryParse(text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= 100 ? value : null,
        text);

    /// <summary>
    /// Reads a number of messages: digits, or a number without a fraction such as <c>12.0</c>. <c>1.000</c> may be a thousand, so it is none.
    /// </summary>
    public static bool TryCount(ReadOnlySpan<char> text, out long count)
    {
        count = 0;
        if (text.IsEmpty || text.Length > 19)
        {
            return false;
        }

        foreach (char character in text)
        {
            if (character is < '0' or > '9')
            {
                return TryWholeNumber(text, out count);
            }

            ulong next = ((ulong)count * 10) + (uint)(character - '0');
            if (next > long.MaxValue)
            {
                count = 0;
                return false;
            }

            count = (long)next;
        }

        return true;
    }

    /// <summary>
    /// Reads a time: seconds since 1970 (with a fraction, too), or a date and time of ISO 8601. A number too large for seconds of
    /// the next thousand years is one of milliseconds, microseconds or nanoseconds.
    /// </summary>
    public static WrittenValue<DateTime?> Time(string text) => WrittenValue.Optional(ReadTime(text), text);

    private static DateTime? ReadTime(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds))
        {
            while (seconds > LastSecond)
            {
                if (seconds > LastSecond * 1_000_000_000)
                {
                    return null;
                }

                seconds /= 1000;
            }

            return Epoch.AddSeconds((double)decimal.Floor(seconds));
        }

        return text.IndexOf('-') == 4
            && DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTime time)
            ? time
            : null;
    }

    private static bool TryWholeNumber(ReadOnlySpan<char> text, out long count)
    {
        count = 0;
        if (!decimal.TryParse(text.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || number != decimal.Truncate(number)
            || text.Length - text.IndexOf('.') == 4)
        {
            return false;
        }

        count = (long)number;
        return true;
    }
}

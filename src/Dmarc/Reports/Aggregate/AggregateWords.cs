using Dmarc.Standards;
using static Dmarc.Text.Keyword;

namespace Dmarc.Reports.Aggregate;

/// <summary>
/// Maps the words of aggregate reports to the closed sets of the standards. Letter case is ignored (reporters write
/// <c>Pass</c>); any other word is <c>Unknown</c> with its text.
/// </summary>
internal static class AggregateWords
{
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

    /// <summary>
    /// Whether an outcome is a pass; null if not reported. The results of SPF and DKIM themselves, which some reporters
    /// write there, are known: only <c>pass</c> is a pass.
    /// </summary>
    public static bool? IsPass(WrittenValue<ReportedOutcome> outcome) =>
        outcome.Value != ReportedOutcome.Unknown ? outcome.Value == ReportedOutcome.Pass
        : AuthenticationResultWords.Read(outcome.Text) == AuthenticationResult.Unknown ? null
        : false;

    /// <summary>The result of a signature; DKIM has no soft fail.</summary>
    public static WrittenValue<AuthenticationResult> DkimResult(string text)
    {
        AuthenticationResult result = AuthenticationResultWords.Read(text);
        return WrittenValue.Word(result == AuthenticationResult.SoftFail ? AuthenticationResult.Unknown : result, text);
    }

    public static WrittenValue<AuthenticationResult> SpfResult(string text) =>
        WrittenValue.Word(AuthenticationResultWords.Read(text), text);

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
}

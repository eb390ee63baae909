using Dmarc.Standards;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Messages;

/// <summary>The results of the protocols in the one vocabulary that DMARC evaluates.</summary>
internal static class Outcomes
{
    public static IdentifierResult ToIdentifierResult(this SpfOutcome outcome) => outcome switch
    {
        SpfOutcome.Pass => IdentifierResult.Pass,
        SpfOutcome.Fail => IdentifierResult.Fail,
        SpfOutcome.SoftFail => IdentifierResult.SoftFail,
        SpfOutcome.Neutral => IdentifierResult.Neutral,
        SpfOutcome.TempError => IdentifierResult.TempError,
        SpfOutcome.PermError => IdentifierResult.PermError,
        _ => IdentifierResult.None,
    };

    public static IdentifierResult ToIdentifierResult(this DkimResult result) => result switch
    {
        DkimResult.Pass => IdentifierResult.Pass,
        DkimResult.Fail => IdentifierResult.Fail,
        DkimResult.Policy => IdentifierResult.Policy,
        DkimResult.Neutral => IdentifierResult.Neutral,
        DkimResult.TempError => IdentifierResult.TempError,
        DkimResult.PermError => IdentifierResult.PermError,
        _ => IdentifierResult.None,
    };

    /// <summary>What a receiver wrote; null if that is no result of a check.</summary>
    public static IdentifierResult? ToIdentifierResult(this AuthenticationResult outcome) =>
        outcome.StandardOrNull() is { } result ? (IdentifierResult)(result - AuthenticationResult.None) : null;

    /// <summary>The word of RFC 8601 §2.7 for a result.</summary>
    public static string ToWord(this IdentifierResult result) => result switch
    {
        IdentifierResult.Pass => "pass",
        IdentifierResult.Fail => "fail",
        IdentifierResult.SoftFail => "softfail",
        IdentifierResult.Neutral => "neutral",
        IdentifierResult.Policy => "policy",
        IdentifierResult.TempError => "temperror",
        IdentifierResult.PermError => "permerror",
        _ => "none",
    };
}

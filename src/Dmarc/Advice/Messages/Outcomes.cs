using Dmarc.Standards;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Messages;

/// <summary>The results of the protocols in the one vocabulary that DMARC evaluates.</summary>
internal static class Outcomes
{
    public static AuthenticationResult ToIdentifierResult(this SpfOutcome outcome) => outcome switch
    {
        SpfOutcome.Pass => AuthenticationResult.Pass,
        SpfOutcome.Fail => AuthenticationResult.Fail,
        SpfOutcome.SoftFail => AuthenticationResult.SoftFail,
        SpfOutcome.Neutral => AuthenticationResult.Neutral,
        SpfOutcome.TempError => AuthenticationResult.TempError,
        SpfOutcome.PermError => AuthenticationResult.PermError,
        _ => AuthenticationResult.None,
    };

    public static AuthenticationResult ToIdentifierResult(this DkimResult result) => result switch
    {
        DkimResult.Pass => AuthenticationResult.Pass,
        DkimResult.Fail => AuthenticationResult.Fail,
        DkimResult.Policy => AuthenticationResult.Policy,
        DkimResult.Neutral => AuthenticationResult.Neutral,
        DkimResult.TempError => AuthenticationResult.TempError,
        DkimResult.PermError => AuthenticationResult.PermError,
        _ => AuthenticationResult.None,
    };
}

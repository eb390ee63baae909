using Dmarc.Standards;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Messages;

/// <summary>The results of the protocols in the one vocabulary that DMARC evaluates.</summary>
internal static class Outcomes
{
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

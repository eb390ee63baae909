using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>Combines the receiver's DMARC statements and action into one verdict.</summary>
internal static class ReceiverReader
{
    public static ReceiverVerdict? Read(ReceiverHeaders headers)
    {
        MethodResult? dmarc = headers.Find(AuthenticationMethod.Dmarc);
        MethodResult? composite = headers.Find(AuthenticationMethod.CompAuth);
        string action = DescribeAction(dmarc, composite, headers.Forefront);
        return dmarc is null && composite is null && action.Length == 0 && headers.Results.Count == 0 ? null : new ReceiverVerdict
        {
            Server = headers.Server,
            IsTrusted = headers.IsTrusted,
            Dmarc = dmarc?.Outcome,
            Handling = dmarc?.Handling is { } handling && handling.ToString().Length > 0 ? handling : null,
            Composite = composite,
            Action = action,
        };
    }

    private static string DescribeAction(MethodResult? dmarc, MethodResult? composite, ForefrontAntispamReport? forefront)
    {
        DmarcHandling? handling = dmarc?.Handling;
        string[] verdicts = [.. new[] { forefront?.CategoryDescription, forefront?.FilterVerdictDescription }.OfType<string>().Distinct()];
        return Sentences.Join(
            handling?.Disposition is { } disposition
                ? Sentences.Fill(Strings.Align_ReceiverApplied, disposition.ToKeyword())
                : null,
            Describe(handling?.Action),
            composite?.CompositeReason is { } reason
                ? Sentences.Fill(Strings.Align_Composite, composite.WrittenOutcome, reason)
                : null,
            verdicts.Length > 0 ? Sentences.Fill(Strings.Align_Verdict, Sentences.Join(verdicts)) : null);
    }

    private static string? Describe(MicrosoftDmarcAction? action) => action switch
    {
        MicrosoftDmarcAction.None => Strings.Align_ActionNone,
        MicrosoftDmarcAction.OverriddenReject => Strings.Align_ActionOverriddenReject,
        MicrosoftDmarcAction.OverriddenQuarantine => Strings.Align_ActionOverriddenQuarantine,
        MicrosoftDmarcAction.PercentageQuarantine or MicrosoftDmarcAction.PercentageReject => Strings.Align_ActionPercentage,
        MicrosoftDmarcAction.Quarantine => Strings.Align_ActionQuarantine,
        MicrosoftDmarcAction.Reject => Strings.Align_ActionReject,
        MicrosoftDmarcAction.PermError or MicrosoftDmarcAction.TempError => Strings.Align_ActionError,
        _ => null,
    };
}

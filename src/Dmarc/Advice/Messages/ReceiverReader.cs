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
        List<string> parts = [];
        if (dmarc?.Handling is { } handling)
        {
            if (handling.Disposition is { } disposition)
            {
                parts.Add(Sentences.Fill(Strings.Align_ReceiverApplied, disposition.ToKeyword()));
            }

            Add(parts, Describe(handling.Action));
        }

        if (composite?.CompositeReason is { } reason)
        {
            parts.Add(Sentences.Fill(Strings.Align_Composite, composite.WrittenOutcome, reason));
        }

        string[] verdicts = [.. new[] { forefront?.CategoryDescription, forefront?.FilterVerdictDescription }.OfType<string>().Distinct()];
        if (verdicts.Length > 0)
        {
            parts.Add(Sentences.Fill(Strings.Align_Verdict, Sentences.Join(verdicts)));
        }

        return Sentences.Join([.. parts]);
    }

    private static void Add(List<string> parts, string? sentence)
    {
        if (!string.IsNullOrEmpty(sentence))
        {
            parts.Add(sentence!);
        }
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

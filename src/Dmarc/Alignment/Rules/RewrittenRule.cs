using Dmarc.Advice.Messages;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>The author's signature broke, and there is a mailing list, a forwarder or a gateway that changed the message.</summary>
internal sealed class RewrittenRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        DkimEvidence? broken = assessment.AuthorSignatures.FirstOrDefault(signature => signature.IsBroken);
        if (!assessment.Fails || broken is null || (assessment.Intermediary is null && !broken.HasAddedText))
        {
            yield break;
        }

        string who = assessment.Intermediary ?? Strings.Align_AGateway;
        yield return new(
            AlignmentCause.Rewritten,
            assessment.Traits.List is null ? Strings.Align_WhyRewritten : Strings.Align_WhyRewrittenByList,
            AlignmentFindings.Rewritten.Create(broken.DomainText, What(broken), who));
        if (assessment.Arc is { Result: AuthenticationOutcome.Pass, Sealers.Count: > 0 } arc && assessment.PassedBefore(AuthenticationMethod.Dkim))
        {
            yield return new(
                AlignmentCause.Rewritten,
                Strings.Align_WhyRewritten,
                AlignmentFindings.ArcVouches.Create(arc.Sealers[0]));
        }
    }

    private static string What(DkimEvidence broken) =>
        broken.Problem == DkimProblem.BodyChanged ? Strings.Align_TheBody
        : broken.ChangedHeader.Length > 0 ? Sentences.Fill(Strings.Align_TheField, broken.ChangedHeader)
        : Strings.Align_AField;
}

using Dmarc.Advice.Messages;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>
/// The message was forwarded: the receiver sees the forwarder's address, so SPF of the author cannot pass. A signature
/// of the author survives that, and is what should carry the message.
/// </summary>
internal sealed class ForwardedRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Passes
            && assessment.IsDkimAligned
            && assessment.Intermediary is null
            && assessment.Message is not null
            && assessment.Spf.Result is IdentifierResult.Fail or IdentifierResult.SoftFail
            && assessment.IsOfAuthor(assessment.Spf.Domain))
        {
            yield return new(
                AlignmentCause.Forwarded,
                Strings.Align_WhyForwardedOrNotListed,
                AlignmentFindings.ForwardedOrNotListed.Create(assessment.Spf.Address?.ToString() ?? Strings.Align_AnUnknownAddress, assessment.Spf.Domain));
            yield break;
        }

        if (assessment.IsSpfAligned
            || assessment.Traits.List is not null
            || assessment.Spf.Result is null
            || (assessment.Forwarding is null && !assessment.PassedBefore(AuthenticationMethod.Spf)))
        {
            yield break;
        }

        string how = assessment.Intermediary ?? Strings.Align_AForwarder;
        if (assessment.Passes)
        {
            Finding survived = AlignmentFindings.ForwardedWithDkim.Create(how);
            yield return new(AlignmentCause.Forwarded, Strings.Align_WhyForwardedPass, survived);
        }
        else if (assessment.Fails)
        {
            yield return new(
                AlignmentCause.Forwarded,
                Strings.Align_WhyForwarded,
                AlignmentFindings.Forwarded.Create(how, assessment.Author.Domain));
        }
    }
}

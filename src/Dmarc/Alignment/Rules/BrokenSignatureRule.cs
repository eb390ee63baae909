using Dmarc.Policy;

namespace Dmarc.Alignment.Rules;

/// <summary>The author's signature does not match the message, and nothing tells who changed it.</summary>
internal sealed class BrokenSignatureRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Passes)
        {
            yield break;
        }

        if (assessment.Intermediary is null
            && assessment.AuthorSignatures.FirstOrDefault(signature => signature is { IsBroken: true, HasAddedText: false }) is { } broken)
        {
            yield return new(
                AlignmentCause.SignatureBroken,
                broken.Problem == DkimProblem.BodyChanged ? Strings.Align_WhyBodyChanged : Strings.Align_WhyHeaderChanged,
                AlignmentFindings.SignatureBroken.Create(broken.DomainText, broken.Selector, broken.Reason));
        }
        else if (assessment.AuthorSignatures.FirstOrDefault(IsInvalid) is { } invalid)
        {
            yield return new(
                AlignmentCause.SignatureBroken,
                Sentences.Fill(Strings.Align_WhySignatureInvalid, invalid.Result!.Value.ToWord()),
                AlignmentFindings.SignatureInvalid.Create(invalid.DomainText, invalid.Result.Value.ToWord(), invalid.Reason));
        }
    }

    /// <summary>Not passed for a reason that is not known, or that lies in how the signature was made.</summary>
    private static bool IsInvalid(DkimEvidence signature) =>
        signature.Problem is DkimProblem.None or DkimProblem.Unreadable or DkimProblem.Other
        && signature.Result is not null and not IdentifierResult.Pass and not IdentifierResult.TempError;
}

namespace Dmarc.Alignment.Rules;

/// <summary>The author's signature does not match the message, and nothing tells who changed it.</summary>
internal sealed class BrokenSignatureRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Passes
            || assessment.Intermediary is not null
            || assessment.AuthorSignatures.FirstOrDefault(signature => signature is { IsBroken: true, HasAddedText: false }) is not { } broken)
        {
            yield break;
        }

        yield return new(
            AlignmentCause.SignatureBroken,
            broken.Problem == DkimProblem.BodyChanged ? Strings.Align_WhyBodyChanged : Strings.Align_WhyHeaderChanged,
            AlignmentFindings.SignatureBroken.Create(broken.DomainText, broken.Selector, broken.Reason));
    }
}

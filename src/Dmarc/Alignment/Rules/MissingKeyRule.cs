using Dmarc.Advice.Messages;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>The author's domain signed, but there is no key at the selector, or none that can be used.</summary>
internal sealed class MissingKeyRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Passes)
        {
            yield break;
        }

        if (assessment.AuthorSignatures.FirstOrDefault(one => one.Problem == DkimProblem.KeyMissing) is { } missing)
        {
            yield return new(
                AlignmentCause.KeyMissing,
                Sentences.Fill(Strings.Align_WhyKeyMissing, missing.Selector),
                AlignmentFindings.KeyMissing.Create(missing.DomainText, missing.Selector));
        }

        if (assessment.AuthorSignatures.FirstOrDefault(one => one.Problem == DkimProblem.KeyUnusable) is { } unusable)
        {
            yield return new(
                AlignmentCause.KeyMissing,
                Sentences.Fill(Strings.Align_WhyKeyUnusable, unusable.Selector),
                AlignmentFindings.KeyUnusable.Create(unusable.DomainText, unusable.Selector, unusable.Reason));
        }
    }
}

using Dmarc.Advice.Messages;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>
/// The author's domain did not sign. On a fail that is a cause; on a pass by SPF alone it is the reason why the next
/// forwarding will end in a fail.
/// </summary>
internal sealed class NoDkimRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.AuthorSignatures.Any())
        {
            yield break;
        }

        if (assessment.Passes && assessment.Message is not null)
        {
            yield return new(AlignmentCause.None, "", AlignmentFindings.SpfAlone.Create(assessment.Author.Domain));
        }
        else if (assessment.Fails && (assessment.Message is null || assessment.Dkim.Count > 0 || assessment.Spf.Passes || assessment.IsOfAuthor(assessment.Spf.Domain)))
        {
            yield return new(
                AlignmentCause.NoDkim,
                assessment.Dkim.Count == 0 ? Strings.Align_WhyNoDkim : Sentences.Fill(Strings.Align_WhyNoAuthorDkim, assessment.Author.Domain),
                AlignmentFindings.NoDkim.Create(assessment.Author.Domain));
        }
    }
}

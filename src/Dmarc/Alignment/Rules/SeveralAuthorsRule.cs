using Dmarc.Advice.Messages;

namespace Dmarc.Alignment.Rules;

/// <summary>Several From fields, or several domains in one: which one would count is not defined (RFC 9989 §4.4, §5.3.1, §11.5).</summary>
internal sealed class SeveralAuthorsRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Author.Problem == AuthorProblem.SeveralFields)
        {
            yield return new(
                AlignmentCause.SeveralAuthorDomains,
                Strings.Align_WhySeveralFrom,
                AlignmentFindings.SeveralFromFields.Create(assessment.Author.Text));
        }
        else if (assessment.Author.Problem == AuthorProblem.SeveralDomains)
        {
            yield return new(
                AlignmentCause.SeveralAuthorDomains,
                Strings.Align_WhySeveralDomains,
                AlignmentFindings.SeveralAuthorDomains.Create(assessment.Author.Text));
        }
    }
}

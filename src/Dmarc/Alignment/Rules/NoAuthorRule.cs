using Dmarc.Advice.Messages;

namespace Dmarc.Alignment.Rules;

/// <summary>No From field, or none with a domain: there is nothing that DMARC could look at (RFC 9989 §5.3.1).</summary>
internal sealed class NoAuthorRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Author.Problem == AuthorProblem.NoField)
        {
            yield return new(AlignmentCause.NoAuthorDomain, Strings.Align_WhyNoFrom, AlignmentFindings.NoFrom.Create());
        }
        else if (assessment.Author.Problem == AuthorProblem.NoDomain)
        {
            yield return new(
                AlignmentCause.NoAuthorDomain,
                Strings.Align_WhyNoAuthorDomain,
                AlignmentFindings.NoAuthorDomain.Create(assessment.Author.Text));
        }
    }
}

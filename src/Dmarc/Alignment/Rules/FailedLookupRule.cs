using Dmarc.Advice.Messages;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>A look-up that decides failed: neither pass nor fail can be said (RFC 9989 §5.3.6).</summary>
internal sealed class FailedLookupRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment is { Result: DmarcResult.TempError, Evaluation: { } evaluation })
        {
            (string name, string status) = Find(assessment, evaluation);
            yield return new(
                AlignmentCause.LookupFailed,
                Sentences.Fill(Strings.Align_WhyLookupFailed, name),
                AlignmentFindings.LookupFailed.Create(name, status));
        }
    }

    private static (string Name, string Status) Find(Assessment assessment, DmarcEvaluation evaluation)
    {
        bool recordUnknown = evaluation.Discovery.Status.IsDnsFailure() || evaluation.Discovery.IsOrganizationalDomainUncertain;
        if (recordUnknown && evaluation.Discovery.Walk.FirstOrDefault(step => !step.Status.IsAnswer()) is { } failed)
        {
            return (failed.QueryName, failed.Status.ToString());
        }

        return assessment.AuthorSignatures.FirstOrDefault(signature => signature.Result == IdentifierResult.TempError) is { } signature
            ? (signature.Selector + "._domainkey." + signature.DomainText, "DKIM temperror")
            : assessment.Spf.Result == IdentifierResult.TempError
                ? (assessment.Spf.Domain?.ToString() ?? evaluation.AuthorDomain.ToString(), "SPF temperror")
                : (evaluation.AuthorDomain.ToString(), evaluation.Discovery.Status.ToString());
    }
}

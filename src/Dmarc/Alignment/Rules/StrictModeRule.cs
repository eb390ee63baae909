using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>An identifier of the same organisation passes, and only adkim=s or aspf=s keeps it from counting.</summary>
internal sealed class StrictModeRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (!assessment.Fails || assessment.Evaluation is not { } evaluation)
        {
            yield break;
        }

        foreach (IdentifierAlignment? alignment in assessment.DkimAlignments)
        {
            if (alignment is { Reason: AlignmentReason.StrictMode })
            {
                yield return new(
                    AlignmentCause.StrictMode,
                    Sentences.Fill(Strings.Align_WhyStrict, "adkim=s", alignment.Identifier.Domain),
                    AlignmentFindings.StrictDkim.Create(alignment.Identifier.Domain, evaluation.AuthorDomain, evaluation.PolicyDomain));
                break;
            }
        }

        if (assessment.SpfAlignment is { Reason: AlignmentReason.StrictMode } spf)
        {
            yield return new(
                AlignmentCause.StrictMode,
                Sentences.Fill(Strings.Align_WhyStrict, "aspf=s", spf.Identifier.Domain),
                AlignmentFindings.StrictSpf.Create(spf.Identifier.Domain, evaluation.AuthorDomain, evaluation.PolicyDomain));
        }
    }
}

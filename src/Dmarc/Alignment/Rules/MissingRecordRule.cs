using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Alignment.Rules;

/// <summary>No DMARC record applies, so nothing protects the author's domain.</summary>
internal sealed class MissingRecordRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment is not { Result: DmarcResult.None, Evaluation: { } evaluation })
        {
            yield break;
        }

        bool unusable = evaluation.Discovery.Status is DmarcRecordStatus.Invalid or DmarcRecordStatus.Multiple;
        yield return unusable
            ? new(
                AlignmentCause.NoRecord,
                Strings.Align_WhyRecordUnusable,
                AlignmentFindings.RecordUnusable.Create(evaluation.Discovery.RecordDomain ?? evaluation.AuthorDomain, evaluation.Discovery.Status))
            : new(
                AlignmentCause.NoRecord,
                Strings.Align_WhyNoRecord,
                AlignmentFindings.NoRecord.Create(evaluation.AuthorDomain, evaluation.OrganizationalDomain ?? evaluation.AuthorDomain));
    }
}

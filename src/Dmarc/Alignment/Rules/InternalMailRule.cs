using Dmarc.Advice.Messages;

namespace Dmarc.Alignment.Rules;

/// <summary>Exchange takes the message for mail within the organisation: it evaluates no DMARC, and neither SPF nor DKIM is expected.</summary>
internal sealed class InternalMailRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.IsInternal)
        {
            yield return new(
                AlignmentCause.InternalMail,
                Strings.Align_WhyInternal,
                AlignmentFindings.InternalMail.Create(assessment.Notes.Exchange?.AuthSource ?? assessment.Notes.Server));
        }
    }
}

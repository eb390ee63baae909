using Dmarc.Advice.Messages;

namespace Dmarc.Alignment.Rules;

/// <summary>What was given as the envelope sender is several addresses: SPF has no identity, as with several authors in a message.</summary>
internal sealed class UnreadableSenderRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Spf is { IsUnreadable: true, MailFrom: { } mailFrom })
        {
            yield return new(
                assessment.Passes ? AlignmentCause.None : AlignmentCause.SeveralSenders,
                Strings.Align_WhySeveralSenders,
                AlignmentFindings.MailFromUnreadable.Create(mailFrom));
        }
    }
}

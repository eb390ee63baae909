namespace Dmarc.Alignment.Rules;

/// <summary>SPF passes for the HELO name only: DMARC looks at MAIL FROM alone (RFC 9989 §4.4.2).</summary>
internal sealed class HeloOnlyRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Fails && !assessment.Spf.Passes && assessment.Spf.PassingHelo is { } helo)
        {
            yield return new(
                AlignmentCause.HeloOnly,
                Sentences.Fill(Strings.Align_WhyHeloOnly, helo),
                AlignmentFindings.HeloOnly.Create(
                    helo,
                    assessment.Spf.MailFrom is { Length: > 0 } mailFrom ? mailFrom : Strings.Align_AnUnknownSender,
                    assessment.Author.Domain));
        }
    }
}

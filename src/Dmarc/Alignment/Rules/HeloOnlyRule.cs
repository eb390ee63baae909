using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>SPF passes for the HELO name only: DMARC looks at MAIL FROM alone (RFC 9989 §4.4.2).</summary>
internal sealed class HeloOnlyRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        // Where MAIL FROM has a record that does not list the host, that is what to mend.
        SpfEvidence spf = assessment.Spf;
        if (assessment.Fails
            && spf.PassingHelo is { } helo
            && spf.Result is not (IdentifierResult.Pass or IdentifierResult.Fail or IdentifierResult.SoftFail)
            && (spf.Result == IdentifierResult.None || assessment.IsOfAuthor(helo)))
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

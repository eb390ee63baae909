using Dmarc.Advice.Messages;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>What is not known could make the message pass, so that it is not called a fail.</summary>
internal sealed class TooLittleKnownRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Result is null)
        {
            string missing = assessment.Spf.Result is null || assessment.Spf is { Passes: true, Domain: null }
                ? assessment.AuthorSignatures.Any(signature => signature.Result is null) ? Strings.Align_SpfAndDkim : "SPF"
                : "DKIM";
            yield return new(
                AlignmentCause.TooLittleKnown,
                Sentences.Fill(Strings.Align_WhyTooLittle, missing),
                AlignmentFindings.TooLittleKnown.Create(missing));
        }
    }
}

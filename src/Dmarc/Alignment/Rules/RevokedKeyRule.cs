using Dmarc.Advice.Messages;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>The author's domain signed, but the key has been revoked (RFC 6376 §3.6.1).</summary>
internal sealed class RevokedKeyRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (!assessment.Passes && assessment.AuthorSignatures.FirstOrDefault(one => one.Problem == DkimProblem.KeyRevoked) is { } signature)
        {
            yield return new(
                AlignmentCause.KeyRevoked,
                Sentences.Fill(Strings.Align_WhyKeyRevoked, signature.Selector),
                AlignmentFindings.KeyRevoked.Create(signature.DomainText, signature.Selector));
        }
    }
}

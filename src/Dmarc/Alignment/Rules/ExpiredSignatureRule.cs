using Dmarc.Advice.Messages;

namespace Dmarc.Alignment.Rules;

/// <summary>The author's signature had an end (x=), and that has passed (RFC 6376 §3.5).</summary>
internal sealed class ExpiredSignatureRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (!assessment.Passes && assessment.AuthorSignatures.FirstOrDefault(one => one.Problem == DkimProblem.Expired) is { } signature)
        {
            yield return new(
                AlignmentCause.SignatureExpired,
                Strings.Align_WhyExpired,
                AlignmentFindings.SignatureExpired.Create(signature.DomainText, signature.Selector, signature.Reason));
        }
    }
}

using Dmarc.Advice.Messages;

namespace Dmarc.Alignment.Rules;

/// <summary>A signature that covers a part of the body only (RFC 6376 §8.2): what stands behind that part may be anybody's.</summary>
internal sealed class BodyLengthRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        foreach (DkimEvidence signature in assessment.Dkim.Where(one => one.Passes && one.Signature?.BodyLength is not null))
        {
            string name = AlignmentStory.DkimName(signature);
            yield return new(
                AlignmentCause.None,
                "",
                signature.UnsignedBodyBytes > 0
                    ? AlignmentFindings.UnsignedBody.Create(name, signature.UnsignedBodyBytes, signature.Signature!.BodyLength)
                    : AlignmentFindings.BodyLengthLimited.Create(name, signature.Signature!.BodyLength));
        }
    }
}

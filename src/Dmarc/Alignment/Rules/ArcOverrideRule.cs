using Dmarc.Advice.Messages;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Alignment.Rules;

/// <summary>
/// Microsoft let a message that fails pass because a sealer that the tenant trusts vouches for it (composite authentication, reason
/// 130): it was changed on the way, and was sound before.
/// </summary>
internal sealed class ArcOverrideRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (!assessment.Fails
            || assessment.Notes.Find(AuthenticationMethod.CompAuth)?.CompositeReason?.Kind != CompositeReasonKind.ArcOverride)
        {
            yield break;
        }

        string sealer = assessment.Arc?.Sealers.Count > 0 ? assessment.Arc.Sealers[0] : Strings.Align_ATrustedSealer;
        yield return new(AlignmentCause.Rewritten, Strings.Align_WhyRewritten, AlignmentFindings.ArcOverride.Create(assessment.Author.Domain, sealer));
    }
}

using Dmarc.Dns;
using Dmarc.Policy;

namespace Dmarc.Alignment.Rules;

/// <summary>A look-up that decides failed: neither pass nor fail can be said (RFC 9989 §5.3.6).</summary>
internal sealed class FailedLookupRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment is { Result: DmarcResult.TempError, Evaluation: { } evaluation })
        {
            DmarcWalkStep? failed = evaluation.Discovery.Walk.FirstOrDefault(step => !step.Status.IsAnswer());
            string name = failed?.QueryName ?? evaluation.AuthorDomain.ToString();
            yield return new(
                AlignmentCause.LookupFailed,
                Sentences.Fill(Strings.Align_WhyLookupFailed, name),
                AlignmentFindings.LookupFailed.Create(name, failed?.Status ?? DnsStatus.ServFail));
        }
    }
}

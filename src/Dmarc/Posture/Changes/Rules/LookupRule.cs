using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>Look-ups that fail now and did not, and the other way round.</summary>
internal sealed class LookupRule : IChangeRule
{
    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.Status.IsDnsFailure() != after.Status.IsDnsFailure())
        {
            yield return after.Status.IsDnsFailure()
                ? Change.Make(after, MailDomainChangeKind.LookupFailed, MailDomainPart.None, Severity.Warning, before.Status.ToString(), after.Status.ToString(), Strings.Change_LookupFailed)
                : Change.Make(after, MailDomainChangeKind.LookupRecovered, MailDomainPart.None, Severity.Information, before.Status.ToString(), after.Status.ToString(), Strings.Change_LookupRecovered);
            yield break;
        }

        MailDomainPart failed = after.FailedParts & ~before.FailedParts;
        if (failed != MailDomainPart.None)
        {
            yield return Change.Make(
                after, MailDomainChangeKind.LookupFailed, failed, Severity.Warning, before.Status.ToString(), after.Status.ToString(), Strings.Change_PartLookupFailed, failed);
        }

        // A part that was not looked at this time has not recovered.
        MailDomainPart recovered = before.FailedParts & ~after.FailedParts & (after.CheckedParts ?? MailDomainPart.All);
        if (recovered != MailDomainPart.None)
        {
            yield return Change.Make(
                after, MailDomainChangeKind.LookupRecovered, recovered, Severity.Information, before.Status.ToString(), after.Status.ToString(), Strings.Change_PartLookupRecovered, recovered);
        }
    }
}

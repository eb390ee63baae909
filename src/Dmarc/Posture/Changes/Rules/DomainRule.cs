using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>Whether there is a domain at all. Where there is none before or after, nothing else is compared.</summary>
internal static class DomainRule
{
    public static MailDomainChange? Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        bool was = before.Status == MailDomainStatus.DomainNotFound;
        bool isGone = after.Status == MailDomainStatus.DomainNotFound;
        if (was == isGone || before.Status.IsDnsFailure() || after.Status.IsDnsFailure())
        {
            return null;
        }

        return isGone
            ? Change.Make(after, MailDomainChangeKind.DomainVanished, MailDomainPart.None, Severity.Error, before.Status.ToString(), after.Status.ToString(), Strings.Change_DomainVanished)
            : Change.Make(after, MailDomainChangeKind.DomainReturned, MailDomainPart.None, Severity.Warning, before.Status.ToString(), after.Status.ToString(), Strings.Change_DomainReturned);
    }
}

using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>What the MTA-STS policy asks of senders.</summary>
internal sealed class MtaStsModeRule : IChangeRule
{
    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.MtaStsMode is { } old && after.MtaStsMode is { } now && old != now)
        {
            yield return now < old
                ? Change.Make(after, MailDomainChangeKind.PolicyWeakened, MailDomainPart.MtaSts, Severity.Warning, old.ToString(), now.ToString(), Strings.Change_MtaStsWeakened)
                : Change.Make(after, MailDomainChangeKind.PolicyStrengthened, MailDomainPart.MtaSts, Severity.Information, old.ToString(), now.ToString(), Strings.Change_MtaStsStrengthened);
        }
    }
}

using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>The DMARC record: gone, new, weaker, stronger or only different.</summary>
internal sealed class DmarcRule : IChangeRule
{
    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.DmarcStatus is null || after.DmarcStatus is null
            || before.Failed(MailDomainPart.Dmarc) || after.Failed(MailDomainPart.Dmarc)
            || before.DmarcRecord == after.DmarcRecord)
        {
            yield break;
        }

        if (after.DmarcRecord.Length == 0)
        {
            yield return Make(MailDomainChangeKind.RecordRemoved, Severity.Error, Strings.Change_DmarcRemoved);
        }
        else if (before.DmarcRecord.Length == 0)
        {
            yield return Make(MailDomainChangeKind.RecordAdded, Severity.Information, Strings.Change_RecordAdded);
        }
        else
        {
            int[] old = Strength(before);
            int[] now = Strength(after);
            bool isWeaker = old.Zip(now, (one, other) => other < one).Any(weaker => weaker);
            bool isStronger = old.Zip(now, (one, other) => other > one).Any(stronger => stronger);
            yield return isWeaker ? Make(MailDomainChangeKind.PolicyWeakened, Severity.Error, Strings.Change_DmarcWeakened)
                : isStronger ? Make(MailDomainChangeKind.PolicyStrengthened, Severity.Information, Strings.Change_DmarcStrengthened)
                : Make(MailDomainChangeKind.RecordChanged, Severity.Warning, Strings.Change_RecordChanged);
        }

        MailDomainChange Make(MailDomainChangeKind kind, Severity severity, string explanation) =>
            Change.Make(after, kind, MailDomainPart.Dmarc, severity, before.DmarcRecord, after.DmarcRecord, explanation, "DMARC");
    }

    /// <summary>What is asked for mail of the domain, of its subdomains and of those that do not exist, whether it is meant, and for how much of the mail.</summary>
    private static int[] Strength(MailDomainSnapshot snapshot)
    {
        DmarcRecord record = DmarcRecordParser.Parse(snapshot.DmarcRecord);
        DmarcPolicy policy = record.Policy ?? DmarcPolicy.None;
        DmarcPolicy below = record.SubdomainPolicy ?? policy;
        return
        [
            (int)(snapshot.DmarcPolicy ?? policy),
            (int)policy,
            (int)below,
            (int)(record.NonexistentSubdomainPolicy ?? below),
            record.Testing ? 0 : 1,
            record.Percentage,
        ];
    }
}

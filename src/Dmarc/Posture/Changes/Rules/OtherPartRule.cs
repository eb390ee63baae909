using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>The parts of which only the status is compared: MTA-STS, TLS reporting, BIMI and DANE.</summary>
internal sealed class OtherPartRule : IChangeRule
{
    private static readonly MailDomainPart[] Parts = [MailDomainPart.MtaSts, MailDomainPart.TlsRpt, MailDomainPart.Bimi, MailDomainPart.Dane];

    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        foreach (MailDomainPart part in Parts)
        {
            if (Status(before, part) is not { } old || Status(after, part) is not { } now || old == now)
            {
                continue;
            }

            if (old != PartStatus.NotFound && now != PartStatus.NotFound && !before.IsAsDeepAs(after, WithFiles(part)))
            {
                // One look fetched what the record points to, and the other did not.
                continue;
            }

            yield return now == PartStatus.NotFound
                ? Change.Make(after, MailDomainChangeKind.RecordRemoved, part, Severity.Warning, old.ToString(), now.ToString(), Strings.Change_PartRemoved, part)
                : old == PartStatus.NotFound
                    ? Change.Make(after, MailDomainChangeKind.RecordAdded, part, Severity.Information, old.ToString(), now.ToString(), Strings.Change_PartAdded, part)
                    : Change.Make(
                        after,
                        MailDomainChangeKind.RecordChanged,
                        part,
                        old is PartStatus.Found ? Severity.Warning : Severity.Information,
                        old.ToString(),
                        now.ToString(),
                        Strings.Change_PartChanged,
                        part);
        }
    }

    private static MailDomainPart WithFiles(MailDomainPart part) => part switch
    {
        MailDomainPart.MtaSts => part | MailDomainPart.MtaStsPolicy,
        MailDomainPart.Bimi => part | MailDomainPart.BimiFiles,
        _ => part,
    };

    private static PartStatus? Status(MailDomainSnapshot snapshot, MailDomainPart part) =>
        !snapshot.Failed(part) && snapshot.Parts.TryGetValue(part, out PartStatus status) && status != PartStatus.NotChecked && !status.IsDnsFailure()
            ? status
            : null;
}

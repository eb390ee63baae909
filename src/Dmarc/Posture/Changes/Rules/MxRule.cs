using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>The hosts to which mail goes.</summary>
internal sealed class MxRule : IChangeRule
{
    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (Status(before) is not { } old || Status(after) is not { } now)
        {
            yield break;
        }

        bool isSame = new HashSet<string>(before.MxHosts, StringComparer.OrdinalIgnoreCase).SetEquals(after.MxHosts);
        if (isSame && old == now)
        {
            yield break;
        }

        yield return Change.Make(
            after,
            MailDomainChangeKind.MxChanged,
            MailDomainPart.Mx,
            Severity.Warning,
            before.MxHosts.Count > 0 ? before.MxHosts.ToString() : old.ToString(),
            after.MxHosts.Count > 0 ? after.MxHosts.ToString() : now.ToString(),
            Strings.Change_MxChanged);
    }

    private static PartStatus? Status(MailDomainSnapshot snapshot) =>
        snapshot.Parts.TryGetValue(MailDomainPart.Mx, out PartStatus status) && status != PartStatus.NotChecked && !status.IsDnsFailure() && !snapshot.Status.IsDnsFailure()
            ? status
            : null;
}

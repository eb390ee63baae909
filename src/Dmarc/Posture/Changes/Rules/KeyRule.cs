using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>DKIM keys by their selectors.</summary>
internal sealed class KeyRule : IChangeRule
{
    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (!IsKnown(before) || !IsKnown(after))
        {
            yield break;
        }

        foreach (string selector in before.Keys.Keys.Concat(after.Keys.Keys).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.OrdinalIgnoreCase))
        {
            bool had = before.Keys.TryGetValue(selector, out string? old);
            bool has = after.Keys.TryGetValue(selector, out string? now);
            if (!(has ? before : after).Tried(selector) && had != has)
            {
                // The other look did not look for it.
                continue;
            }

            if (!has)
            {
                yield return Make(MailDomainChangeKind.KeyRemoved, Severity.Warning, selector, old ?? selector, "", Strings.Change_KeyRemoved);
            }
            else if (!had)
            {
                yield return Make(MailDomainChangeKind.KeyAdded, Severity.Information, selector, "", now ?? selector, Strings.Change_KeyAdded);
            }
            else if (old is not null && now is not null && old != now)
            {
                yield return Key(old) == Key(now)
                    ? Make(MailDomainChangeKind.RecordChanged, Severity.Warning, selector, old, now, Strings.Change_KeyRecordChanged)
                    : Key(now).Length == 0
                        ? Make(MailDomainChangeKind.KeyRemoved, Severity.Warning, selector, old, now, Strings.Change_KeyRevoked)
                        : Make(MailDomainChangeKind.KeyRotated, Severity.Information, selector, old, now, Strings.Change_KeyRotated);
            }
        }

        MailDomainChange Make(MailDomainChangeKind kind, Severity severity, string selector, string was, string isNow, string explanation) =>
            Change.Make(after, kind, MailDomainPart.Dkim, severity, was, isNow, explanation, selector);
    }

    private static bool IsKnown(MailDomainSnapshot snapshot) =>
        !snapshot.Failed(MailDomainPart.Dkim)
        && snapshot.Parts.TryGetValue(MailDomainPart.Dkim, out PartStatus status)
        && status != PartStatus.NotChecked
        && !status.IsDnsFailure();

    private static string Key(string record) => TagList.WithoutWhiteSpace(TagList.Parse(record)["p"]?.Value ?? "");
}

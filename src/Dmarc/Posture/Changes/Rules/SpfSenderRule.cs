using System.Globalization;
using Dmarc.Diagnostics;
using Dmarc.Spf;

namespace Dmarc.Posture.Changes.Rules;

/// <summary>Who may send: included domains, and the addresses that pass in the end.</summary>
internal sealed class SpfSenderRule : IChangeRule
{
    private const int MaximumBlocks = 20;

    public IEnumerable<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.SpfStatus is null || after.SpfStatus is null
            || before.Failed(MailDomainPart.Spf) || after.Failed(MailDomainPart.Spf)
            || before.SpfRecord.Length == 0 || after.SpfRecord.Length == 0)
        {
            yield break;
        }

        List<string> old = Terms(before.SpfRecord, leadOn: true);
        List<string> now = Terms(after.SpfRecord, leadOn: true);
        foreach (string gained in now.Except(old, StringComparer.OrdinalIgnoreCase))
        {
            yield return Make(MailDomainChangeKind.IncludeGained, Severity.Warning, "", gained, Strings.Change_IncludeGained);
        }

        foreach (string lost in old.Except(now, StringComparer.OrdinalIgnoreCase))
        {
            yield return Make(MailDomainChangeKind.IncludeLost, Severity.Warning, lost, "", Strings.Change_IncludeLost);
        }

        (string more, string fewer) = Senders(before, after);
        if (more.Length > 0)
        {
            yield return Make(MailDomainChangeKind.SenderAuthorized, Severity.Warning, "", more, Strings.Change_SenderAuthorized);
        }

        if (fewer.Length > 0)
        {
            yield return Make(MailDomainChangeKind.SenderRemoved, Severity.Warning, fewer, "", Strings.Change_SenderRemoved);
        }

        MailDomainChange Make(MailDomainChangeKind kind, Severity severity, string was, string isNow, string explanation) =>
            Change.Make(after, kind, MailDomainPart.Spf, severity, was, isNow, explanation);
    }

    /// <summary>Addresses where both looks know them; otherwise the terms of the record that name hosts and addresses.</summary>
    private static (string More, string Fewer) Senders(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.SpfNetworks is { } old && after.SpfNetworks is { } now)
        {
            AddressSet was = AddressSet.Of(old);
            AddressSet isNow = AddressSet.Of(now);
            return (Describe(isNow.Except(was)), Describe(was.Except(isNow)));
        }

        List<string> had = Terms(before.SpfRecord, leadOn: false);
        List<string> has = Terms(after.SpfRecord, leadOn: false);
        return (string.Join("; ", has.Except(had, StringComparer.OrdinalIgnoreCase)), string.Join("; ", had.Except(has, StringComparer.OrdinalIgnoreCase)));
    }

    private static string Describe(AddressSet set)
    {
        PrintableList<AddressBlock> blocks = set.ToBlocks();
        string first = string.Join("; ", blocks.Take(MaximumBlocks));
        return blocks.Count <= MaximumBlocks
            ? first
            : first + string.Format(CultureInfo.InvariantCulture, Strings.Change_AndMoreBlocks, blocks.Count - MaximumBlocks);
    }

    private static List<string> Terms(string record, bool leadOn) =>
    [
        .. SpfParser.Parse(record).Terms
            .Where(term => leadOn
                ? term.Kind is SpfTermKind.Include or SpfTermKind.Redirect
                : term is { Qualifier: SpfQualifier.Pass, Kind: SpfTermKind.A or SpfTermKind.Mx or SpfTermKind.Ip4 or SpfTermKind.Ip6 or SpfTermKind.Exists or SpfTermKind.Ptr })
            .Select(term => leadOn ? term.Domain?.Text ?? term.Text : term.Text.TrimStart('+')),
    ];
}

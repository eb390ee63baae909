using System.Globalization;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

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

        if (before.SpfRecord == after.SpfRecord && (before.SpfNetworks is null || after.SpfNetworks is null))
        {
            // Nothing but the record is known, and that is the same.
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

        SenderDifference difference = Compare(before, after);
        if (difference.More.Length > 0)
        {
            yield return Make(MailDomainChangeKind.SenderAuthorized, Severity.Warning, "", difference.More, Strings.Change_SenderAuthorized);
        }

        if (difference.Fewer.Length > 0)
        {
            yield return difference.MayBeCovered
                ? Make(MailDomainChangeKind.SenderRemoved, Severity.Information, difference.Fewer, "", Strings.Change_SenderRemovedUnlessCovered)
                : Make(MailDomainChangeKind.SenderRemoved, Severity.Warning, difference.Fewer, "", Strings.Change_SenderRemoved);
        }

        MailDomainChange Make(MailDomainChangeKind kind, Severity severity, string was, string isNow, string explanation) =>
            Change.Make(after, kind, MailDomainPart.Spf, severity, was, isNow, explanation);
    }

    /// <summary>Addresses where both looks know them; otherwise those that the records name, and the terms that name hosts.</summary>
    private static SenderDifference Compare(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.SpfNetworks is { } old && after.SpfNetworks is { } now)
        {
            AddressSet was = AddressSet.Of(old);
            AddressSet isNow = AddressSet.Of(now);
            return new SenderDifference(Describe(isNow.Except(was)), Describe(was.Except(isNow)), false);
        }

        AddressSet named = NamedAddresses(before.SpfRecord);
        AddressSet names = NamedAddresses(after.SpfRecord);
        List<string> had = HostTerms(before.SpfRecord);
        List<string> has = HostTerms(after.SpfRecord);
        string[] gained = [.. has.Except(had, StringComparer.OrdinalIgnoreCase)];
        bool hasNewLead = Terms(after.SpfRecord, leadOn: true).Except(Terms(before.SpfRecord, leadOn: true), StringComparer.OrdinalIgnoreCase).Any();
        return new SenderDifference(
            Join(Describe(names.Except(named)), gained),
            PassesAnybody(after.SpfRecord) ? "" : Join(Describe(named.Except(names)), had.Except(has, StringComparer.OrdinalIgnoreCase)),
            gained.Length > 0 || hasNewLead);
    }

    /// <summary>The addresses that <c>ip4</c> and <c>ip6</c> let pass: of several terms the first that matches counts (RFC 7208 §4.6.2).</summary>
    private static AddressSet NamedAddresses(string record)
    {
        SpfTerm[] terms = [.. SpfParser.Parse(record).Terms.Where(term => term is { Kind: SpfTermKind.Ip4 or SpfTermKind.Ip6, Network: not null })];
        return Evaluate(terms, 0, terms.Length).Passing;
    }

    /// <summary>What terms let pass, and what they match at all. Halved again and again, many terms take little more time than few.</summary>
    private static (AddressSet Passing, AddressSet Matched) Evaluate(SpfTerm[] terms, int start, int end)
    {
        if (end - start <= 1)
        {
            AddressSet block = start == end ? AddressSet.Empty : AddressSet.Of(terms[start].Network!.Value);
            return (start < end && terms[start].Qualifier == SpfQualifier.Pass ? block : AddressSet.Empty, block);
        }

        int middle = start + ((end - start) / 2);
        (AddressSet Passing, AddressSet Matched) first = Evaluate(terms, start, middle);
        (AddressSet Passing, AddressSet Matched) second = Evaluate(terms, middle, end);
        return (first.Passing.Union(second.Passing.Except(first.Matched)), first.Matched.Union(second.Matched));
    }

    private static bool PassesAnybody(string record) => SpfParser.Parse(record).All is { Qualifier: SpfQualifier.Pass };

    private static string Join(string addresses, IEnumerable<string> terms) =>
        string.Join("; ", (addresses.Length > 0 ? [addresses] : Array.Empty<string>()).Concat(terms));

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
                : term is { Qualifier: SpfQualifier.Pass, Kind: SpfTermKind.A or SpfTermKind.Mx or SpfTermKind.Exists or SpfTermKind.Ptr })
            .Select(term => leadOn ? term.Domain?.Text ?? term.Text : term.Text.TrimStart('+')),
    ];

    private static List<string> HostTerms(string record) => Terms(record, leadOn: false);

    /// <param name="More">What may send now and could not.</param>
    /// <param name="Fewer">What could send and may not now.</param>
    /// <param name="MayBeCovered">True where a term that is new may let them pass, whose addresses are not known.</param>
    private sealed record SenderDifference(string More, string Fewer, bool MayBeCovered);
}

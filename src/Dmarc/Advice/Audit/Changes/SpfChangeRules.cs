using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;
using Kind = Dmarc.Advice.Audit.Changes.MailDomainChangeKind;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>The rules that compare the SPF records of two audits of a domain.</summary>
internal static class SpfChangeRules
{
    private const string Qualifiers = "+?~-";
    private const int MaximumBlocks = 20;

    /// <summary>The SPF record: removed, added, its end weaker or stronger, over the limit, or just changed.</summary>
    public static IEnumerable<MailDomainChange> CompareRecords(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (!IsKnown(before) || !IsKnown(after))
        {
            yield break;
        }

        if (before.SpfLookupCount is int old && after.SpfLookupCount is int now && (old > SpfLimits.Lookups) != (now > SpfLimits.Lookups))
        {
            yield return now > SpfLimits.Lookups
                ? Make(Kind.LookupLimitExceeded, Severity.Error, old, now, Strings.Change_LookupLimitExceeded)
                : Make(Kind.LookupLimitMet, Severity.Information, old, now, Strings.Change_LookupLimitMet);
        }

        bool had = before.SpfRecord.Length > 0;
        bool has = after.SpfRecord.Length > 0;
        if (had && !has)
        {
            yield return OfRecord(Kind.RecordRemoved, Severity.Error, Strings.Change_SpfRemoved);
        }
        else if (has && !had)
        {
            yield return OfRecord(Kind.RecordAdded, Severity.Information, Strings.Change_RecordAdded);
        }
        else if (Strength(before.SpfAll) != Strength(after.SpfAll))
        {
            yield return Strength(after.SpfAll) > Strength(before.SpfAll)
                ? OfEnd(Kind.PolicyStrengthened, Severity.Information, Strings.Change_SpfStrengthened)
                : IsSoftFailEnough(after)
                ? OfEnd(Kind.PolicyWeakened, Severity.Information, Strings.Change_SpfSoftened)
                : OfEnd(Kind.PolicyWeakened, Severity.Error, Strings.Change_SpfWeakened);
        }

        if (had && has && before.SpfRecord != after.SpfRecord)
        {
            bool isBroken = before.SpfStatus == SpfRecordStatus.Found && after.SpfStatus != SpfRecordStatus.Found;
            yield return isBroken
                ? OfRecord(Kind.RecordChanged, Severity.Error, Strings.Change_SpfBroken)
                : OfRecord(Kind.RecordChanged, Severity.Information, Strings.Change_RecordChanged);
        }

        MailDomainChange OfEnd(Kind kind, Severity severity, string explanation) =>
            Make(kind, severity, before.SpfAll, after.SpfAll, explanation);

        MailDomainChange OfRecord(Kind kind, Severity severity, string explanation) =>
            Make(kind, severity, before.SpfRecord, after.SpfRecord, explanation);

        MailDomainChange Make(Kind kind, Severity severity, object was, object isNow, string explanation) =>
            Change.Make(after, kind, MailDomainPart.Spf, severity, was, isNow, explanation, "SPF");
    }

    private static bool IsKnown(MailDomainSnapshot snapshot) =>
        snapshot.SpfStatus is not null && !snapshot.Failed(MailDomainPart.Spf);

    /// <summary>No <c>all</c> means <c>?all</c> (RFC 7208 §4.7); no qualifier means plus.</summary>
    private static int Strength(string all) =>
        all.Length == 0 ? 1 : Qualifiers.IndexOf(all[0]) is int at and >= 0 ? at : 0;

    /// <summary>
    /// True if <c>~all</c> protects as <c>-all</c> does: the domain sends mail, and DMARC, for which both are the same,
    /// is enforced (RFC 9989 §7.1; the rule <c>SpfFailAll</c> advises it).
    /// </summary>
    private static bool IsSoftFailEnough(MailDomainSnapshot after) =>
        after is { SpfAll: "~all", Profile: SendingProfile.Sends, DmarcPolicy: DmarcPolicy.Quarantine or DmarcPolicy.Reject };

    /// <summary>The allowed senders: included domains, and the addresses that pass.</summary>
    public static IEnumerable<MailDomainChange> CompareSenders(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (!IsKnown(before) || !IsKnown(after) || before.SpfRecord.Length == 0 || after.SpfRecord.Length == 0)
        {
            yield break;
        }

        if (before.SpfRecord == after.SpfRecord && (before.SpfNetworks is null || after.SpfNetworks is null))
        {
            // Only the record is known, and it is unchanged.
            yield break;
        }

        List<string> old = Terms(before.SpfRecord, leadOn: true);
        List<string> now = Terms(after.SpfRecord, leadOn: true);
        foreach (string gained in now.Except(old, StringComparer.OrdinalIgnoreCase))
        {
            yield return Make(Kind.IncludeGained, Severity.Warning, "", gained, Strings.Change_IncludeGained);
        }

        foreach (string lost in old.Except(now, StringComparer.OrdinalIgnoreCase))
        {
            yield return Make(Kind.IncludeLost, Severity.Warning, lost, "", Strings.Change_IncludeLost);
        }

        SenderDifference difference = Compare(before, after);
        if (difference.More.Length > 0)
        {
            string explanation = difference.MayHavePassed
                ? Strings.Change_SenderAuthorizedUnlessCovered
                : Strings.Change_SenderAuthorized;
            yield return Make(Kind.SenderAuthorized, Severity.Warning, "", difference.More, explanation);
        }

        if (difference.Fewer.Length > 0)
        {
            yield return difference.MayBeCovered
                ? Make(
                    Kind.SenderRemoved,
                    Severity.Information,
                    difference.Fewer,
                    "",
                    Strings.Change_SenderRemovedUnlessCovered)
                : Make(Kind.SenderRemoved, Severity.Warning, difference.Fewer, "", Strings.Change_SenderRemoved);
        }

        MailDomainChange Make(Kind kind, Severity severity, string was, string isNow, string explanation) =>
            Change.Make(after, kind, MailDomainPart.Spf, severity, was, isNow, explanation);
    }

    /// <summary>Addresses if both audits know them; otherwise the addresses and hosts in the records.</summary>
    private static SenderDifference Compare(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.SpfNetworks is { } old && after.SpfNetworks is { } now)
        {
            AddressSet was = AddressSet.Of(old);
            AddressSet isNow = AddressSet.Of(now);
            return new SenderDifference(Describe(isNow.Except(was)), Describe(was.Except(isNow)), false, false);
        }

        AddressSet named = NamedAddresses(before.SpfRecord);
        AddressSet names = NamedAddresses(after.SpfRecord);
        bool didPassAnybody = PassesAnybody(before.SpfRecord);
        bool passesAnybody = PassesAnybody(after.SpfRecord);
        string[] gained = TermsOfFirst(after, before, leadOn: false);
        string[] lost = TermsOfFirst(before, after, leadOn: false);
        string[] leads = TermsOfFirst(after, before, leadOn: true);
        string[] lostLeads = TermsOfFirst(before, after, leadOn: true);
        string more = passesAnybody && !didPassAnybody ? "" : Describe(names.Except(named));
        string fewer = passesAnybody && !didPassAnybody ? "" : Describe(named.Except(names));

        // A term for a host and the host's address are the same sender, but this is unknown without its address.
        return new SenderDifference(
            Join(more, didPassAnybody || passesAnybody ? [] : gained),
            Join(fewer, didPassAnybody || passesAnybody ? [] : lost),
            gained.Length > 0 || leads.Length > 0 || (lost.Length > 0 && more.Length > 0),
            lost.Length > 0 || lostLeads.Length > 0 || (gained.Length > 0 && fewer.Length > 0));
    }

    /// <summary>The addresses that ip4, ip6 and all pass; the first match counts (RFC 7208 §4.6.2).</summary>
    private static AddressSet NamedAddresses(string record)
    {
        SpfTerm[] terms = [.. SpfParser.Parse(record).Terms.Where(term =>
            term is { Kind: SpfTermKind.Ip4 or SpfTermKind.Ip6, Network: not null } or { Kind: SpfTermKind.All })];
        return Evaluate(terms, 0, terms.Length).Passing;
    }

    /// <summary>The addresses that terms pass, and those that they match. Halving keeps many terms fast.</summary>
    private static (AddressSet Passing, AddressSet Matched) Evaluate(SpfTerm[] terms, int start, int end)
    {
        if (end - start <= 1)
        {
            AddressSet block = start == end ? AddressSet.Empty
                : terms[start].Network is { } network ? AddressSet.Of(network)
                : AddressSet.All;
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

    private static string[] TermsOfFirst(MailDomainSnapshot one, MailDomainSnapshot other, bool leadOn) =>
        [.. Terms(one.SpfRecord, leadOn).Except(Terms(other.SpfRecord, leadOn), StringComparer.OrdinalIgnoreCase)];

    /// <param name="More">The senders newly allowed.</param>
    /// <param name="Fewer">The senders no longer allowed.</param>
    /// <param name="MayBeCovered">True if a new term with unknown addresses may pass them.</param>
    /// <param name="MayHavePassed">True if a removed term with unknown addresses may have passed the new ones.</param>
    private sealed record SenderDifference(string More, string Fewer, bool MayBeCovered, bool MayHavePassed);
}

using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Kind = Dmarc.Advice.Audit.Changes.MailDomainChangeKind;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>Two audits of a domain to compare.</summary>
internal sealed record TwoLooks(MailDomainSnapshot Before, MailDomainSnapshot After);

/// <summary>The rules that compare two audits of a domain, each for one kind of change.</summary>
internal static class ChangeRules
{
    public static readonly Rule<TwoLooks, MailDomainChange>[] All =
    [
        Row("Lookups", CompareLookups),
        Row("Dmarc", CompareDmarc),
        Row("SpfRecord", SpfChangeRules.CompareRecords),
        Row("SpfSenders", SpfChangeRules.CompareSenders),
        Row("DkimKeys", CompareKeys),
        Row("MailExchanges", CompareExchanges),
        Row("MtaStsMode", CompareMtaStsMode),
        Row("OtherParts", CompareOtherParts),
        Row("Grade", CompareGrade),
    ];

    private static readonly MailDomainPart[] OtherParts =
        [MailDomainPart.MtaSts, MailDomainPart.TlsRpt, MailDomainPart.Bimi, MailDomainPart.Dane];

    /// <summary>The changes; only "removed" or "returned" if the domain did not exist in one of the audits.</summary>
    public static IReadOnlyList<MailDomainChange> Check(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        TwoLooks looks = new(before, after);
        return CompareExistence(before, after) is { } change ? [change] : [.. All.SelectMany(rule => rule.Check(looks))];
    }

    private static Rule<TwoLooks, MailDomainChange> Row(
        string name, Func<MailDomainSnapshot, MailDomainSnapshot, IEnumerable<MailDomainChange>> compare) =>
        new(name, looks => compare(looks.Before, looks.After));

    /// <summary>The existence of the domain. If it does not exist in one audit, nothing else is compared.</summary>
    private static MailDomainChange? CompareExistence(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        bool was = before.Status == MailDomainStatus.DomainNotFound;
        bool isGone = after.Status == MailDomainStatus.DomainNotFound;
        if (was == isGone || before.Status == MailDomainStatus.DnsFailure || after.Status == MailDomainStatus.DnsFailure)
        {
            return null;
        }

        return isGone
            ? OfStatus(before, after, Kind.DomainVanished, Severity.Error, Strings.Change_DomainVanished)
            : OfStatus(before, after, Kind.DomainReturned, Severity.Warning, Strings.Change_DomainReturned);
    }

    /// <summary>A change of the status of the audit, or of some parts.</summary>
    private static MailDomainChange OfStatus(
        MailDomainSnapshot before,
        MailDomainSnapshot after,
        Kind kind,
        Severity severity,
        string explanation,
        MailDomainPart part = MailDomainPart.None) =>
        Change.Make(after, kind, part, severity, before.StatusText, after.StatusText, explanation, part);

    /// <summary>Look-ups that newly fail, and those that recovered.</summary>
    private static IEnumerable<MailDomainChange> CompareLookups(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if ((before.Status == MailDomainStatus.DnsFailure) != (after.Status == MailDomainStatus.DnsFailure))
        {
            yield return after.Status == MailDomainStatus.DnsFailure
                ? OfStatus(before, after, Kind.LookupFailed, Severity.Warning, Strings.Change_LookupFailed)
                : OfStatus(before, after, Kind.LookupRecovered, Severity.Information, Strings.Change_LookupRecovered);
            yield break;
        }

        MailDomainPart failed = after.FailedParts & ~before.FailedParts;
        if (failed != MailDomainPart.None)
        {
            yield return OfStatus(
                before, after, Kind.LookupFailed, Severity.Warning, Strings.Change_PartLookupFailed, failed);
        }

        // A part that was not checked this time has not recovered.
        MailDomainPart recovered = before.FailedParts & ~after.FailedParts & (after.CheckedParts ?? MailDomainPart.All);
        if (recovered != MailDomainPart.None)
        {
            yield return OfStatus(
                before,
                after,
                Kind.LookupRecovered,
                Severity.Information,
                Strings.Change_PartLookupRecovered,
                recovered);
        }
    }

    /// <summary>The DMARC record: removed, added, weaker, stronger or otherwise changed.</summary>
    private static IEnumerable<MailDomainChange> CompareDmarc(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.DmarcStatus is null || after.DmarcStatus is null
            || before.Failed(MailDomainPart.Dmarc) || after.Failed(MailDomainPart.Dmarc)
            || before.DmarcRecord == after.DmarcRecord)
        {
            yield break;
        }

        if (after.DmarcRecord.Length == 0)
        {
            yield return Make(Kind.RecordRemoved, Severity.Error, Strings.Change_DmarcRemoved);
        }
        else if (before.DmarcRecord.Length == 0)
        {
            yield return Make(Kind.RecordAdded, Severity.Information, Strings.Change_RecordAdded);
        }
        else
        {
            int[] old = PolicyStrength(before);
            int[] now = PolicyStrength(after);
            bool isWeaker = old.Zip(now, (one, other) => other < one).Any(weaker => weaker);
            bool isStronger = old.Zip(now, (one, other) => other > one).Any(stronger => stronger);
            yield return isWeaker ? Make(Kind.PolicyWeakened, Severity.Error, Strings.Change_DmarcWeakened)
                : isStronger ? Make(Kind.PolicyStrengthened, Severity.Information, Strings.Change_DmarcStrengthened)
                : Make(Kind.RecordChanged, Severity.Warning, Strings.Change_RecordChanged);
        }

        MailDomainChange Make(Kind kind, Severity severity, string explanation) => Change.Make(
            after, kind, MailDomainPart.Dmarc, severity, before.DmarcRecord, after.DmarcRecord, explanation, "DMARC");
    }

    /// <summary>The policies for the domain, subdomains and non-existent names; test mode; percentage.</summary>
    private static int[] PolicyStrength(MailDomainSnapshot snapshot)
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

    /// <summary>DKIM keys by selector.</summary>
    private static IEnumerable<MailDomainChange> CompareKeys(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (Status(before, MailDomainPart.Dkim) is not { } was || Status(after, MailDomainPart.Dkim) is not { } isNow)
        {
            yield break;
        }

        foreach (string selector in
            before.Keys.Keys.Concat(after.Keys.Keys)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .OrderBy(name => name, StringComparer.OrdinalIgnoreCase))
        {
            bool had = before.Keys.TryGetValue(selector, out string? old);
            bool has = after.Keys.TryGetValue(selector, out string? now);
            if (!(has ? before : after).Tried(selector) && had != has)
            {
                // The other audit did not look for it.
                continue;
            }

            if (had != has
                && (has ? before : after).Keys.TryGetValue("*", out string? wildcard)
                && (wildcard is null || (has ? now : old) is not { } own || own == wildcard))
            {
                // As far as known, it is the answer of a wildcard for every selector in the other audit.
                continue;
            }

            if (!has)
            {
                yield return Make(
                    Kind.KeyRemoved, Severity.Warning, selector, old ?? selector, "", Strings.Change_KeyRemoved);
            }
            else if (!had)
            {
                yield return Make(
                    Kind.KeyAdded, Severity.Information, selector, "", now ?? selector, Strings.Change_KeyAdded);
            }
            else if (old is not null && now is not null && old != now)
            {
                yield return KeyOf(old) == KeyOf(now)
                    ? Make(Kind.RecordChanged, Severity.Warning, selector, old, now, Strings.Change_KeyRecordChanged)
                    : KeyOf(now).Length == 0
                        ? Make(Kind.KeyRemoved, Severity.Warning, selector, old, now, Strings.Change_KeyRevoked)
                        : Make(Kind.KeyRotated, Severity.Information, selector, old, now, Strings.Change_KeyRotated);
            }
        }

        // A format without key records keeps whether the keys are usable.
        if (was != isNow
            && before.Keys.Count > 0 && AreSame(before.Keys.Keys, after.Keys.Keys) && HasTriedSame(before, after)
            && (before.Keys.Values.All(record => record is null) || after.Keys.Values.All(record => record is null)))
        {
            Severity severity = was is PartStatus.Found ? Severity.Warning : Severity.Information;
            yield return Change.Make(
                after,
                Kind.RecordChanged,
                MailDomainPart.Dkim,
                severity,
                was,
                isNow,
                Strings.Change_PartChanged,
                MailDomainPart.Dkim);
        }

        MailDomainChange Make(
            Kind kind, Severity severity, string selector, string one, string other, string explanation) =>
            Change.Make(after, kind, MailDomainPart.Dkim, severity, one, other, explanation, selector);
    }

    private static bool AreSame(IEnumerable<string> names, IEnumerable<string> others) =>
        new HashSet<string>(names, StringComparer.OrdinalIgnoreCase).SetEquals(others);

    private static string KeyOf(string record) => TagList.WithoutWhiteSpace(TagList.Parse(record)["p"]?.Value ?? "");

    /// <summary>The mail exchanges.</summary>
    private static IEnumerable<MailDomainChange> CompareExchanges(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (ExchangeStatus(before) is not { } old || ExchangeStatus(after) is not { } now)
        {
            yield break;
        }

        if (AreSame(before.MxHosts, after.MxHosts) && old == now)
        {
            yield break;
        }

        yield return Change.Make(
            after,
            Kind.MxChanged,
            MailDomainPart.Mx,
            Severity.Warning,
            before.MxHosts.Count > 0 ? before.MxHosts : old,
            after.MxHosts.Count > 0 ? after.MxHosts : now,
            Strings.Change_MxChanged);
    }

    private static PartStatus? ExchangeStatus(MailDomainSnapshot snapshot) =>
        snapshot.Parts.TryGetValue(MailDomainPart.Mx, out PartStatus status)
            && status is not (PartStatus.NotChecked or PartStatus.DnsFailure)
            && snapshot.Status != MailDomainStatus.DnsFailure
            ? status
            : null;

    /// <summary>The mode of the MTA-STS policy.</summary>
    private static IEnumerable<MailDomainChange> CompareMtaStsMode(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.MtaStsMode is { } old && after.MtaStsMode is { } now && old != now)
        {
            yield return now < old
                ? Make(Kind.PolicyWeakened, Severity.Warning, Strings.Change_MtaStsWeakened)
                : Make(Kind.PolicyStrengthened, Severity.Information, Strings.Change_MtaStsStrengthened);
        }

        MailDomainChange Make(Kind kind, Severity severity, string explanation) => Change.Make(
            after, kind, MailDomainPart.MtaSts, severity, before.MtaStsMode!, after.MtaStsMode!, explanation);
    }

    /// <summary>The parts compared only by status: MTA-STS, TLS reporting, BIMI and DANE.</summary>
    private static IEnumerable<MailDomainChange> CompareOtherParts(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        foreach (MailDomainPart part in OtherParts)
        {
            if (Status(before, part) is not { } old || Status(after, part) is not { } now || old == now)
            {
                continue;
            }

            if (old != PartStatus.NotFound && now != PartStatus.NotFound && !before.IsAsDeepAs(after, WithFiles(part)))
            {
                // Only one audit fetched the files that the record refers to.
                continue;
            }

            (Kind kind, Severity severity, string explanation) = (old, now) switch
            {
                (_, PartStatus.NotFound) => (Kind.RecordRemoved, Severity.Warning, Strings.Change_PartRemoved),
                (PartStatus.NotFound, _) => (Kind.RecordAdded, Severity.Information, Strings.Change_PartAdded),
                (PartStatus.Found, _) => (Kind.RecordChanged, Severity.Warning, Strings.Change_PartChanged),
                _ => (Kind.RecordChanged, Severity.Information, Strings.Change_PartChanged),
            };
            yield return Change.Make(after, kind, part, severity, old, now, explanation, part);
        }
    }

    private static MailDomainPart WithFiles(MailDomainPart part) => part switch
    {
        MailDomainPart.MtaSts => part | MailDomainPart.MtaStsPolicy,
        MailDomainPart.Bimi => part | MailDomainPart.BimiFiles,
        _ => part,
    };

    private static PartStatus? Status(MailDomainSnapshot snapshot, MailDomainPart part) =>
        !snapshot.Failed(part)
            && snapshot.Parts.TryGetValue(part, out PartStatus status)
            && status is not (PartStatus.NotChecked or PartStatus.DnsFailure)
            ? status
            : null;

    /// <summary>The grade if both audits have one and checked the same parts: unchecked ones lower no grade.</summary>
    private static IEnumerable<MailDomainChange> CompareGrade(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (before.Grade == after.Grade
            || before.Grade == MailDomainGrade.Unknown || after.Grade == MailDomainGrade.Unknown
            || before.FailedParts != MailDomainPart.None || after.FailedParts != MailDomainPart.None
            || !before.IsAsDeepAs(after, MailDomainPart.All)
            || !HaveSameProfile(before, after)
            || !KnowSameKeys(before, after))
        {
            yield break;
        }

        yield return after.Grade > before.Grade
            ? Make(Kind.GradeDown, Severity.Warning, Strings.Change_GradeDown)
            : Make(Kind.GradeUp, Severity.Information, Strings.Change_GradeUp);

        MailDomainChange Make(Kind kind, Severity severity, string explanation) =>
            Change.Make(after, kind, MailDomainPart.None, severity, before.Grade, after.Grade, explanation);
    }

    /// <summary>A given profile is not derived from the domain's records, so another one is not a change.</summary>
    private static bool HaveSameProfile(MailDomainSnapshot before, MailDomainSnapshot after) =>
        before.Profile is null || after.Profile is null || before.Profile == after.Profile
        || !(before.IsProfileGiven || after.IsProfileGiven);

    /// <summary>False if one audit may know a key, alias or wildcard only because it tried other selectors.</summary>
    private static bool KnowSameKeys(MailDomainSnapshot before, MailDomainSnapshot after)
    {
        if (HasTriedSame(before, after))
        {
            return true;
        }

        // Without saved dangling aliases, one of them may be the reason for a B instead of an A.
        bool isWhole = (before.DanglingSelectors is not null && after.DanglingSelectors is not null)
            || before.Grade > MailDomainGrade.B || after.Grade > MailDomainGrade.B;
        return isWhole
            && Found(before).All(after.Tried) && Found(after).All(before.Tried)
            && IsRevoked(before) == IsRevoked(after);

        static IEnumerable<string> Found(MailDomainSnapshot look) => look.Keys.Keys.Concat(look.DanglingSelectors ?? []);

        static bool IsRevoked(MailDomainSnapshot look) => Status(look, MailDomainPart.Dkim) == PartStatus.Declined;
    }

    /// <summary>True also if the selectors tried are unknown.</summary>
    private static bool HasTriedSame(MailDomainSnapshot before, MailDomainSnapshot after) =>
        before.TriedSelectors is not { } old || after.TriedSelectors is not { } now
        || AreSame(old, now);
}

using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;
using GradeRule = Dmarc.Text.Rule<Dmarc.Advice.Audit.MailDomainResult, Dmarc.Advice.Audit.GradeVerdict>;

namespace Dmarc.Advice.Audit;

/// <summary>
/// The rules of grades, which <c>docs/grades.md</c> describes. The usual row has a name, the best grade still possible,
/// and the values for the placeholders of its texts; null if the rule does not apply.
/// </summary>
internal static class GradeRules
{
    private const int RecommendedBits = 2048;
    private const int MaximumTerms = 3;

    /// <summary>The causes of permerror without a syntax error, limits first.</summary>
    private static readonly string[] Causes =
    [
        SpfFindings.TooManyLookups.Code,
        SpfFindings.TooManyVoidLookups.Code,
        SpfFindings.IncludeSelf.Code,
        SpfFindings.IncludeLoop.Code,
        SpfFindings.IncludeWithoutRecord.Code,
        SpfFindings.IncludeInvalid.Code,
        SpfFindings.TooManyMx.Code,
    ];

    /// <summary>All rules; for equal grades, the step of the earlier rule comes first.</summary>
    public static readonly GradeRule[] All =
    [
        // The SPF record passes every server.
        Spf("SpfPassesEveryone", MailDomainGrade.F, spf =>
            spf.Findings.FirstOrDefault(IsOpen) is { } open ? [open.Message, open.Remedy] : null),
        Dmarc(nameof(DmarcMissing), DmarcMissing),

        // The policy is none, or quarantine in test mode.
        Dmarc("DmarcPolicyNone", MailDomainGrade.D, DmarcStepWording.OfPolicy, (_, dmarc) =>
            dmarc.EffectivePolicy == DmarcPolicy.None ? [dmarc.PolicyTag, "quarantine"] : null),
        Spf(nameof(SpfMissing), SpfMissing),
        Spf(nameof(SpfBroken), SpfBroken),

        // The SPF record does not cover unlisted servers.
        Spf("SpfOpenEnd", MailDomainGrade.C, spf => spf is { Status: SpfRecordStatus.Found, All: "?all" } ? [spf.All]
            : spf is { Status: SpfRecordStatus.Found, All: "", Validity: not null } ? [Strings.Grades_NoAll]
            : null),

        // The historic pct lets older receivers apply the policy to only part of the mail.
        Dmarc("DmarcPercentage", MailDomainGrade.C, DmarcStepWording.OfRule, (_, dmarc) =>
            dmarc is { EffectivePolicy: DmarcPolicy.Quarantine or DmarcPolicy.Reject, Percentage: < 100 }
                ? [dmarc.Percentage]
                : null),
        Dmarc(nameof(DmarcSubdomains), DmarcSubdomains),
        new(nameof(MxDangling), MxDangling),

        // The enforced MTA-STS policy blocks mail to a mail exchange.
        Row("MtaStsBlocksMail", MailDomainGrade.C, domain =>
            domain.MtaSts is { Mode: MtaStsMode.Enforce, UnmatchedHosts: { Count: > 0 } hosts } ? [hosts[0]] : null),

        // No address receives aggregate reports; a parked domain does not need them.
        Dmarc("DmarcReports", MailDomainGrade.B, DmarcStepWording.OfRule, (domain, dmarc) =>
            dmarc is { EffectivePolicy: not null, AggregateReportsCome: false }
                && domain.Profile is not (SendingProfile.Parked or SendingProfile.Unknown)
                ? [dmarc.AggregateReportUri.Count == 0 ? "" : "rua: " + dmarc.AggregateReportUri]
                : null),

        // The policy is quarantine, or reject in test mode.
        Dmarc("DmarcQuarantine", MailDomainGrade.B, DmarcStepWording.OfPolicy, (_, dmarc) =>
            dmarc.EffectivePolicy == DmarcPolicy.Quarantine ? [] : null),

        // The SPF record of a domain that sends no mail still allows senders.
        Row("SpfAllowsSomeone", MailDomainGrade.B, domain =>
            SendsNothing(domain)
                && domain.Spf is { Status: SpfRecordStatus.Found } spf
                && !SpfReading.IsPartial(spf)
                && !(spf.All == "-all" && SpfReading.AllowsNobody(spf))
                ? [spf.Record]
                : null,
            domain => (domain.Domain, "v=spf1 -all")),

        // A sending domain certainly has no DKIM key.
        Row("DkimMissing", MailDomainGrade.B, domain =>
            domain.Profile == SendingProfile.Sends && (domain.DkimStatus == PartStatus.Declined || LacksKeys(domain))
                ? []
                : null),

        // There are keys, but no signature can pass with them.
        Row("DkimInvalid", MailDomainGrade.B, domain =>
            domain is { DkimStatus: PartStatus.Invalid, Profile: SendingProfile.Sends }
                ? [string.Join(", ", domain.DkimSelector), .. Worst(domain.Dkim.SelectMany(key => key.Findings))]
                : null),

        // The alias of a key is dangling, so anyone who registers the target can sign.
        Row("DkimDangling", MailDomainGrade.B, domain =>
            domain.Dkim.FirstOrDefault(key => key.Status == DkimKeyStatus.Dangling) is { } key
                ? [key.Name, key.Target]
                : null),
        new(nameof(NullMx), NullMx),

        // Incoming mail can be read or diverted in transit, without MTA-STS and DANE.
        Row("TransportOpen", MailDomainGrade.B, domain =>
            TakesMailUnprotected(domain) && domain.MtaStsStatus == PartStatus.NotFound
                ? [string.Join(", ", from host in domain.Mx!.Hosts where !IsDangling(host) select "mx: " + host.Name)]
                : null,
            domain => ("_mta-sts." + domain.Domain, domain.MtaSts!.ProposedRecord)),

        // An MTA-STS record exists, but senders cannot use it or its policy.
        Row("MtaStsBroken", MailDomainGrade.B, domain =>
            TakesMailUnprotected(domain)
                && domain.MtaStsStatus is PartStatus.Multiple or PartStatus.Invalid or PartStatus.Unreachable
                ? [domain.MtaStsStatus, .. Worst(domain.MtaSts!.Findings)]
                : null),

        // The MTA-STS policy exists but is not enforced.
        Row("MtaStsNotEnforced", MailDomainGrade.B, domain =>
            domain is { MtaSts.Mode: MtaStsMode.Testing or MtaStsMode.None, Profile: not SendingProfile.Parked }
                && LacksDane(domain)
                ? [domain.MtaStsMode == MtaStsMode.Testing ? "testing" : "none"]
                : null),

        // No key was found, but there may be one at an unusual selector.
        Row("DkimUnknown", null, domain =>
            domain is { Profile: SendingProfile.Sends, DkimStatus: PartStatus.NotFound } && !LacksKeys(domain)
                ? []
                : null),

        // A key is shorter than recommended (RFC 8301 §3.2).
        Row("DkimKeyShort", null, domain =>
            domain.Dkim.FirstOrDefault(key =>
                key is { Status: DkimKeyStatus.Valid, KeyType: DkimKeyType.Rsa, KeySize: < RecommendedBits }) is { } key
                ? [key.Selector, key.KeySize]
                : null),

        // A parked domain could declare all keys invalid.
        Row("DkimWildcard", null, domain =>
            domain is { Profile: SendingProfile.Parked, DkimStatus: PartStatus.NotFound } ? [] : null,
            domain => ("*._domainkey." + domain.Domain, "v=DKIM1; p=")),

        // TLS failures are not reported to anyone.
        Row("TlsRptMissing", null, domain =>
            TakesMail(domain) && domain.TlsRptStatus is PartStatus.NotFound or PartStatus.Invalid or PartStatus.Multiple
                ? []
                : null,
            domain => ("_smtp._tls." + domain.Domain, "v=TLSRPTv1; rua=mailto:tls-reports@" + domain.Domain)),
    ];

    /// <summary>True if there can be no key, even at selectors that were not queried.</summary>
    public static bool LacksKeys(MailDomainResult domain) =>
        domain.DkimStatus == PartStatus.NotFound && domain.Dkim.Any(key => key.IsDomainWithoutKeys);

    /// <summary>The usual rule.</summary>
    /// <param name="name">The name of the rule.</param>
    /// <param name="cap">The best grade still possible; null for mere advice.</param>
    /// <param name="values">The values for the texts after the domain; null if the rule does not apply.</param>
    /// <param name="record">The name and the text of the TXT record to publish; null for none.</param>
    private static GradeRule Row(
        string name,
        MailDomainGrade? cap,
        Func<MailDomainResult, object?[]?> values,
        Func<MailDomainResult, (string Name, string Value)>? record = null) => new(name, domain =>
    {
        GradeVerdict? verdict = values(domain) is { } more ? GradeVerdict.Of(name, cap, domain, more) : null;
        return verdict is not null && record?.Invoke(domain) is var (owner, value)
            ? verdict.WithText(owner, value)
            : verdict;
    });

    /// <summary>A rule about an existing or missing SPF record.</summary>
    private static GradeRule Spf(string name, Func<MailDomainResult, SpfResult, GradeVerdict?> check) =>
        new(name, domain => domain.Spf is { Status: not SpfRecordStatus.DnsFailure } spf ? check(domain, spf) : null);

    private static GradeRule Spf(string name, MailDomainGrade cap, Func<SpfResult, object?[]?> values) =>
        Spf(name, (domain, spf) => values(spf) is { } more ? GradeVerdict.Of(name, cap, domain, more) : null);

    /// <summary>A rule about an existing or missing DMARC record.</summary>
    private static GradeRule Dmarc(string name, Func<MailDomainResult, DmarcRecordResult, GradeVerdict?> check) =>
        new(name, domain => domain.Dmarc is { Status: not DmarcRecordStatus.DnsFailure } dmarc
            ? check(domain, dmarc)
            : null);

    private static GradeRule Dmarc(
        string name,
        MailDomainGrade cap,
        DmarcStepWording step,
        Func<MailDomainResult, DmarcRecordResult, object?[]?> values) =>
        Dmarc(name, (domain, dmarc) => values(domain, dmarc) is { } more
            ? GradeVerdict.Of(name, cap, domain, more) with { DmarcStep = step }
            : null);

    /// <summary>The message and the remedy of the most severe finding.</summary>
    private static object?[] Worst(IEnumerable<Finding> findings) =>
        GradeVerdict.Worst(findings) is { } worst ? [worst.Message, worst.Remedy] : [null, null];

    /// <summary>No valid DMARC record applies.</summary>
    private static GradeVerdict? DmarcMissing(MailDomainResult domain, DmarcRecordResult dmarc)
    {
        if (dmarc.EffectivePolicy is not null)
        {
            return null;
        }

        bool spfHolds =
            domain.Spf is { } spf && (SpfReading.IsPartial(spf) || (spf.Validity == true && SpfReading.HasEnd(spf)));
        Finding? worst = dmarc.Status is DmarcRecordStatus.Invalid or DmarcRecordStatus.Multiple
            ? GradeVerdict.Worst(dmarc.Findings)
            : dmarc.Findings.FirstOrDefault(finding => finding.Code == DmarcFindings.AliasDangling.Code);
        return GradeVerdict.Of(nameof(DmarcMissing),
                spfHolds ? MailDomainGrade.E : MailDomainGrade.F,
                domain,
                dmarc.Status,
                worst?.Message,
                worst?.Remedy)
            with { DmarcStep = DmarcStepWording.OfPolicy };
    }

    /// <summary>Subdomains are less protected than the domain.</summary>
    private static GradeVerdict? DmarcSubdomains(MailDomainResult domain, DmarcRecordResult dmarc)
    {
        // These tags only have an effect in the record of the Organizational Domain (RFC 9989 §4.7).
        if (dmarc.RecordDomain != domain.Domain
            || dmarc.OrganizationalDomain != domain.Domain
            || dmarc.Policy is not { } policy
            || dmarc.ParsedRecord is { HasFaultyPolicy: true })
        {
            return null;
        }

        DmarcPolicy subdomains = dmarc.SubdomainPolicy ?? policy;
        DmarcPolicy others = dmarc.NonexistentSubdomainPolicy ?? subdomains;
        DmarcPolicy weakest = others < subdomains ? others : subdomains;
        if (weakest >= policy)
        {
            return null;
        }

        MailDomainGrade cap = weakest == DmarcPolicy.None ? MailDomainGrade.C : MailDomainGrade.B;
        return GradeVerdict.Of(
            nameof(DmarcSubdomains),
            cap,
            domain,
            others < subdomains ? "np" : "sp",
            weakest.ToKeyword(),
            policy.ToKeyword())
            with { DmarcStep = DmarcStepWording.OfRule };
    }

    /// <summary>There is no SPF record.</summary>
    private static GradeVerdict? SpfMissing(MailDomainResult domain, SpfResult spf)
    {
        if (spf.Status is not (SpfRecordStatus.NotFound or SpfRecordStatus.DomainNotFound))
        {
            return null;
        }

        return SendsNothing(domain)
            ? GradeVerdict.Of(nameof(SpfMissing), MailDomainGrade.B, domain).WithText(domain.Domain, "v=spf1 -all")
            : GradeVerdict.Of(nameof(SpfMissing), MailDomainGrade.C, domain);
    }

    /// <summary>Receivers cannot interpret the SPF record.</summary>
    private static GradeVerdict? SpfBroken(MailDomainResult domain, SpfResult spf)
    {
        if (spf.Validity != false
            || spf.Status is not (SpfRecordStatus.Multiple or SpfRecordStatus.Invalid or SpfRecordStatus.Found))
        {
            return null;
        }

        Finding? cause = CauseOf(spf);
        return cause?.Code == SpfFindings.TooManyLookups.Code
            ? GradeVerdict.In(
                "Grade_SpfLookups", nameof(SpfBroken), MailDomainGrade.C, domain, spf.LookupCount,
                string.Join(", ", CostliestTerms(spf)), cause.Message)
            : GradeVerdict.Of(
                nameof(SpfBroken), MailDomainGrade.C, domain, cause?.Message ?? spf.Outcome, cause?.Remedy);
    }

    /// <summary>A mail exchange does not exist, or none can accept mail.</summary>
    private static GradeVerdict? MxDangling(MailDomainResult domain)
    {
        if (domain.Mx?.Hosts.FirstOrDefault(IsDangling) is not { } host)
        {
            return null;
        }

        GradeVerdict verdict = GradeVerdict.Of(nameof(MxDangling), MailDomainGrade.C, domain, host.Name);
        Finding? address = host.Status != PartStatus.Invalid ? null
            : domain.Mx.Findings.FirstOrDefault(finding => finding.Code == MxFindings.HostIsAddress.Code);
        return address is null ? verdict : verdict with { Reason = address.Message, Remedy = address.Remedy };
    }

    /// <summary>A domain without mail lacks a null MX (RFC 7505); one that receives reports accepts mail.</summary>
    private static GradeVerdict? NullMx(MailDomainResult domain) =>
        domain is { Profile: SendingProfile.Parked, Mx: { Status: PartStatus.NotFound } mx } && !TakesReports(domain)
            ? GradeVerdict.Of(nameof(NullMx), mx.IsImplicit == true ? MailDomainGrade.B : null, domain)
                with { RecordName = domain.Domain, RecordType = "MX", RecordValue = "0 ." }
            : null;

    private static bool IsOpen(Finding finding) =>
        finding.Code == SpfFindings.PassAll.Code
        || finding.Code == SpfFindings.PassesInternet.Code
        || finding.Code == SpfFindings.IncludePassesAll.Code;

    /// <summary>True if the domain is known to send no mail.</summary>
    private static bool SendsNothing(MailDomainResult domain) =>
        domain.Profile is SendingProfile.Parked or SendingProfile.ReceivesOnly;

    /// <summary>The finding with the number or the term.</summary>
    private static Finding? CauseOf(SpfResult spf) => spf.Status == SpfRecordStatus.Found
        ? Causes
            .Select(code => spf.Findings.FirstOrDefault(finding => finding.Code == code))
            .FirstOrDefault(finding => finding is not null)
        : spf.Findings.FirstOrDefault(finding => finding.Code == SpfFindings.SeveralRecords.Code)
            ?? spf.Findings.FirstOrDefault(finding => finding.Severity == Severity.Error);

    /// <summary>The terms of the domain's own record with the most look-ups, and their costs.</summary>
    private static IEnumerable<string> CostliestTerms(SpfResult spf) => spf.Terms
        .Where(term => term is { Depth: 0, TotalLookups: > 0 })
        .OrderByDescending(term => term.TotalLookups)
        .Take(MaximumTerms)
        .Select(term => term.Term + " (" + term.TotalLookups.ToString(CultureInfo.InvariantCulture) + ")");

    private static bool IsDangling(MxHost host) => host.Status is PartStatus.NotFound or PartStatus.Invalid;

    /// <summary>True if a record sends reports to its domain, which arrive even without MX (RFC 5321 §5.1).</summary>
    private static bool TakesReports(MailDomainResult domain) => domain.Mx?.IsImplicit == true
        && (domain.Dmarc?.ParsedRecord is { } record ? record.AggregateReportUris.Concat(record.FailureReportUris) : [])
            .Any(uri => uri is { IsValid: true, Scheme: "mailto", Host: { } host } && host.ToString() == domain.Domain);

    /// <summary>True if hosts without DANE protection accept mail.</summary>
    private static bool TakesMailUnprotected(MailDomainResult domain) =>
        TakesMail(domain) && LacksDane(domain);

    private static bool TakesMail(MailDomainResult domain) =>
        domain is { Profile: not SendingProfile.Parked, Mx: { AcceptsMail: not false, Status: PartStatus.Found } };

    /// <summary>True if DANE is known to protect no mail; a failed or omitted look-up leaves this unknown.</summary>
    private static bool LacksDane(MailDomainResult domain) =>
        domain.DaneStatus is PartStatus.NotFound or PartStatus.Invalid;
}

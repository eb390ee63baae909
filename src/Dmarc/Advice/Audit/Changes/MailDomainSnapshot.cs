using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>
/// The compared data of a domain: as much of a <see cref="MailDomainResult"/> as its saved format kept. A CSV has only
/// the flat columns; unknown values are null and are not compared.
/// </summary>
internal sealed record MailDomainSnapshot
{
    /// <summary>The domain.</summary>
    public required string Domain { get; init; }

    /// <summary>The status of the audit.</summary>
    public MailDomainStatus Status { get; init; }

    /// <summary>The first failure of a look-up; null if there is none, or it was not saved.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The grade.</summary>
    public MailDomainGrade Grade { get; init; } = MailDomainGrade.Unknown;

    /// <summary>The parts with unknown data.</summary>
    public MailDomainPart FailedParts { get; init; }

    /// <summary>The status of each part; a skipped part has <see cref="PartStatus.NotChecked"/>.</summary>
    public IReadOnlyDictionary<MailDomainPart, PartStatus> Parts { get; init; } = new Dictionary<MailDomainPart, PartStatus>();

    /// <summary>The mail exchanges.</summary>
    public PrintableList<string> MxHosts { get; init; } = PrintableList<string>.Empty;

    /// <summary>The status of the SPF record; null if skipped.</summary>
    public SpfRecordStatus? SpfStatus { get; init; }

    /// <summary>The SPF record.</summary>
    public string SpfRecord { get; init; } = "";

    /// <summary>The end of the SPF record.</summary>
    public string SpfAll { get; init; } = "";

    /// <summary>The number of its look-ups.</summary>
    public int? SpfLookupCount { get; init; }

    /// <summary>The addresses that it passes; null if unknown.</summary>
    public PrintableList<AddressBlock>? SpfNetworks { get; init; }

    /// <summary>The status of the search for the DMARC record; null if skipped.</summary>
    public DmarcRecordStatus? DmarcStatus { get; init; }

    /// <summary>The DMARC record that applies.</summary>
    public string DmarcRecord { get; init; } = "";

    /// <summary>The policy applied by receivers.</summary>
    public DmarcPolicy? DmarcPolicy { get; init; }

    /// <summary>The DKIM selectors with their key records; a record is null if unknown.</summary>
    public IReadOnlyDictionary<string, string?> Keys { get; init; } = new Dictionary<string, string?>();

    /// <summary>The DKIM selectors tried; <c>*</c> alone for a wildcard if there is none. Null if unknown.</summary>
    public PrintableList<string>? TriedSelectors { get; init; }

    /// <summary>The DKIM selectors with dangling aliases; null if not saved.</summary>
    public PrintableList<string>? DanglingSelectors { get; init; }

    /// <summary>The profile of the domain; null if not saved.</summary>
    public SendingProfile? Profile { get; init; }

    /// <summary>True if it was given, not inferred from the domain's records.</summary>
    public bool IsProfileGiven { get; init; }

    /// <summary>The checked parts; null if unknown.</summary>
    public MailDomainPart? CheckedParts { get; init; }

    /// <summary>The mode of the MTA-STS policy.</summary>
    public MtaStsMode? MtaStsMode { get; init; }

    /// <summary>The status in a word; for failed look-ups such as <c>DnsTimeout</c>.</summary>
    internal string StatusText => Status.ToStatusText(DnsFailure);

    /// <summary>True if a selector was tried, or it is unknown which were.</summary>
    public bool Tried(string selector) =>
        TriedSelectors is not { Count: > 0 } tried
            || (tried.Count == 1 && tried[0] == "*")
            || tried.Contains(selector, StringComparer.OrdinalIgnoreCase);

    /// <summary>True if both audits checked a part in the same way, or this is unknown.</summary>
    /// <param name="other">The other audit.</param>
    /// <param name="part">One or several parts.</param>
    public bool IsAsDeepAs(MailDomainSnapshot other, MailDomainPart part) =>
        CheckedParts is not { } mine
        || other.CheckedParts is not { } theirs
        || ((mine ^ theirs) & part) == MailDomainPart.None;

    /// <summary>
    /// True if a part is completely or partly unknown. If a failure was saved without the parts, it may concern any.
    /// </summary>
    public bool Failed(MailDomainPart part) =>
        Status == MailDomainStatus.DnsFailure
        || (FailedParts & part) != 0
        || (Status == MailDomainStatus.Incomplete && FailedParts == MailDomainPart.None);

    /// <summary>The snapshot of a result.</summary>
    public static MailDomainSnapshot From(MailDomainResult result)
    {
        return new MailDomainSnapshot
        {
            Domain = result.Domain,
            Status = result.Status,
            DnsFailure = result.DnsFailure,
            Grade = result.Grade,
            FailedParts = result.FailedParts.Aggregate(MailDomainPart.None, (all, part) => all | part),
            Parts = new Dictionary<MailDomainPart, PartStatus>
            {
                [MailDomainPart.Mx] = result.MxStatus,
                [MailDomainPart.Dkim] = result.DkimStatus,
                [MailDomainPart.MtaSts] = result.MtaStsStatus,
                [MailDomainPart.TlsRpt] = result.TlsRptStatus,
                [MailDomainPart.Bimi] = result.BimiStatus,
                [MailDomainPart.Dane] = result.DaneStatus,
            },
            MxHosts = result.MxHost,
            SpfStatus = result.SpfStatus,
            SpfRecord = result.SpfRecord ?? "",
            SpfAll = result.SpfAll ?? "",
            SpfLookupCount = result.SpfLookupCount,
            SpfNetworks = result.Spf is { } spf && spf.Terms.All(term => term.SelfAndBelow().All(IsKnown)) ? spf.Networks : null,
            DmarcStatus = result.DmarcStatus,
            DmarcRecord = result.DmarcRecord ?? "",
            DmarcPolicy = result.DmarcPolicy,
            Keys = result.Dkim.Where(key => key.Selector.Length > 0 && key.Record is not null)
                .GroupBy(key => key.Selector, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(group => group.Key, group => group.First().Record, StringComparer.OrdinalIgnoreCase),
            TriedSelectors = result.DkimSelectorTried,
            DanglingSelectors = result.Dkim.Where(key => key.Status == DkimKeyStatus.Dangling)
                .Select(key => key.Selector)
                .ToPrintableList(),
            Profile = result.Profile,
            IsProfileGiven = ProfileInference.IsGiven(result.ProfileReason),
            CheckedParts = result.CheckedParts.Count == 0
                ? null
                : result.CheckedParts.Aggregate(MailDomainPart.None, (all, part) => all | part),
            MtaStsMode = result.MtaStsMode,
        };
    }

    private static bool IsKnown(SpfTermResult term) => term.DnsStatus is not { } status || Dns.DnsStatusExtensions.IsAnswer(status);
}

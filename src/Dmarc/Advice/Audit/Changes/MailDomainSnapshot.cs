using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.MtaSts;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Audit.Changes;

/// <summary>
/// What is compared of a domain: as much of a <see cref="MailDomainResult"/> as the form in which it was saved kept. A CSV keeps the flat
/// columns only; what is not known is null and is not compared.
/// </summary>
internal sealed record MailDomainSnapshot
{
    /// <summary>The domain.</summary>
    public required string Domain { get; init; }

    /// <summary>How the look ended.</summary>
    public MailDomainStatus Status { get; init; }

    /// <summary>How the first look-up failed that did; null if none did, or that was not saved.</summary>
    public DnsFailure? DnsFailure { get; init; }

    /// <summary>The grade.</summary>
    public MailDomainGrade Grade { get; init; } = MailDomainGrade.Unknown;

    /// <summary>The parts of which something is not known.</summary>
    public MailDomainPart FailedParts { get; init; }

    /// <summary>The status of parts that have one; a part that was left out has <see cref="PartStatus.NotChecked"/>.</summary>
    public IReadOnlyDictionary<MailDomainPart, PartStatus> Parts { get; init; } = new Dictionary<MailDomainPart, PartStatus>();

    /// <summary>The mail exchanges.</summary>
    public PrintableList<string> MxHosts { get; init; } = PrintableList<string>.Empty;

    /// <summary>What was found where the SPF record should be; null if that was left out.</summary>
    public SpfRecordStatus? SpfStatus { get; init; }

    /// <summary>The SPF record.</summary>
    public string SpfRecord { get; init; } = "";

    /// <summary>How it ends.</summary>
    public string SpfAll { get; init; } = "";

    /// <summary>The look-ups that it needs.</summary>
    public int? SpfLookupCount { get; init; }

    /// <summary>The addresses that it lets pass; null if they are not known.</summary>
    public PrintableList<AddressBlock>? SpfNetworks { get; init; }

    /// <summary>What the search for the DMARC record ended with; null if that was left out.</summary>
    public DmarcRecordStatus? DmarcStatus { get; init; }

    /// <summary>The DMARC record that applies.</summary>
    public string DmarcRecord { get; init; } = "";

    /// <summary>What receivers apply.</summary>
    public DmarcPolicy? DmarcPolicy { get; init; }

    /// <summary>The DKIM selectors with their key records; the record is null if it is not known.</summary>
    public IReadOnlyDictionary<string, string?> Keys { get; init; } = new Dictionary<string, string?>();

    /// <summary>The DKIM selectors that were looked for; <c>*</c> for a wildcard, and alone where there is none at all. Null if it is not known which.</summary>
    public PrintableList<string>? TriedSelectors { get; init; }

    /// <summary>The DKIM selectors that are aliases of nothing; null if that was not saved.</summary>
    public PrintableList<string>? DanglingSelectors { get; init; }

    /// <summary>What the domain was taken to be used for; null if that was not saved.</summary>
    public SendingProfile? Profile { get; init; }

    /// <summary>True if it was given, and not inferred from what the domain publishes.</summary>
    public bool IsProfileGiven { get; init; }

    /// <summary>The parts that were looked at; null if it is not known which.</summary>
    public MailDomainPart? CheckedParts { get; init; }

    /// <summary>What the MTA-STS policy asks of senders.</summary>
    public MtaStsMode? MtaStsMode { get; init; }

    /// <summary>How the look ended, in a word; for failed look-ups such as <c>DnsTimeout</c>.</summary>
    internal string StatusText => Status.ToStatusText(DnsFailure);

    /// <summary>True if a selector was looked for, or it is not known which were.</summary>
    /// <param name="selector">The selector.</param>
    public bool Tried(string selector) =>
        TriedSelectors is not { Count: > 0 } tried || (tried.Count == 1 && tried[0] == "*") || tried.Contains(selector, StringComparer.OrdinalIgnoreCase);

    /// <summary>True where both looks looked at the same of a part, or it is not known what they looked at.</summary>
    /// <param name="other">The other look.</param>
    /// <param name="part">The part, or several.</param>
    public bool IsAsDeepAs(MailDomainSnapshot other, MailDomainPart part) =>
        other is not null && (CheckedParts is not { } mine || other.CheckedParts is not { } theirs || ((mine ^ theirs) & part) == MailDomainPart.None);

    /// <summary>
    /// True if nothing is known of a part, or not everything. Where something failed and the parts were not saved, it may be any.
    /// </summary>
    /// <param name="part">The part.</param>
    public bool Failed(MailDomainPart part) =>
        Status == MailDomainStatus.DnsFailure
        || (FailedParts & part) != 0
        || (Status == MailDomainStatus.Incomplete && FailedParts == MailDomainPart.None);

    /// <summary>What a result says.</summary>
    /// <param name="result">The result.</param>
    public static MailDomainSnapshot From(MailDomainResult result)
    {
        if (result is null)
        {
            throw new ArgumentNullException(nameof(result));
        }

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
            DanglingSelectors = result.Dkim.Where(key => key.Status == DkimKeyStatus.Dangling).Select(key => key.Selector).ToPrintableList(),
            Profile = result.Profile,
            IsProfileGiven = ProfileInference.IsGiven(result.ProfileReason),
            CheckedParts = result.CheckedParts.Count == 0 ? null : result.CheckedParts.Aggregate(MailDomainPart.None, (all, part) => all | part),
            MtaStsMode = result.MtaStsMode,
        };
    }

    private static bool IsKnown(SpfTermResult term) => term.DnsStatus is not { } status || Dns.DnsStatusExtensions.IsAnswer(status);
}

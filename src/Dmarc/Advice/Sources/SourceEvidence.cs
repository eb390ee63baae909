using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards;

namespace Dmarc.Advice.Sources;

/// <summary>
/// The evidence in aggregate report rows about one source (an address, or a network) with one From domain. Rows are
/// added individually, and separate evidence is merged; memory does not grow with the rows. Not thread-safe for
/// writing.
/// </summary>
internal sealed class SourceEvidence
{
    private readonly NameTally _dkim = new();
    private readonly NameTally _spf = new();

    /// <summary>Creates empty evidence.</summary>
    /// <param name="source">The address, or the network in CIDR form.</param>
    /// <param name="headerFrom">The From domain.</param>
    /// <param name="organizationalDomains">Finds Organizational Domains; by default the public suffix list.</param>
    public SourceEvidence(string source, string headerFrom, IOrganizationalDomainSource? organizationalDomains = null)
    {
        Source = source;
        HeaderFrom = headerFrom;
        OrganizationalDomains = organizationalDomains ?? PublicSuffixList.Default;
        OrganizationalDomain = DomainName.TryParse(headerFrom, out DomainName? from)
            ? OrganizationalDomains.GetOrganizationalDomain(from).ToString()
            : headerFrom;
    }

    /// <summary>The address, or the network in CIDR form.</summary>
    public string Source { get; }

    /// <summary>The From domain.</summary>
    public string HeaderFrom { get; }

    /// <summary>The Organizational Domain of <see cref="HeaderFrom"/>.</summary>
    public string OrganizationalDomain { get; }

    /// <summary>The number of rows.</summary>
    public long Rows { get; private set; }

    /// <summary>The number of messages.</summary>
    public long Messages { get; private set; }

    /// <summary>The number of messages that passed: DKIM or SPF aligned, according to receivers.</summary>
    public long Passed { get; private set; }

    /// <summary>The number of messages that did not pass.</summary>
    public long Failed => Evaluated - Passed;

    /// <summary>The number of messages in rows without an evaluation.</summary>
    public long Unevaluated { get; private set; }

    /// <summary>The total for shares.</summary>
    internal long Evaluated => Messages - Unevaluated;

    /// <summary>The number of messages with an aligned DKIM pass.</summary>
    public long DkimAligned { get; private set; }

    /// <summary>The number of messages with an aligned SPF pass.</summary>
    public long SpfAligned { get; private set; }

    /// <summary>The number of quarantined messages.</summary>
    public long Quarantined { get; private set; }

    /// <summary>The number of rejected messages.</summary>
    public long Rejected { get; private set; }

    /// <summary>The number of messages that receivers report as forwarded, from a list, or passed by ARC.</summary>
    public long Forwarded { get; private set; }

    /// <summary>The number of messages with the organisation's MAIL FROM that SPF does not authorise.</summary>
    public long OwnSpfRefused { get; private set; }

    /// <summary>
    /// The number of failed messages with an SPF or DKIM pass for the organisation: strict alignment requires the From
    /// domain itself, or the receiver found another Organizational Domain.
    /// </summary>
    public long PassedUnaligned { get; private set; }

    /// <summary>
    /// The number of failed messages with MAIL FROM in the organisation's domain and any SPF result except pass;
    /// without an SPF result in a report, those with the domain's signature broken.
    /// </summary>
    public long OwnMailFromFailed { get; private set; }

    /// <summary>The part of <see cref="OwnMailFromFailed"/> with an error in the SPF record itself.</summary>
    public long OwnSpfBroken { get; private set; }

    /// <summary>The number of messages with an SPF pass for a foreign domain.</summary>
    public long ForeignSpfPassed { get; private set; }

    /// <summary>The number of failed messages with a broken signature of the domain and a foreign SPF pass.</summary>
    public long BrokenSignature { get; private set; }

    /// <summary>The number of messages whose HELO name is in the organisation's domain and passes SPF.</summary>
    public long OwnHeloPassed { get; private set; }

    /// <summary>The start of the earliest report, in UTC; null if unknown.</summary>
    public DateTime? FirstSeen { get; private set; }

    /// <summary>The end of the latest report, in UTC; null if unknown.</summary>
    public DateTime? LastSeen { get; private set; }

    internal IOrganizationalDomainSource OrganizationalDomains { get; }

    /// <summary>The signing domains that passed, most frequent first.</summary>
    internal IEnumerable<string> DkimPassing => _dkim.NamesOf((int)AuthenticationResult.Pass);

    /// <summary>The domains that passed SPF, most frequent first.</summary>
    internal IEnumerable<string> SpfPassing => _spf.NamesOf((int)AuthenticationResult.Pass);

    /// <summary>True if SPF mostly refused the From domain itself: its record counts, not a subdomain's.</summary>
    internal bool IsRefusedAsFrom => _spf
        .NamesOf(result => (AuthenticationResult)result
            is AuthenticationResult.Fail or AuthenticationResult.SoftFail or AuthenticationResult.Neutral)
        .FirstOrDefault(IsOwn) is { } refused && IsFrom(refused);

    /// <summary>True if SPF mostly passed the From domain itself.</summary>
    internal bool IsPassedAsFrom => SpfPassing.FirstOrDefault(IsOwn) is { } passed && IsFrom(passed);

    /// <summary>Adds a row. The row's source and From domain are ignored.</summary>
    public void Add(AggregateReportRow row)
    {
        long count = row.Count;
        bool failed = row.Passed == false;
        Rows++;
        Messages = Saturating.Add(Messages, count);
        Passed = Saturating.Add(Passed, row.Passed == true ? count : 0);
        Unevaluated = Saturating.Add(Unevaluated, row.Passed is null ? count : 0);
        DkimAligned = Saturating.Add(DkimAligned, row.DkimAligned == true ? count : 0);
        SpfAligned = Saturating.Add(SpfAligned, row.SpfAligned == true ? count : 0);
        Quarantined = Saturating.Add(Quarantined, row.Disposition == ReportedDisposition.Quarantine ? count : 0);
        Rejected = Saturating.Add(Rejected, row.Disposition == ReportedDisposition.Reject ? count : 0);
        AddResults(row, count, failed);
        AddForwarded(row, count);
        See(row.Begin, row.End);
    }

    /// <summary>Adds separately gathered evidence.</summary>
    public void Add(SourceEvidence other)
    {
        Rows += other.Rows;
        Messages = Saturating.Add(Messages, other.Messages);
        Passed = Saturating.Add(Passed, other.Passed);
        Unevaluated = Saturating.Add(Unevaluated, other.Unevaluated);
        DkimAligned = Saturating.Add(DkimAligned, other.DkimAligned);
        SpfAligned = Saturating.Add(SpfAligned, other.SpfAligned);
        Quarantined = Saturating.Add(Quarantined, other.Quarantined);
        Rejected = Saturating.Add(Rejected, other.Rejected);
        Forwarded = Saturating.Add(Forwarded, other.Forwarded);
        OwnSpfRefused = Saturating.Add(OwnSpfRefused, other.OwnSpfRefused);
        PassedUnaligned = Saturating.Add(PassedUnaligned, other.PassedUnaligned);
        OwnMailFromFailed = Saturating.Add(OwnMailFromFailed, other.OwnMailFromFailed);
        OwnSpfBroken = Saturating.Add(OwnSpfBroken, other.OwnSpfBroken);
        ForeignSpfPassed = Saturating.Add(ForeignSpfPassed, other.ForeignSpfPassed);
        BrokenSignature = Saturating.Add(BrokenSignature, other.BrokenSignature);
        OwnHeloPassed = Saturating.Add(OwnHeloPassed, other.OwnHeloPassed);
        _dkim.Add(other._dkim);
        _spf.Add(other._spf);
        See(other.FirstSeen, other.LastSeen);
    }

    /// <summary>True if a domain is the organisation's, or below it.</summary>
    internal bool IsOwn(string domain)
    {
        int length = domain.Length > 0 && domain[domain.Length - 1] == '.' ? domain.Length - 1 : domain.Length;
        int start = length - OrganizationalDomain.Length;
        return OrganizationalDomain.Length > 0
            && start >= 0
            && string.Compare(domain, start, OrganizationalDomain, 0, OrganizationalDomain.Length, StringComparison.OrdinalIgnoreCase) == 0
            && (start == 0 || domain[start - 1] == '.');
    }

    /// <summary>The source, the From domain and the number of messages.</summary>
    public override string ToString() =>
        Source + " " + HeaderFrom + " " + Messages.ToString(CultureInfo.InvariantCulture);

    private bool IsFrom(string domain) => string.Equals(domain.TrimEnd('.'), HeaderFrom.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);

    private void AddResults(AggregateReportRow row, long count, bool failed)
    {
        bool foreignPass = false;
        bool ownRefused = false;
        bool ownHelo = false;
        bool ownPass = false;
        bool ownFailed = false;
        bool ownBroken = false;
        foreach (ReportedSpf check in row.Spf.AsSpan())
        {
            _spf.Add(check.Domain, (int)check.Result, count);
            bool own = IsOwn(check.Domain);
            if (check.Scope == ReportedSpfScope.Helo)
            {
                ownHelo |= own && check.Result == AuthenticationResult.Pass;
                continue;
            }

            foreignPass |= !own && check.Domain.Length > 0 && check.Result == AuthenticationResult.Pass;
            ownPass |= own && check.Result == AuthenticationResult.Pass;
            ownFailed |= own && check.Result != AuthenticationResult.Pass;
            ownBroken |= own && check.Result == AuthenticationResult.PermError;
            ownRefused |= own && check.Result is AuthenticationResult.Fail or AuthenticationResult.SoftFail or AuthenticationResult.Neutral;
        }

        bool broken = false;
        foreach (ReportedDkim signature in row.Dkim.AsSpan())
        {
            _dkim.Add(signature.Domain, (int)signature.Result, count);
            ownPass |= signature.Result == AuthenticationResult.Pass && IsOwn(signature.Domain);
            broken |= signature.Result == AuthenticationResult.Fail && IsOwn(signature.Domain);
        }

        // Some reports have no SPF results: then only the envelope or a broken signature is available.
        ownFailed |= row.Spf.Count == 0 && (broken || IsOwn(row.EnvelopeFrom ?? ""));
        ForeignSpfPassed = Saturating.Add(ForeignSpfPassed, foreignPass ? count : 0);
        OwnSpfRefused = Saturating.Add(OwnSpfRefused, ownRefused && row.SpfAligned == false ? count : 0);
        OwnHeloPassed = Saturating.Add(OwnHeloPassed, ownHelo ? count : 0);
        PassedUnaligned = Saturating.Add(PassedUnaligned, ownPass && failed ? count : 0);
        OwnMailFromFailed = Saturating.Add(OwnMailFromFailed, ownFailed && failed ? count : 0);
        OwnSpfBroken = Saturating.Add(OwnSpfBroken, ownBroken && failed ? count : 0);
        BrokenSignature = Saturating.Add(BrokenSignature, broken && foreignPass && failed ? count : 0);
    }

    private void AddForwarded(AggregateReportRow row, long count)
    {
        bool forwarded = false;
        foreach (OverrideReason reason in row.OverrideReasons.AsSpan())
        {
            // Receivers mention in the comment that they used an ARC chain (RFC 8617 §7.2.2).
            bool byArc = reason.Type is OverrideReasonType.LocalPolicy or OverrideReasonType.Other
                && reason.Comment.IndexOf("arc=pass", StringComparison.OrdinalIgnoreCase) >= 0;
            forwarded |= byArc
                || reason.Type is OverrideReasonType.Forwarded or OverrideReasonType.MailingList or OverrideReasonType.TrustedForwarder;
        }

        Forwarded = Saturating.Add(Forwarded, forwarded ? count : 0);
    }

    private void See(DateTime? first, DateTime? last)
    {
        FirstSeen = first is null || FirstSeen < first ? FirstSeen : first;
        LastSeen = last is null || LastSeen > last ? LastSeen : last;
    }
}

using Dmarc.Dns.Zones;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Records;

/// <summary>
/// Builds a record to publish, new or from an old one, and checks it with the rules for published ones. A null property
/// keeps the old record's value, or omits the tag.
/// </summary>
internal sealed record DmarcRecordBuilder
{
    /// <summary>The domain of the record. A name beginning with <c>_dmarc.</c> means the domain after it.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>The record to change; null for a new one. A void record is repaired as far as it is readable.</summary>
    public string? From { get; init; }

    /// <summary>
    /// The domain of <see cref="From"/>; null for <see cref="Domain"/> itself. Tags of another domain's record about
    /// its subdomains are omitted, and its sp becomes p.
    /// </summary>
    public DomainName? FromDomain { get; init; }

    /// <summary>
    /// The status of the search for the old record; null for none. Adds a finding if adoption was incomplete.
    /// </summary>
    public DmarcRecordStatus? FromStatus { get; init; }

    /// <summary>The step of a staged rollout: sets p and t unless these are given.</summary>
    public RolloutStage? Stage { get; init; }

    /// <summary>Tag p. A new record without it or a stage has none.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>Tag sp.</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary>Tag np.</summary>
    public DmarcPolicy? NonexistentSubdomainPolicy { get; init; }

    /// <summary>Tag psd; unknown removes it.</summary>
    public PublicSuffixDomain? PublicSuffixDomain { get; init; }

    /// <summary>Tag t; false removes it.</summary>
    public bool? Testing { get; init; }

    /// <summary>Tag adkim; relaxed, the default, removes it.</summary>
    public AlignmentMode? DkimAlignment { get; init; }

    /// <summary>Tag aspf; relaxed, the default, removes it.</summary>
    public AlignmentMode? SpfAlignment { get; init; }

    /// <summary>Tag rua: URIs or bare mail addresses; an empty list removes it.</summary>
    public IReadOnlyList<string>? AggregateReportUri { get; init; }

    /// <summary>Tag ruf: URIs or bare mail addresses; an empty list removes it.</summary>
    public IReadOnlyList<string>? FailureReportUri { get; init; }

    /// <summary>Tag fo; none and 0, the default, remove it.</summary>
    public FailureReportOptions? FailureOptions { get; init; }

    /// <summary>The zone of the record; null for the Organizational Domain, where the zone usually begins.</summary>
    public DomainName? ZoneName { get; init; }

    /// <summary>The time to live of the record, from 0 to 2147483647 seconds.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Organizational Domains without DNS; null for the embedded public suffix list.</summary>
    public IOrganizationalDomainSource? Suffixes { get; init; }

    private DomainName Target => Domain is { FirstLabel: "_dmarc", Parent: { } behind } ? behind : Domain;

    private IOrganizationalDomainSource SuffixesInForce => Suffixes ?? PublicSuffixList.Default;

    /// <summary>Refuses to start from text other than a DMARC record, of which nothing would remain.</summary>
    /// <exception cref="ArgumentException">The record to change is of another protocol, or has no tag.</exception>
    public void RequireDmarcRecord()
    {
        if (From is { } text && DmarcOldRecordReader.IsOtherRecord(text))
        {
            throw new ArgumentException(Sentences.Fill(Strings.Policy_OtherRecord, PrintableText.Shorten(text), Target));
        }
    }

    /// <summary>
    /// Builds the record without a look-up. The public suffix list then determines which destinations are external.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The zone does not contain the domain, the time to live is out of range, or a report address is invalid.
    /// </exception>
    public DmarcRecordDraft Build()
    {
        DmarcRecord record = Write(out FindingCollector changes);
        DomainName organization = SuffixesInForce.GetOrganizationalDomain(Target);
        List<DmarcAuthorizationDraft> authorizations = [];
        foreach (DomainName host in Hosts(record))
        {
            if (SuffixesInForce.GetOrganizationalDomain(host) != organization
                && DmarcReportAuthorizer.GetQueryName(Target, host) is { } name)
            {
                authorizations.Add(Authorization(host, name));
                changes.Add(DmarcFindings.DestinationMustPublish, null, host, name, host);
            }
        }

        return ToDraft(record, authorizations, changes);
    }

    private static IEnumerable<DomainName> Hosts(DmarcRecord record) => record.AggregateReportUris
        .Concat(record.FailureReportUris)
        .Where(uri => uri is { IsValid: true, Host: not null })
        .Select(uri => uri.Host!)
        .Distinct();

    private static DmarcAuthorizationDraft Authorization(DomainName host, DomainName name)
    {
        const string Value = "v=DMARC1;";
        return new DmarcAuthorizationDraft(host.ToString(), name.ToString(), Value, ZoneLine.Write(name.ToString(), null, Value));
    }

    private DmarcRecord Write(out FindingCollector changes)
    {
        if (!RecordTimeToLive.IsInRange(TimeToLive))
        {
            throw new ArgumentException(string.Format(CultureInfo.InvariantCulture, Strings.Policy_TimeToLiveOutOfRange, TimeToLive));
        }

        changes = new FindingCollector();
        if (!ReferenceEquals(Target, Domain))
        {
            changes.Add(DmarcFindings.PrefixRemoved, null, Domain, Target);
        }

        DmarcTagList tags = ReadOldRecord(changes);
        CheckStage(changes);
        DmarcPolicy policy = Policy ?? Published?.Policy ?? tags.ReadPolicy(DmarcTags.Policy) ?? DmarcPolicy.None;
        tags.Set(DmarcTags.Policy, policy.ToKeyword());
        SetWhereGiven(tags, DmarcTags.SubdomainPolicy, SubdomainPolicy?.ToKeyword());
        SetWhereGiven(tags, DmarcTags.NonexistentSubdomainPolicy, NonexistentSubdomainPolicy?.ToKeyword());
        if ((Testing ?? Published?.Testing) is { } testing)
        {
            tags.Set(DmarcTags.Testing, testing ? "y" : null);
        }

        if (PublicSuffixDomain is { } psd)
        {
            tags.Set(DmarcTags.PublicSuffixDomain, psd switch
            {
                Standards.Dmarc.PublicSuffixDomain.Yes => "y",
                Standards.Dmarc.PublicSuffixDomain.No => "n",
                _ => null,
            });
        }

        SetAlignment(tags, DmarcTags.DkimAlignment, DkimAlignment);
        SetAlignment(tags, DmarcTags.SpfAlignment, SpfAlignment);
        SetUris(tags, DmarcTags.AggregateReports, AggregateReportUri);
        SetUris(tags, DmarcTags.FailureReports, FailureReportUri);
        if (FailureOptions is { } options)
        {
            tags.Set(DmarcTags.FailureOptions, DmarcTagList.WriteFailureOptions(options));
        }

        DmarcRecord record = DmarcRecordParser.Parse(tags.ToString());
        CompareWithOld(record, changes);
        return record;
    }

    /// <summary>Reports if the new record is weaker than the old one. An unusable record protects nothing.</summary>
    private void CompareWithOld(DmarcRecord record, FindingCollector changes)
    {
        DmarcRecord? old = From is null ? null : DmarcRecordParser.Parse(From);
        if (old is not { Policy: not null }
            || !old.IsUsableUnder(DiscoveryMethod.TreeWalk)
            || old.HasFaultyPolicyUnder(DiscoveryMethod.TreeWalk))
        {
            return;
        }

        // Below the domain of an inherited record, its sp applies.
        bool isInherited = FromDomain is not null && FromDomain != Target;
        (string Tag, DmarcPolicy? Before, DmarcPolicy? After)[] areas =
        [
            (DmarcTags.Policy, isInherited ? old.SubdomainPolicy ?? old.Policy : old.Policy, record.Policy),
            (DmarcTags.SubdomainPolicy, old.SubdomainPolicy ?? old.Policy, record.SubdomainPolicy ?? record.Policy),
            (DmarcTags.NonexistentSubdomainPolicy,
                old.NonexistentSubdomainPolicy ?? old.SubdomainPolicy ?? old.Policy,
                record.NonexistentSubdomainPolicy ?? record.SubdomainPolicy ?? record.Policy),
        ];
        string[] weaker =
        [
            .. areas
                .Select(area => (area.Tag, Before: InForce(area.Before, old), After: InForce(area.After, record)))
                .Where(area => area.After < area.Before)
                .Select(area => area.Tag + ": " + area.Before.ToKeyword() + " \u2192 " + area.After.ToKeyword() + (record.Testing ? " (t=y)" : "")),
        ];
        if (weaker.Length > 0)
        {
            changes.Add(DmarcFindings.PolicyWeakened, null, string.Join(", ", weaker));
        }

        static DmarcPolicy InForce(DmarcPolicy? policy, DmarcRecord record) =>
            DmarcPolicySelection.Apply(policy ?? DmarcPolicy.None, record, DiscoveryMethod.TreeWalk);
    }

    private DmarcTagList ReadOldRecord(FindingCollector changes)
    {
        if (FromStatus == DmarcRecordStatus.Multiple)
        {
            changes.Add(DmarcFindings.OldRecordsNotTaken, null, FromDomain ?? Target);
        }
        else if (FromStatus == DmarcRecordStatus.Invalid)
        {
            changes.Add(DmarcFindings.OldRecordInvalid, null, FromDomain ?? Target);
        }

        DmarcTagList tags = DmarcOldRecordReader.Read(From, changes);
        if (FromDomain is null || FromDomain == Target)
        {
            return tags;
        }

        // Below another domain its sp applied, so it stays unless another policy is requested.
        if (tags.ReadPolicy(DmarcTags.SubdomainPolicy) is { } inForce)
        {
            tags.Set(DmarcTags.Policy, inForce.ToKeyword());
        }

        foreach (string tag in new[] { DmarcTags.SubdomainPolicy, DmarcTags.NonexistentSubdomainPolicy, DmarcTags.PublicSuffixDomain })
        {
            if (tags.Find(tag) is { } value)
            {
                tags.Set(tag, null);
                changes.Add(DmarcFindings.InheritedTagDropped, null, tag + "=" + value, FromDomain, Target);
            }
        }

        return tags;
    }

    private bool IsStageContradicted =>
        Published is var (policy, testing) && ((Policy ?? policy) != policy || (Testing ?? testing) != testing);

    private void CheckStage(FindingCollector changes)
    {
        if (IsStageContradicted && Published is var (policy, testing))
        {
            changes.Add(
                DmarcFindings.StageContradicted,
                null,
                Stage,
                RolloutStages.ToTags(policy, testing),
                RolloutStages.ToTags(Policy ?? policy, Testing ?? testing));
        }
    }

    /// <summary>What the stage publishes; null without a stage.</summary>
    private (DmarcPolicy Policy, bool Testing)? Published => Stage?.Publishes();

    private static void SetWhereGiven(DmarcTagList tags, string tag, string? value)
    {
        if (value is not null)
        {
            tags.Set(tag, value);
        }
    }

    private static void SetAlignment(DmarcTagList tags, string tag, AlignmentMode? mode)
    {
        if (mode is { } given)
        {
            tags.Set(tag, given == AlignmentMode.Strict ? "s" : null);
        }
    }

    private static void SetUris(DmarcTagList tags, string tag, IReadOnlyList<string>? uris)
    {
        if (uris is not null)
        {
            IEnumerable<string> written = uris
                .Where(uri => !string.IsNullOrWhiteSpace(uri))
                .SelectMany(SplitList)
                .Select(uri => WriteUri(tag, uri));
            string list = string.Join(",", written.Distinct(StringComparer.Ordinal));
            tags.Set(tag, list.Length == 0 ? null : list);
        }
    }

    /// <summary>Splits a value at commas, as in a record.</summary>
    private static string[] SplitList(string given)
    {
        string[] parts = [.. given.Split(',').Select(part => part.Trim()).Where(part => part.Length > 0)];
        return Array.TrueForAll(
            parts, part => part.IndexOf('@') > 0 || part.IndexOf("://", StringComparison.Ordinal) > 0)
            ? parts
            : [given];
    }

    private static string WriteUri(string tag, string given)
    {
        string text = DmarcTagList.WriteUri(given);
        DmarcReportUri uri = DmarcReportUriReader.ReadOne(tag, text);
        return uri.IsValid && (uri.Scheme != "mailto" || DmarcReportUriReader.IsMailbox(uri.Address))
            ? text
            : throw new ArgumentException(string.Format(CultureInfo.InvariantCulture, Strings.Policy_ReportAddressInvalid, given, tag));
    }

    private DmarcRecordDraft ToDraft(
        DmarcRecord record, List<DmarcAuthorizationDraft> authorizations, FindingCollector changes)
    {
        if (!DomainName.TryParse("_dmarc." + Target, out DomainName? name))
        {
            throw new ArgumentException(Sentences.Fill(Strings.Policy_NameTooLong, Target));
        }

        DomainName zone = ZoneName ?? SuffixesInForce.GetOrganizationalDomain(Target);
        if (!Target.IsEqualToOrBelow(zone))
        {
            throw new ArgumentException(Sentences.Fill(Strings.Policy_OutsideZone, Target, zone));
        }

        // The rules see the record as if a search had found it.
        DmarcInspection inspection = new() { Text = record, TextDomain = Target, Suffixes = SuffixesInForce };
        string full = name.ToString();
        PrintableList<Finding> findings = DmarcRecordRules.Check(inspection, changes.ToList());
        return new DmarcRecordDraft
        {
            Domain = Target.ToString(),
            Name = full.Substring(0, full.Length - zone.ToString().Length - 1),
            ZoneName = zone.ToString(),
            FullName = full,
            Value = record.Text,
            TimeToLive = TimeToLive,
            ZoneLine = ZoneLine.Write(name.ToString(), TimeToLive, record.Text),
            Stage = IsStageContradicted ? null : Stage,
            ReportAuthorization = authorizations.ToPrintableList(),
            Findings = findings.About(Target.ToString()),
        };
    }
}

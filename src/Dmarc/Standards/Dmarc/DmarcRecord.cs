namespace Dmarc.Standards.Dmarc;

/// <summary>The validity of a text as a DMARC record.</summary>
internal enum DmarcRecordValidity
{
    /// <summary>Not a DMARC record: it does not begin with <c>v=DMARC1</c> (RFC 9989 §4.7). It is skipped.</summary>
    NotDmarc,

    /// <summary>It begins as a record, but a duplicate tag makes it void as a whole (RFC 6376 §3.2).</summary>
    Broken,

    /// <summary>A DMARC record. Its tags may still have invalid values, which count as absent.</summary>
    Valid,
}

/// <summary>
/// A DMARC Policy Record (RFC 9989 §4.7). The values are the effective ones: an absent or invalid tag has its default.
/// <see cref="Find"/> shows whether a tag was present.
/// </summary>
internal sealed record DmarcRecord
{
    /// <summary>The record as read.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it is a DMARC record.</summary>
    public required DmarcRecordValidity Validity { get; init; }

    /// <summary>Every tag in order, including unknown, historic and faulty ones.</summary>
    public PrintableList<DmarcTag> Tags { get; init; } = PrintableList<DmarcTag>.Empty;

    /// <summary>Tag p; null if absent or invalid.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>Tag sp; null if absent or invalid.</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary>Tag np; null if absent or invalid.</summary>
    public DmarcPolicy? NonexistentSubdomainPolicy { get; init; }

    /// <summary>Tag psd.</summary>
    public PublicSuffixDomain PublicSuffixDomain { get; init; }

    /// <summary>Tag t: true requests the policy one level below the published one.</summary>
    public bool Testing { get; init; }

    /// <summary>Tag adkim.</summary>
    public AlignmentMode DkimAlignment { get; init; }

    /// <summary>Tag aspf.</summary>
    public AlignmentMode SpfAlignment { get; init; }

    /// <summary>Tag rua, including faulty entries (<see cref="DmarcReportUri.IsValid"/>).</summary>
    public PrintableList<DmarcReportUri> AggregateReportUris { get; init; } = PrintableList<DmarcReportUri>.Empty;

    /// <summary>Tag ruf, including faulty entries (<see cref="DmarcReportUri.IsValid"/>).</summary>
    public PrintableList<DmarcReportUri> FailureReportUris { get; init; } = PrintableList<DmarcReportUri>.Empty;

    /// <summary>Tag fo.</summary>
    public FailureReportOptions FailureOptions { get; init; } = FailureReportOptions.AllFail;

    /// <summary>The historic tag pct (RFC 7489 §6.3), from 0 to 100. RFC 9989 ignores it.</summary>
    public int Percentage { get; init; } = 100;

    /// <summary>The historic tag rf (RFC 7489 §6.3). RFC 9989 ignores it.</summary>
    public string ReportFormat { get; init; } = "afrf";

    /// <summary>The historic tag ri in seconds (RFC 7489 §6.3). RFC 9989 ignores it.</summary>
    public uint ReportInterval { get; init; } = 86400;

    /// <summary>True if p is absent or invalid, or sp or np is present but invalid (RFC 9989 §4.10.1).</summary>
    public bool HasFaultyPolicy { get; init; }

    /// <summary>The findings about the syntax, with positions; they do not include advice on the content.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>True if rua contains a mail address: no other transport is defined (RFC 9990 §3.5).</summary>
    internal bool AsksForReports => AggregateReportUris.Any(uri => uri is { IsValid: true, Scheme: "mailto" });

    /// <summary>True if rua contains a valid entry.</summary>
    public bool HasValidAggregateReportUri => AggregateReportUris.Any(uri => uri.IsValid);

    /// <summary>
    /// True if receivers act on the record. A record with a faulty policy counts as <c>p=none</c> if it has a valid
    /// rua, and is otherwise ignored (RFC 9989 §4.10.1).
    /// </summary>
    public bool IsUsable => IsUsableUnder(DiscoveryMethod.TreeWalk);

    /// <summary>Like <see cref="HasFaultyPolicy"/>, but RFC 7489 (public suffix list) does not define np.</summary>
    internal bool HasFaultyPolicyUnder(DiscoveryMethod method) => method == DiscoveryMethod.TreeWalk
        ? HasFaultyPolicy
        : Policy is null || (SubdomainPolicy is null && Find(DmarcTags.SubdomainPolicy) is { Value.Length: > 0 });

    /// <summary>Like <see cref="IsUsable"/>, for either standard.</summary>
    internal bool IsUsableUnder(DiscoveryMethod method) =>
        Validity == DmarcRecordValidity.Valid && (!HasFaultyPolicyUnder(method) || HasValidAggregateReportUri);

    /// <summary>The first tag with a name; null if there is none.</summary>
    /// <param name="name">The name in lower case.</param>
    public DmarcTag? Find(string name)
    {
        foreach (DmarcTag tag in Tags.AsSpan())
        {
            if (tag.Name == name)
            {
                return tag;
            }
        }

        return null;
    }

    /// <summary>The record's text.</summary>
    public override string ToString() => Text;
}

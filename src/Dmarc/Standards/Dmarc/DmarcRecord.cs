using Dmarc.Text;

namespace Dmarc.Standards.Dmarc;

/// <summary>What a text is, seen as a DMARC record.</summary>
internal enum DmarcRecordValidity
{
    /// <summary>It is no DMARC record: it does not begin with <c>v=DMARC1</c> (RFC 9989 §4.7). Receivers skip it.</summary>
    NotDmarc,

    /// <summary>It begins as one, but is void as a whole: a tag stands in it twice (RFC 6376 §3.2).</summary>
    Broken,

    /// <summary>It is a DMARC record. Its tags may still hold values that count as absent.</summary>
    Valid,
}

/// <summary>
/// A DMARC Policy Record (RFC 9989 §4.7). The values are those in force: a tag that is absent or not valid has its default.
/// <see cref="Find"/> tells whether a tag was there.
/// </summary>
internal sealed record DmarcRecord
{
    /// <summary>The record as it was read.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it is a DMARC record at all.</summary>
    public required DmarcRecordValidity Validity { get; init; }

    /// <summary>Every tag in the order written: unknown, historic and faulty ones too.</summary>
    public PrintableList<DmarcTag> Tags { get; init; } = PrintableList<DmarcTag>.Empty;

    /// <summary>Tag p; null if it is absent or not valid.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>Tag sp; null if it is absent or not valid.</summary>
    public DmarcPolicy? SubdomainPolicy { get; init; }

    /// <summary>Tag np; null if it is absent or not valid.</summary>
    public DmarcPolicy? NonexistentSubdomainPolicy { get; init; }

    /// <summary>Tag psd.</summary>
    public PublicSuffixDomain PublicSuffixDomain { get; init; }

    /// <summary>Tag t: true asks for the policy one level below the one published.</summary>
    public bool Testing { get; init; }

    /// <summary>Tag adkim.</summary>
    public AlignmentMode DkimAlignment { get; init; }

    /// <summary>Tag aspf.</summary>
    public AlignmentMode SpfAlignment { get; init; }

    /// <summary>Tag rua, faulty entries included (<see cref="DmarcReportUri.IsValid"/>).</summary>
    public PrintableList<DmarcReportUri> AggregateReportUris { get; init; } = PrintableList<DmarcReportUri>.Empty;

    /// <summary>Tag ruf, faulty entries included (<see cref="DmarcReportUri.IsValid"/>).</summary>
    public PrintableList<DmarcReportUri> FailureReportUris { get; init; } = PrintableList<DmarcReportUri>.Empty;

    /// <summary>Tag fo.</summary>
    public FailureReportOptions FailureOptions { get; init; } = FailureReportOptions.AllFail;

    /// <summary>The historic tag pct (RFC 7489 §6.3), from 0 to 100. RFC 9989 ignores it.</summary>
    public int Percentage { get; init; } = 100;

    /// <summary>The historic tag rf (RFC 7489 §6.3). RFC 9989 ignores it.</summary>
    public string ReportFormat { get; init; } = "afrf";

    /// <summary>The historic tag ri in seconds (RFC 7489 §6.3). RFC 9989 ignores it.</summary>
    public uint ReportInterval { get; init; } = 86400;

    /// <summary>True where p is absent or not valid, or sp or np is there but not valid (RFC 9989 §4.10.1).</summary>
    public bool HasFaultyPolicy { get; init; }

    /// <summary>What is wrong with the text, and where; advice on its content is not among it.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>True where rua holds an address that reports can be mailed to: no other way is defined (RFC 9990 §3.5).</summary>
    internal bool AsksForReports => AggregateReportUris.Any(uri => uri is { IsValid: true, Scheme: "mailto" });

    /// <summary>True where rua holds an entry that a report could be sent to.</summary>
    public bool HasValidAggregateReportUri
    {
        get
        {
            foreach (DmarcReportUri uri in AggregateReportUris.AsSpan())
            {
                if (uri.IsValid)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// True where receivers act on the record. One with a faulty policy is acted on as <c>p=none</c> if it has a valid rua,
    /// and otherwise not at all (RFC 9989 §4.10.1).
    /// </summary>
    public bool IsUsable => IsUsableUnder(DiscoveryMethod.TreeWalk);

    /// <summary>As <see cref="HasFaultyPolicy"/>; RFC 7489, which goes with the public suffix list, does not know np.</summary>
    internal bool HasFaultyPolicyUnder(DiscoveryMethod method) => method == DiscoveryMethod.TreeWalk
        ? HasFaultyPolicy
        : Policy is null || (SubdomainPolicy is null && Find(DmarcTags.SubdomainPolicy) is { Value.Length: > 0 });

    /// <summary>As <see cref="IsUsable"/>, for either standard.</summary>
    internal bool IsUsableUnder(DiscoveryMethod method) =>
        Validity == DmarcRecordValidity.Valid && (!HasFaultyPolicyUnder(method) || HasValidAggregateReportUri);

    /// <summary>The first tag of a name; null if there is none.</summary>
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

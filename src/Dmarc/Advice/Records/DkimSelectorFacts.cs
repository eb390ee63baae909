using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Records;

/// <summary>Facts about a domain, known before its selectors are inspected.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Wildcard">The answer for a selector that does not exist.</param>
/// <param name="Node">The answer for <c>_domainkey</c>: NXDOMAIN means that nothing exists below it (RFC 8020).</param>
/// <param name="Exchanges">The answer for the mail exchanges.</param>
internal sealed record DkimDomainFacts(DomainName Domain, DnsResponse Wildcard, DnsResponse Node, DnsResponse Exchanges)
{
    /// <summary>The services that the domain uses.</summary>
    public IReadOnlyCollection<SendingService> Services { get; init; } = [];

    /// <summary>The name of a wildcard that answers for every selector; empty if there is none.</summary>
    public string WildcardName { get; init; } = "";

    /// <summary>True if every selector has an answer.</summary>
    public bool HasWildcard => Wildcard.Records.Count > 0 || Wildcard.CnamePath.Count > 0;

    /// <summary>
    /// True if that answer is a key record. A record with another version, or without a key, is discarded (RFC 6376
    /// §3.6.1): below a wildcard for another purpose, every selector has one.
    /// </summary>
    public bool IsWildcardKey => Wildcard.Records.OfType<TxtRecord>().Any(record => IsKey(record.Text));

    /// <summary>True if nothing exists below <c>_domainkey</c>: NXDOMAIN, or only a wildcard answers.</summary>
    public bool HasNoKeys => Node.Status == DnsStatus.NxDomain || (HasWildcard && DkimSelectorFacts.IsSame(Node, Wildcard));

    /// <summary>The finding about a wildcard that answers for every selector, but not with a key.</summary>
    public Finding DescribeOtherWildcard() => Wildcard is { Status: DnsStatus.NxDomain, CnamePath: { Count: > 0 } path }
        ? DkimSelectorFindings.WildcardDangling.Create(WildcardName, path[0].TrimEnd('.'), Domain)
        : DkimSelectorFindings.WildcardOther.Create(WildcardName, Domain);

    private static bool IsKey(string text)
    {
        TagList tags = TagList.Parse(text);
        return tags["v"] is { } version
            ? string.Equals(version.Value, "DKIM1", StringComparison.OrdinalIgnoreCase)
            : tags["p"] is not null;
    }

    /// <summary>True if the domain uses the service with this name.</summary>
    public bool Uses(string service) => Services.Any(used => used.Name == service);
}

/// <summary>The facts about one selector.</summary>
internal sealed record DkimSelectorFacts(DkimDomainFacts Domain, string Selector, DnsResponse Response)
{
    /// <summary>Shorter texts may have any purpose, such as proving ownership of a name.</summary>
    private const int MinimumRest = 40;

    /// <summary>True if the selector was given, not guessed.</summary>
    public bool IsAsked { get; private init; }

    /// <summary>The key, a usable one if there are several; null if there is no record.</summary>
    public DkimKeyRecord? Key { get; private init; }

    /// <summary>The number of records.</summary>
    public int KeyCount { get; private init; }

    /// <summary>A text beside the record that continues a truncated key; null if there is none.</summary>
    public string? Rest { get; private init; }

    /// <summary>True if the answer is the same for every selector.</summary>
    public bool IsFromWildcard { get; private init; }

    /// <summary>True if there is a record or an alias.</summary>
    public bool IsThere => !IsNobodys && (KeyCount > 0 || (Response.Status.IsAnswer() && Response.CnamePath.Count > 0));

    /// <summary>True if only an unrelated wildcard answers, so the selector does not exist.</summary>
    public bool IsNobodys => IsFromWildcard && !Domain.IsWildcardKey;

    /// <summary>The CNAME target of the selector, as published.</summary>
    public string? Target => !IsNobodys && Response.CnamePath.Count > 0 ? Response.CnamePath[0].TrimEnd('.') : null;

    public DkimKeyStatus Status => !Response.Status.IsAnswer() ? DkimKeyStatus.DnsFailure
        : IsNobodys ? DkimKeyStatus.NotFound
        : Key is not null ? Judge(Key)
        : Response.CnamePath.Count > 0 ? DkimKeyStatus.Dangling
        : DkimKeyStatus.NotFound;

    /// <summary>The status of a record: a key with which no signature can pass is not valid (RFC 8301 §3.2).</summary>
    public static DkimKeyStatus Judge(DkimKeyRecord key) =>
        key.IsRevoked ? DkimKeyStatus.Revoked
            : key.IsUsable && !key.Findings.Any(finding => finding.Severity == Severity.Error) ? DkimKeyStatus.Valid
            : DkimKeyStatus.Invalid;

    /// <summary>True unless the selector is empty, as most guessed ones are.</summary>
    public static bool SaysSomething(DnsResponse response) =>
        response.Records.Count > 0 || response.CnamePath.Count > 0 || !response.Status.IsAnswer();

    public static DkimSelectorFacts Create(DkimDomainFacts domain, string selector, bool isAsked, DnsResponse response)
    {
        TxtRecord[] records = response.Records.Count == 0 ? [] : [.. response.Records.OfType<TxtRecord>()];
        bool isFromWildcard = selector != "*" && domain.HasWildcard && IsSame(response, domain.Wildcard);

        // Below a wildcard every guessed selector has the same record, which is read once, for the wildcard itself.
        return new DkimSelectorFacts(domain, selector, response)
        {
            IsAsked = isAsked,
            Key = isFromWildcard && (!isAsked || !domain.IsWildcardKey) ? null : ReadKey(records),
            KeyCount = records.Length,
            Rest = records.Length == 2 ? Array.Find(records, record => IsRest(record.Text))?.Text : null,
            IsFromWildcard = isFromWildcard,
        };
    }

    /// <summary>True for a text that is Base64 up to its end or the next tag, without a tag before it.</summary>
    private static bool IsRest(string text)
    {
        string plain = TagList.WithoutWhiteSpace(text);
        int end = plain.IndexOf(';');
        string first = (end < 0 ? plain : plain.Substring(0, end)).TrimEnd('=');
        return first.Length >= MinimumRest
            && first.All(character => character is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '/');
    }

    /// <summary>The key, a usable one if there are several.</summary>
    private static DkimKeyRecord? ReadKey(TxtRecord[] records) => records.Length switch
    {
        0 => null,
        1 => DkimKeyRecord.Parse(records[0].Text),
        _ => records.Select(record => DkimKeyRecord.Parse(record.Text))
            .OrderByDescending(key => key.IsUsable)
            .ThenByDescending(key => key.IsRevoked)
            .First(),
    };

    /// <summary>True if two answers are equal.</summary>
    internal static bool IsSame(DnsResponse response, DnsResponse wildcard) =>
        response.CnamePath.SequenceEqual(wildcard.CnamePath, StringComparer.OrdinalIgnoreCase)
        && Texts(response).SequenceEqual(Texts(wildcard), StringComparer.Ordinal);

    private static IEnumerable<string> Texts(DnsResponse response) =>
        response.Records.OfType<TxtRecord>().Select(record => record.Text).OrderBy(text => text, StringComparer.Ordinal);
}

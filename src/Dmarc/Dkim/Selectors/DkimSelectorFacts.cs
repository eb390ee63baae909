using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Services;

namespace Dmarc.Dkim.Selectors;

/// <summary>What is known about a domain before its selectors are looked at.</summary>
internal sealed record DkimDomainFacts
{
    public required DomainName Domain { get; init; }

    /// <summary>The answer for a selector that nobody has.</summary>
    public required DnsResponse Wildcard { get; init; }

    /// <summary>The answer for <c>_domainkey</c> itself: NXDOMAIN says that nothing stands below it (RFC 8020).</summary>
    public required DnsResponse Node { get; init; }

    /// <summary>The answer for the mail exchanges.</summary>
    public required DnsResponse Exchanges { get; init; }

    /// <summary>The services that the domain shows signs of.</summary>
    public required IReadOnlyCollection<SendingService> Services { get; init; }

    /// <summary>True where every selector has an answer.</summary>
    public bool HasWildcard => Wildcard.Records.Count > 0 || Wildcard.CnamePath.Count > 0;

    /// <summary>True where the domain shows signs of the service of this name.</summary>
    public bool Uses(string service) => Services.Any(used => used.Name == service);
}

/// <summary>What is known about one selector.</summary>
internal sealed record DkimSelectorFacts
{
    private DkimSelectorFacts(DkimDomainFacts domain, string selector, DnsResponse response)
    {
        Domain = domain;
        Selector = selector;
        Response = response;
    }

    public DkimDomainFacts Domain { get; }

    public string Selector { get; }

    public DnsResponse Response { get; }

    /// <summary>True where the selector was asked for by name, rather than tried.</summary>
    public bool IsAsked { get; private init; }

    /// <summary>The key: of several, one that can be used; null where there is no record.</summary>
    public DkimKeyRecord? Key { get; private init; }

    /// <summary>How many records there are.</summary>
    public int KeyCount { get; private init; }

    /// <summary>True where the answer is the one that every selector has.</summary>
    public bool IsFromWildcard { get; private init; }

    /// <summary>True where there is a record or an alias.</summary>
    public bool IsThere => KeyCount > 0 || (Response.Status.IsAnswer() && Response.CnamePath.Count > 0);

    /// <summary>The name that the selector is an alias of, as it is published.</summary>
    public string? Target => Response.CnamePath.Count > 0 ? Response.CnamePath[0].TrimEnd('.') : null;

    public DkimKeyStatus Status
    {
        get
        {
            if (!Response.Status.IsAnswer())
            {
                return Response.Status.ToKeyStatus();
            }

            if (Key is null)
            {
                return Response.CnamePath.Count > 0 ? DkimKeyStatus.Dangling : DkimKeyStatus.NotFound;
            }

            return Judge(Key);
        }
    }

    /// <summary>What a record comes to: a key that no signature can pass with is not valid, however sound its form (RFC 8301 §3.2).</summary>
    public static DkimKeyStatus Judge(DkimKeyRecord key) =>
        key.IsRevoked ? DkimKeyStatus.Revoked
            : key.IsUsable && !key.Findings.Any(finding => finding.Severity == Diagnostics.Severity.Error) ? DkimKeyStatus.Valid
            : DkimKeyStatus.Invalid;

    public static DkimSelectorFacts Create(DkimDomainFacts domain, string selector, bool isAsked, DnsResponse response)
    {
        TxtRecord[] records = response.Records.Count == 0 ? [] : [.. response.Records.OfType<TxtRecord>()];
        bool isFromWildcard = selector != "*" && domain.HasWildcard && IsSame(response, domain.Wildcard);

        // Below a wildcard every selector that is tried has the same record, which is read once, for the wildcard itself.
        return new DkimSelectorFacts(domain, selector, response)
        {
            IsAsked = isAsked,
            Key = isFromWildcard && !isAsked ? null : ReadKey(records),
            KeyCount = records.Length,
            IsFromWildcard = isFromWildcard,
        };
    }

    /// <summary>The key: of several, one that can be used.</summary>
    private static DkimKeyRecord? ReadKey(TxtRecord[] records) => records.Length switch
    {
        0 => null,
        1 => DkimKeyRecord.Parse(records[0].Text),
        _ => records.Select(record => DkimKeyRecord.Parse(record.Text))
            .OrderByDescending(key => key.IsUsable)
            .ThenByDescending(key => key.IsRevoked)
            .First(),
    };

    private static bool IsSame(DnsResponse response, DnsResponse wildcard) =>
        response.CnamePath.SequenceEqual(wildcard.CnamePath, StringComparer.OrdinalIgnoreCase)
        && Texts(response).SequenceEqual(Texts(wildcard), StringComparer.Ordinal);

    private static IEnumerable<string> Texts(DnsResponse response) =>
        response.Records.OfType<TxtRecord>().Select(record => record.Text).OrderBy(text => text, StringComparer.Ordinal);
}

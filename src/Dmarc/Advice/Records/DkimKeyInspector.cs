using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Dns.Transports;
using Dmarc.Dns.Wire;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Records;

/// <summary>
/// Finds the DKIM keys of a domain and reports problems. Selectors cannot be listed, so well-known ones are tried:
/// common ones, and those of the services in the domain's MX and SPF records.
/// </summary>
internal sealed class DkimKeyInspector(IDnsResolver resolver)
{
    /// <summary>A selector that does not exist: only a wildcard answers for it.</summary>
    internal const string WildcardProbe = "no-such-selector-7c1e";

    private const int MaximumNamed = 5;

    /// <summary>Few domains have more service selectors than this; any number is allowed.</summary>
    private const int RoomForServices = 16;

    private readonly DkimSelectorCatalogue _catalogue = DkimSelectorCatalogue.Default;

    /// <summary>Looks up the keys of a domain concurrently.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="selectors">
    /// The selectors to query, with one result each; if empty, well-known ones are tried and only those with a record
    /// have a result. A full name such as <c>s1._domainkey.contoso.com</c> is reduced to its selector.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>At least one result: without any key, one about the domain with an empty selector.</returns>
    public async Task<PrintableList<DkimKeyResult>> InspectAsync(
        DomainName domain, IReadOnlyList<string>? selectors = null, CancellationToken cancellationToken = default) =>
        (await SearchAsync(domain, selectors ?? [], false, cancellationToken).ConfigureAwait(false)).Results;

    /// <summary>
    /// The same, with the selectors tried. Narrowing saves queries for many domains: if nothing exists below
    /// <c>_domainkey</c> (NXDOMAIN, RFC 8020), only the selectors of services used by the domain are tried. This takes
    /// one more round trip.
    /// </summary>
    /// <param name="domain">The domain.</param>
    /// <param name="selectors">The selectors to query; empty for well-known ones.</param>
    /// <param name="isNarrowed">True to save queries.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<DkimKeySearch> SearchAsync(
        DomainName domain, IReadOnlyList<string> selectors, bool isNarrowed, CancellationToken cancellationToken)
    {
        string[] asked =
            [.. selectors.Select(ToSelector).Where(selector => selector.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        Task<DnsResponse> exchanges = Ask(domain.ToString(), DnsRecordType.MX);
        Task<DnsResponse> texts = Ask(domain.ToString(), DnsRecordType.TXT);
        Task<DnsResponse> node = Ask("_domainkey." + domain, DnsRecordType.TXT);
        Task<DnsResponse> wildcard = AskKey(WildcardProbe);
        List<(string Selector, Task<DnsResponse> Query)> queries = new(asked.Length + _catalogue.AlwaysTried.Count + RoomForServices);
        if (asked.Length > 0 || !isNarrowed || (await Answer(node).ConfigureAwait(false)).Status != DnsStatus.NxDomain)
        {
            AddQueries(asked.Length > 0 ? asked : _catalogue.AlwaysTried);
        }

        DkimDomainFacts facts = new(
            domain,
            await Answer(wildcard).ConfigureAwait(false),
            await Answer(node).ConfigureAwait(false),
            await Answer(exchanges).ConfigureAwait(false));
        DnsResponse own = await Answer(texts).ConfigureAwait(false);
        facts = facts with
        {
            Services = _catalogue.FindServices(
                facts.Exchanges.Records.OfType<MxRecord>().Select(record => record.Exchange),
                own.Records.OfType<TxtRecord>().Select(record => record.Text)),
        };
        if (facts.HasWildcard)
        {
            facts = facts with { WildcardName = await FindWildcardAsync(facts, own, cancellationToken).ConfigureAwait(false) };
        }

        if (asked.Length == 0)
        {
            // There are few of these; the earlier names are distinct.
            AddQueries(DkimSelectorCatalogue.TriedFor(facts.Services).Concat(MicrosoftDomains.SelectorsOf(domain)).Where(IsNew));
        }

        // Answers arrive roughly in query order: after the last one, hardly any other requires a wait.
        if (queries.Count > 0)
        {
            await Answer(queries[queries.Count - 1].Query).ConfigureAwait(false);
        }

        List<DkimSelectorFacts> answers = [];
        foreach ((string selector, Task<DnsResponse> query) in queries)
        {
            DnsResponse response = await Answer(query).ConfigureAwait(false);
            if (asked.Length > 0 || DkimSelectorFacts.SaysSomething(response))
            {
                answers.Add(DkimSelectorFacts.Create(facts, selector, asked.Length > 0, response));
            }
        }

        // A server that denies the node but has a key below it does not show what else exists (RFC 8020 §3).
        bool isNothingBelow = facts.Node.Status == DnsStatus.NxDomain && !answers.Exists(answer => answer.IsThere);
        return new DkimKeySearch(
            asked.Length > 0 ? answers.Select(ToResult).ToPrintableList() : SelectFound(facts, answers, queries.Count),
            isNothingBelow ? ["*"]
                : queries.Select(query => query.Selector).Concat(asked.Length > 0 ? [] : ["*"]).ToPrintableList());

        void AddQueries(IEnumerable<string> names)
        {
            foreach (string name in names)
            {
                queries.Add((name, AskKey(name)));
            }
        }

        bool IsNew(string name) => !queries.Exists(query => string.Equals(query.Selector, name, StringComparison.OrdinalIgnoreCase));

        Task<DnsResponse> AskKey(string selector) => Ask(selector + "._domainkey." + domain, DnsRecordType.TXT);

        // Only the current wait is cancelled: cancelling each of dozens of queries would cost more than the queries.
        Task<DnsResponse> Ask(string name, DnsRecordType type) =>
            resolver.QueryAsync(name, type, CancellationToken.None).AsTask();

        Task<DnsResponse> Answer(Task<DnsResponse> query) => TaskDeadline.WaitAsync(query, cancellationToken);
    }

    /// <summary>True if a text, or the selector in a full name, can be part of a DNS name.</summary>
    internal static bool IsSelector(string text)
    {
        string selector = ToSelector(text);
        return selector.Length > 0 && WireName.TryGetCanonical(selector + "._domainkey", out _, out _);
    }

    /// <summary>Reads the text of a key record instead of looking one up.</summary>
    public static DkimKeyResult InspectText(string record, DomainName? domain = null)
    {
        DkimKeyRecord key = DkimKeyRecord.Parse(record);
        return new DkimKeyResult
        {
            Domain = domain?.ToString() ?? "",
            Selector = "",
            Status = DkimSelectorFacts.Judge(key),
            Key = key,
            Findings = key.Findings.About(domain?.ToString() ?? ""),
        };
    }

    /// <summary>
    /// The place of a wildcard that answers for every selector: below <c>_domainkey</c>; at the domain, if it also
    /// answers for <c>_domainkey</c>; or above, if the domain itself has its text and the domains above answer so (RFC
    /// 4592 §3.3.1).
    /// </summary>
    private async Task<string> FindWildcardAsync(DkimDomainFacts facts, DnsResponse texts, CancellationToken cancellationToken)
    {
        if (!DkimSelectorFacts.IsSame(facts.Node, facts.Wildcard))
        {
            return "*._domainkey." + facts.Domain;
        }

        DomainName owner = facts.Domain;
        if (DkimSelectorFacts.IsSame(texts, facts.Wildcard))
        {
            while (owner.Parent is { LabelCount: > 1 } parent
                && DkimSelectorFacts.IsSame(
                    await resolver.QueryAsync(WildcardProbe + "." + parent, DnsRecordType.TXT, cancellationToken)
                        .ConfigureAwait(false),
                    facts.Wildcard))
            {
                owner = parent;
            }
        }

        return "*." + owner;
    }

    /// <summary>Selects the results among well-known selectors.</summary>
    private PrintableList<DkimKeyResult> SelectFound(DkimDomainFacts facts, List<DkimSelectorFacts> answers, int tried)
    {
        DkimSelectorFacts wildcard = DkimSelectorFacts.Create(facts, "*", false, facts.Wildcard);
        List<DkimKeyResult> results = [];
        if (facts.HasWildcard && facts.IsWildcardKey)
        {
            results.Add(ToResult(wildcard));
        }

        results.AddRange(answers.Where(answer => answer.IsThere && !answer.IsFromWildcard).Select(ToResult));
        // If a wildcard is unknown, another look-up has failed.
        DkimSelectorFacts[] failed = [.. answers.Append(wildcard).Where(answer => !answer.Response.Status.IsAnswer())];
        if (failed.Length > 0)
        {
            string names = string.Join(", ", failed.Take(MaximumNamed).Select(answer => answer.Selector));
            Finding finding = DkimSelectorFindings.LookupsFailed.Create(
                facts.Domain, failed.Length, tried + 1, names + (failed.Length > MaximumNamed ? ", …" : ""));
            DnsFailure? failure = failed[0].Response.Status.ToDnsFailure();
            results.Add(ForDomain(facts, DkimKeyStatus.DnsFailure, finding) with { DnsFailure = failure });
        }
        else if (results.Count == 0)
        {
            results.Add(ForNone(facts, tried));
        }

        return [.. results];
    }

    private static DkimKeyResult ForNone(DkimDomainFacts facts, int tried)
    {
        if (facts.Exchanges.Status == DnsStatus.NxDomain)
        {
            return ForDomain(facts, DkimKeyStatus.DomainNotFound, DkimSelectorFindings.DomainNotFound.Create(facts.Domain));
        }

        return ForDomain(facts, DkimKeyStatus.NotFound, MicrosoftDomains.KindOf(facts.Domain) switch
        {
            MicrosoftDomainKind.Initial => DkimSelectorFindings.MicrosoftInitialMissing.Create(facts.Domain),
            not MicrosoftDomainKind.None => DkimSelectorFindings.MicrosoftRoutingMissing.Create(facts.Domain),
            _ when facts.HasNoKeys => DkimSelectorFindings.NoKeys.Create(facts.Domain),
            _ => DkimSelectorFindings.NoSelectorFound.Create(facts.Domain, tried),
        });
    }

    /// <summary>True if there is certainly no key, and the domain's owner could publish one.</summary>
    private static bool IsWithoutKeys(DkimDomainFacts facts) =>
        facts.HasNoKeys
            && facts.Exchanges.Status != DnsStatus.NxDomain
            && MicrosoftDomains.KindOf(facts.Domain) == MicrosoftDomainKind.None;

    private static DkimKeyResult ForDomain(DkimDomainFacts facts, DkimKeyStatus status, Finding finding) => new()
    {
        Domain = facts.Domain.ToString(),
        Selector = "",
        Status = status,
        IsDomainWithoutKeys = IsWithoutKeys(facts),
        Findings = (facts.HasWildcard && !facts.IsWildcardKey
            ? new[] { finding, facts.DescribeOtherWildcard() }
            : [finding]).About(facts.Domain.ToString()),
    };

    private DkimKeyResult ToResult(DkimSelectorFacts facts) => new()
    {
        Domain = facts.Domain.Domain.ToString(),
        Selector = facts.Selector,
        Name = facts.Selector == "*" ? facts.Domain.WildcardName : facts.Response.Name,
        Status = facts.Status,
        IsDomainWithoutKeys = IsWithoutKeys(facts.Domain),
        DnsFailure = facts.Response.Status.ToDnsFailure(),
        Key = facts.Key,
        Target = facts.Target,
        Service = _catalogue.FindService(facts.Selector, facts.Response.CnamePath, facts.Target is not null, facts.Domain.Uses),
        Findings = (facts.Key?.Findings ?? PrintableList<Finding>.Empty)
            .Concat(DkimSelectorRules.All.SelectMany(rule => rule.Check(facts)))
            .About(facts.Domain.Domain.ToString(), facts.Selector),
    };

    /// <summary>The selector in pasted text, without the common suffix of key names.</summary>
    private static string ToSelector(string text)
    {
        string selector = (text ?? "").Trim().TrimEnd('.');
        int node = selector.IndexOf("._domainkey", StringComparison.OrdinalIgnoreCase);
        return node < 0 ? selector : selector.Substring(0, node);
    }
}

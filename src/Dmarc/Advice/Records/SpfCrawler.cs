using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>
/// Queries everything to which a record leads. Each name is read once, and all known names are queried concurrently:
/// the number of round trips is the depth of the includes. Limits on names and look-ups stop endless records.
/// </summary>
internal sealed class SpfCrawler(
    IDnsResolver resolver,
    SpfRecordCache cache,
    SpfSharedRecords shared,
    CancellationToken cancellationToken,
    CancellationToken deadline) : IDisposable
{
    /// <summary>
    /// The maximum wait for optional look-ups once all else is known: their answers arrive with the others, unless a
    /// server is silent.
    /// </summary>
    private static readonly TimeSpan LintGrace = TimeSpan.FromMilliseconds(250);

    private const int MaximumDomains = 200;
    private const int MaximumLookups = 400;

    private readonly Dictionary<string, SpfDomainFacts> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Task> _pending = [];
    private readonly List<Task> _lint = [];
    private readonly CancellationTokenSource _lintSource = CancellationTokenSource.CreateLinkedTokenSource(deadline);
    private string _root = "";
    private int _lookups;

    /// <summary>The record given for the first domain, read in any case; null for the published one.</summary>
    public string? Proposed { get; init; }

    /// <summary>False to skip optional queries.</summary>
    public bool AsksLint { get; init; } = true;

    /// <summary>True if a limit was reached, so that not everything was queried.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Begins with a domain; the task ends once its own record is known.</summary>
    public async Task<SpfDomainFacts> StartAsync(string domain)
    {
        _root = domain;
        SpfDomainFacts facts = new(domain);
        _domains.Add(domain, facts);
        await ReadRecordAsync(facts).ConfigureAwait(false);
        return facts;
    }

    /// <summary>Ends once nothing is pending.</summary>
    public async Task CompleteAsync()
    {
        while (true)
        {
            Task[] batch;
            lock (_pending)
            {
                batch = [.. _pending];
                _pending.Clear();
            }

            if (batch.Length == 0)
            {
                return;
            }

            await Task.WhenAll(batch).ConfigureAwait(false);
        }
    }

    /// <summary>Waits a short time for the optional look-ups, on which the result does not depend.</summary>
    public async Task CompleteLintAsync()
    {
        Task all;
        lock (_pending)
        {
            all = Task.WhenAll(_lint);
        }

        if (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(LintGrace, _lintSource.Token)).ConfigureAwait(false);
            _lintSource.Cancel();
        }

        await all.ConfigureAwait(false);
    }

    /// <summary>One query; the end of the analysis time is an answer like others.</summary>
    public Task<DnsResponse> AskAsync(string name, DnsRecordType type) => AskAsync(name, type, deadline);

    /// <summary>One optional query, without which the result is complete.</summary>
    public Task<DnsResponse> AskLintAsync(string name, DnsRecordType type)
    {
        Task<DnsResponse> query = AsksLint
            ? AskAsync(name, type, _lintSource.Token)
            : Task.FromResult(new DnsResponse(name, type, DnsStatus.Timeout) { WasAsked = false });
        lock (_pending)
        {
            _lint.Add(query);
        }

        return query;
    }

    public void Dispose() => _lintSource.Dispose();

    private async Task<DnsResponse> AskAsync(string name, DnsRecordType type, CancellationToken token)
    {
        try
        {
            return await resolver.QueryAsync(name, type, token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DnsResponse(name, type, DnsStatus.Timeout);
        }
    }

    private static bool TermMayAsk(SpfTermFacts facts) => facts.Term.CountsAsLookup && facts.IsEffective && facts.Target is not null;

    private async Task ReadRecordAsync(SpfDomainFacts facts)
    {
        facts.Response = await AskAsync(TargetName.ToPresentation(facts.Domain), DnsRecordType.TXT).ConfigureAwait(false);
        facts.Texts =
        [
            .. facts.Response.Records.Where(SpfRecord.IsSpf).Select(record => ((TxtRecord)record).Text),
        ];
        if (Proposed is not null && facts.Domain == _root && !SpfRecord.IsSpf(Proposed))
        {
            facts.Texts = [Proposed];
        }

        if (facts.Texts.Count != 1)
        {
            return;
        }

        SpfRecord record = cache.Parse(facts.Texts[0]);
        List<SpfTermFacts> terms = SpfTermFacts.Of(record, facts.Domain);
        terms.ForEach(SetTarget);
        facts.Record = record;
        facts.Terms = [.. terms];
        if (TargetName.IsEqualToOrBelow(facts.Domain, _root)
            && record.Explanation?.Domain is MacroString explanation
            && explanation.NeedsOnlyDomain()
            && TargetName.FromExpansion(MacroExpander.ExpandDomain(explanation, facts.Domain)) is string explained)
        {
            facts.ExplanationQuery = AskLintAsync(TargetName.ToPresentation(explained), DnsRecordType.TXT);
        }

        terms.FindAll(TermMayAsk).ForEach(Begin);
    }

    private static void SetTarget(SpfTermFacts facts)
    {
        if (!facts.Term.CountsAsLookup)
        {
            return;
        }

        if (facts.Term.Domain is not MacroString macro)
        {
            facts.Target = facts.Owner;
            return;
        }

        facts.DependsOnMessage = macro.Literal is null && !macro.NeedsOnlyDomain();
        facts.Target = facts.DependsOnMessage ? null : TargetName.FromExpansion(MacroExpander.ExpandDomain(macro, facts.Owner));
    }

    private void Begin(SpfTermFacts facts)
    {
        bool leadsOn = facts.Term.Kind is SpfTermKind.Include or SpfTermKind.Redirect;
        lock (_pending)
        {
            if (leadsOn && _domains.TryGetValue(facts.Target!, out SpfDomainFacts? known))
            {
                facts.Child = known;
                return;
            }

            if (_lookups >= MaximumLookups || (leadsOn && _domains.Count >= MaximumDomains))
            {
                facts.WasSkipped = true;
                IsIncomplete = true;
                return;
            }

            if (leadsOn && TryShare(facts))
            {
                return;
            }

            _lookups++;
            if (leadsOn)
            {
                facts.Child = new SpfDomainFacts(facts.Target!);
                _domains.Add(facts.Target!, facts.Child);
                _pending.Add(ReadRecordAsync(facts.Child));
                return;
            }
        }

        Task task = facts.Term.Kind switch
        {
            SpfTermKind.A => ReadAddressesAsync(facts),
            SpfTermKind.Mx => ReadExchangesAsync(facts),
            SpfTermKind.Exists => ReadExistenceAsync(facts),
            _ => Task.CompletedTask,
        };
        lock (_pending)
        {
            _pending.Add(task);
        }
    }

    /// <summary>
    /// Uses a cached record. Not one that leads to a name of the domain itself, whose hosts need more queries, nor one
    /// that would exceed a limit.
    /// </summary>
    private bool TryShare(SpfTermFacts facts)
    {
        if (shared.Find(facts.Target!) is not { } record
            || record.Domains.Any(each => TargetName.IsEqualToOrBelow(each.Domain, _root)))
        {
            return false;
        }

        SpfDomainFacts[] further = [.. record.Domains.Where(each => !_domains.ContainsKey(each.Domain))];
        int lookups = further.Sum(each => 1 + each.Terms.Count(term => TermMayAsk(term) && term.Child is null));
        if (_lookups + lookups > MaximumLookups || _domains.Count + further.Length > MaximumDomains)
        {
            return false;
        }

        _lookups += lookups;
        foreach (SpfDomainFacts each in further)
        {
            _domains[each.Domain] = each;
        }

        facts.Child = record.Root;
        return true;
    }

    private async Task ReadAddressesAsync(SpfTermFacts facts)
    {
        SpfHostFacts host = await ReadHostAsync(TargetName.ToPresentation(facts.Target!), facts.Owner).ConfigureAwait(false);
        facts.Response = host.IPv4;
        facts.IPv6Response = host.IPv6;
        facts.Hosts = [host];
    }

    private async Task ReadExistenceAsync(SpfTermFacts facts) =>
        facts.Response = await AskAsync(TargetName.ToPresentation(facts.Target!), DnsRecordType.A).ConfigureAwait(false);

    private async Task ReadExchangesAsync(SpfTermFacts facts)
    {
        facts.Response = await AskAsync(TargetName.ToPresentation(facts.Target!), DnsRecordType.MX).ConfigureAwait(false);
        SpfHostFacts[] hosts = await Task.WhenAll(facts.Response.Records.OfType<MxRecord>()
            .Where(mx => mx.Exchange.Length > 0 && mx.Exchange != ".")
            .Take(SpfLimits.Exchanges)
            .Select(mx => ReadHostAsync(mx.Exchange, facts.Owner))).ConfigureAwait(false);
        facts.Hosts = [.. hosts];
    }

    /// <summary>The addresses of a host, and its own SPF record if it belongs to the domain.</summary>
    private async Task<SpfHostFacts> ReadHostAsync(string name, string owner)
    {
        Task<DnsResponse> ipv4 = AskAsync(name, DnsRecordType.A);
        Task<DnsResponse> ipv6 = AskAsync(name, DnsRecordType.AAAA);
        bool isOwn = owner == _root && name.Length > _root.Length && TargetName.IsEqualToOrBelow(name, _root);
        Task<DnsResponse>? txt = isOwn ? AskLintAsync(name, DnsRecordType.TXT) : null;
        return new SpfHostFacts(name, await ipv4.ConfigureAwait(false), await ipv6.ConfigureAwait(false), txt);
    }
}

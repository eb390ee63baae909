using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>
/// Matches an address against the mechanisms other than <c>include</c> (RFC 7208 §5). The result of a mechanism is
/// null if it does not match, the result of its qualifier if it does, or the error that ends the evaluation.
/// </summary>
internal static class SpfTermMatcher
{
    public static void Step(
        SpfCheckState state,
        SpfTerm term,
        string domain,
        int depth,
        string? target,
        DnsStatus? status,
        AuthenticationResult? match)
    {
        if (state.Options.Traces)
        {
            bool isError = match is AuthenticationResult.TempError or AuthenticationResult.PermError;
            state.Step(depth, domain, term.Text, target, status, isError ? null : match is not null, match);
        }
    }

    public static ValueTask<AuthenticationResult?> MatchAsync(
        SpfCheckState state, SpfTerm term, string domain, int depth)
    {
        if (term.Kind is not (SpfTermKind.All or SpfTermKind.Ip4 or SpfTermKind.Ip6))
        {
            return AskAsync(state, term, domain, depth);
        }

        AuthenticationResult? match = term.Network is not { } network || network.Contains(state.Address)
            ? term.Outcome
            : null;
        Step(state, term, domain, depth, null, null, match);
        return new ValueTask<AuthenticationResult?>(match);
    }

    /// <summary>The target of a term; null if its expansion is not a name or must not match (RFC 8616 §4).</summary>
    public static async ValueTask<string?> ExpandTargetAsync(SpfCheckState state, SpfTerm term, string domain) =>
        term.Domain is null ? domain
            : TargetName.FromExpansion(
                term.Domain.Literal ?? await ExpandAsync(state, term.Domain, domain).ConfigureAwait(false));

    /// <summary>The text with the values of a record's domain; null if there is no usable text.</summary>
    public static async ValueTask<string?> ExpandAsync(SpfCheckState state, MacroString macro, string domain)
    {
        state.Values.Domain = domain;
        if (macro.Uses('p'))
        {
            state.Values.ValidatedName = await FindValidatedNameAsync(state, domain).ConfigureAwait(false);
        }

        return MacroExpander.Expand(macro, state.Values);
    }

    /// <summary>
    /// The value of <c>%{p}</c>: the domain if validated, else a name below it, else any (RFC 7208 §7.3).
    /// </summary>
    private static async ValueTask<string> FindValidatedNameAsync(SpfCheckState state, string domain)
    {
        List<string> names = await FindReverseNamesAsync(state).ConfigureAwait(false);
        foreach (string name in names.OrderBy(name => name.TrimEnd('.').Equals(domain, StringComparison.OrdinalIgnoreCase) ? 0
            : TargetName.IsEqualToOrBelow(name, domain) ? 1 : 2))
        {
            if (await IsValidatedAsync(state, name).ConfigureAwait(false))
            {
                return name.TrimEnd('.');
            }
        }

        return "unknown";
    }

    private static async ValueTask<AuthenticationResult?> AskAsync(
        SpfCheckState state, SpfTerm term, string domain, int depth)
    {
        AuthenticationResult? match = null;
        DnsStatus? status = null;

        // RFC 7208 §4.8 leaves impossible names to the implementation: they match nothing.
        string? target = await ExpandTargetAsync(state, term, domain).ConfigureAwait(false);
        if (target is not null && term.Kind == SpfTermKind.Ptr)
        {
            match = await MatchReverseNamesAsync(state, term, domain, target).ConfigureAwait(false);
            status = state.ReverseNames?.Status;
        }
        else if (target is not null)
        {
            DnsRecordType type = term.Kind switch
            {
                SpfTermKind.Mx => DnsRecordType.MX,
                SpfTermKind.Exists => DnsRecordType.A,
                _ => state.AddressType,
            };
            DnsResponse response = await state.QueryAsync(target, type).ConfigureAwait(false);
            status = response.Status;
            match = FailureOf(state, term, domain, response) ?? term.Kind switch
            {
                SpfTermKind.Mx => await MatchHostsAsync(state, term, domain, response).ConfigureAwait(false),
                SpfTermKind.Exists => response.Status == DnsStatus.NoError ? term.Outcome : null,
                _ => MatchAddresses(state, term, response),
            };
        }

        Step(state, term, domain, depth, target, status, match);
        return match;
    }

    /// <summary>
    /// Matches the hosts in the order of the answer. While answers are available at once, each is queried alone; the
    /// first one that requires a wait triggers the queries for all others, so that they cost one round trip.
    /// </summary>
    private static async ValueTask<AuthenticationResult?> MatchHostsAsync(
        SpfCheckState state, SpfTerm term, string domain, DnsResponse exchanges)
    {
        if (exchanges.Records.Count > SpfLimits.Exchanges)
        {
            return state.Fail(
                AuthenticationResult.PermError, Strings.Spf_ProblemMxLimit, term.Text, domain, SpfLimits.Exchanges);
        }

        string[] hosts =
            [.. exchanges.Records.OfType<MxRecord>().Select(mx => mx.Exchange).Where(host => host is not ("" or "."))];
        ValueTask<DnsResponse>[]? queries = null;
        for (int index = 0; index < hosts.Length; index++)
        {
            ValueTask<DnsResponse> query = queries is null ? Ask(hosts[index]) : queries[index];
            if (queries is null && !query.IsCompleted)
            {
                queries = [.. hosts.Select((host, place) => place > index ? Ask(host).Preserve() : default)];
            }

            DnsResponse response = await query.ConfigureAwait(false);
            if ((FailureOf(state, term, domain, response) ?? MatchAddresses(state, term, response)) is { } match)
            {
                return match;
            }
        }

        return null;

        ValueTask<DnsResponse> Ask(string host) => state.QueryRawAsync(host, state.AddressType);
    }

    private static async ValueTask<AuthenticationResult?> MatchReverseNamesAsync(
        SpfCheckState state, SpfTerm term, string domain, string target)
    {
        List<string> names = await FindReverseNamesAsync(state).ConfigureAwait(false);
        if (!state.CountVoid(state.ReverseNames!.Status, term, domain))
        {
            return AuthenticationResult.PermError;
        }

        foreach (string name in names)
        {
            if (TargetName.IsEqualToOrBelow(name, target) && await IsValidatedAsync(state, name).ConfigureAwait(false))
            {
                return term.Outcome;
            }
        }

        return null;
    }

    /// <summary>The first ten names of the address; none if the look-up failed (RFC 7208 §5.5).</summary>
    private static async ValueTask<List<string>> FindReverseNamesAsync(SpfCheckState state)
    {
        state.ReverseNames ??= await state.QueryAsync(ReverseDns.NameOf(state.Address), DnsRecordType.PTR).ConfigureAwait(false);
        IEnumerable<NameRecord> names = state.ReverseNames.Records.OfType<NameRecord>().Take(SpfLimits.ReverseNames);
        return [.. names.Select(name => name.Target)];
    }

    private static async ValueTask<bool> IsValidatedAsync(SpfCheckState state, string name)
    {
        DnsResponse response = await state.QueryRawAsync(name, state.AddressType).ConfigureAwait(false);
        return response.Records
            .OfType<AddressRecord>()
            .Any(record => AddressNumber.From(record.Address).Equals(state.Address));
    }

    private static AuthenticationResult? MatchAddresses(SpfCheckState state, SpfTerm term, DnsResponse response)
    {
        AddressNumber address = state.Address;
        int prefixLength = address.IsIPv6 ? term.IPv6PrefixLength : term.IPv4PrefixLength;
        foreach (DnsRecord record in response.Records.AsSpan())
        {
            if (record is AddressRecord host && address.IsWithin(AddressNumber.From(host.Address), prefixLength))
            {
                return term.Outcome;
            }
        }

        return null;
    }

    /// <summary>The error that a failed or void look-up causes; null if it causes none.</summary>
    private static AuthenticationResult? FailureOf(
        SpfCheckState state, SpfTerm term, string domain, DnsResponse response) =>
        !response.Status.IsAnswer() ? state.FailLookup(response)
            : state.CountVoid(response.Status, term, domain) ? null
            : AuthenticationResult.PermError;
}

using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>Whether a mechanism matches, or the error that ends the evaluation.</summary>
internal enum SpfMatch
{
    No,
    Yes,
    TempError,
    PermError,
}

/// <summary>Matches an address against the mechanisms other than <c>include</c> (RFC 7208 §5).</summary>
internal static class SpfTermMatcher
{
    public static void Step(SpfCheckState state, SpfTerm term, string domain, int depth, string? target, DnsStatus? status, SpfMatch match)
    {
        if (state.Options.Traces)
        {
            state.Step(
                depth,
                domain,
                term.Text,
                target,
                status,
                match switch { SpfMatch.Yes => true, SpfMatch.No => false, _ => null },
                match switch
            {
                SpfMatch.Yes => term.Outcome,
                SpfMatch.TempError => AuthenticationResult.TempError,
                SpfMatch.PermError => AuthenticationResult.PermError,
                _ => null,
            });
        }
    }

    public static ValueTask<SpfMatch> MatchAsync(SpfCheckState state, SpfTerm term, string domain, int depth)
    {
        bool matches;
        switch (term.Kind)
        {
            case SpfTermKind.All:
                matches = true;
                break;
            case SpfTermKind.Ip4 or SpfTermKind.Ip6:
                matches = state.Address.IsWithin(term.NetworkNumber, term.NetworkPrefixLength);
                break;
            default:
                return AskAsync(state, term, domain, depth);
        }

        SpfMatch match = matches ? SpfMatch.Yes : SpfMatch.No;
        Step(state, term, domain, depth, null, null, match);
        return new ValueTask<SpfMatch>(match);
    }

    /// <summary>The target of a term; null if its expansion is not a name or must not match (RFC 8616 §4).</summary>
    public static async ValueTask<string?> ExpandTargetAsync(SpfCheckState state, SpfTerm term, string domain)
    {
        if (term.Domain is null)
        {
            return domain;
        }

        if (term.Domain.Literal is null)
        {
            state.Values.Domain = domain;
            if (term.Domain.Uses('p'))
            {
                state.Values.ValidatedName = await FindValidatedNameAsync(state, domain).ConfigureAwait(false);
            }
        }

        return TargetName.FromExpansion(MacroExpander.Expand(term.Domain, state.Values));
    }

    /// <summary>
    /// The value of <c>%{p}</c>: the domain if validated, else a name below it, else any (RFC 7208 §7.3).
    /// </summary>
    public static async ValueTask<string> FindValidatedNameAsync(SpfCheckState state, string domain)
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

    private static async ValueTask<SpfMatch> AskAsync(SpfCheckState state, SpfTerm term, string domain, int depth)
    {
        string? target = await ExpandTargetAsync(state, term, domain).ConfigureAwait(false);
        if (target is null)
        {
            // RFC 7208 §4.8 leaves impossible names to the implementation: they match nothing.
            Step(state, term, domain, depth, null, null, SpfMatch.No);
            return SpfMatch.No;
        }

        return term.Kind switch
        {
            SpfTermKind.A => await MatchAddressesAsync(state, term, domain, depth, target).ConfigureAwait(false),
            SpfTermKind.Mx => await MatchExchangesAsync(state, term, domain, depth, target).ConfigureAwait(false),
            SpfTermKind.Exists => await MatchExistenceAsync(state, term, domain, depth, target).ConfigureAwait(false),
            _ => await MatchReverseNamesAsync(state, term, domain, depth, target).ConfigureAwait(false),
        };
    }

    private static async ValueTask<SpfMatch> MatchAddressesAsync(SpfCheckState state, SpfTerm term, string domain, int depth, string target)
    {
        DnsResponse response = await state.QueryAsync(target, state.AddressType).ConfigureAwait(false);
        SpfMatch match = Compare(state, term, domain, response);
        Step(state, term, domain, depth, target, response.Status, match);
        return match;
    }

    private static async ValueTask<SpfMatch> MatchExistenceAsync(SpfCheckState state, SpfTerm term, string domain, int depth, string target)
    {
        DnsResponse response = await state.QueryAsync(target, DnsRecordType.A).ConfigureAwait(false);
        SpfMatch match = FailureOf(state, term, domain, response)
            ?? (response.Status == DnsStatus.NoError ? SpfMatch.Yes : SpfMatch.No);
        Step(state, term, domain, depth, target, response.Status, match);
        return match;
    }

    private static async ValueTask<SpfMatch> MatchExchangesAsync(SpfCheckState state, SpfTerm term, string domain, int depth, string target)
    {
        DnsResponse response = await state.QueryAsync(target, DnsRecordType.MX).ConfigureAwait(false);
        SpfMatch match = FailureOf(state, term, domain, response) ?? SpfMatch.No;
        if (match == SpfMatch.No && response.Records.Count > SpfLimits.Exchanges)
        {
            state.Fail(AuthenticationResult.PermError, Strings.Spf_ProblemMxLimit, term.Text, domain, SpfLimits.Exchanges);
            match = SpfMatch.PermError;
        }

        if (match == SpfMatch.No && response.Records.Count > 0)
        {
            match = await MatchHostsAsync(state, term, domain, response).ConfigureAwait(false);
        }

        Step(state, term, domain, depth, target, response.Status, match);
        return match;
    }

    /// <summary>
    /// Matches the hosts in the order of the answer. While answers are available at once, each is queried alone; the
    /// first one that requires a wait triggers the queries for all others, so that they cost one round trip.
    /// </summary>
    private static async ValueTask<SpfMatch> MatchHostsAsync(SpfCheckState state, SpfTerm term, string domain, DnsResponse exchanges)
    {
        ValueTask<DnsResponse>[]? queries = null;
        for (int index = 0; index < exchanges.Records.Count; index++)
        {
            if (exchanges.Records[index] is not MxRecord { Exchange.Length: > 0 } mx || mx.Exchange == ".")
            {
                continue;
            }

            ValueTask<DnsResponse> query;
            if (queries is null)
            {
                query = state.QueryRawAsync(mx.Exchange, state.AddressType);
                if (!query.IsCompleted)
                {
                    queries = StartAll(state, exchanges, index + 1);
                }
            }
            else
            {
                query = queries[index];
            }

            SpfMatch match = Compare(state, term, domain, await query.ConfigureAwait(false));
            if (match != SpfMatch.No)
            {
                return match;
            }
        }

        return SpfMatch.No;
    }

    private static ValueTask<DnsResponse>[] StartAll(SpfCheckState state, DnsResponse exchanges, int start)
    {
        ValueTask<DnsResponse>[] queries = new ValueTask<DnsResponse>[exchanges.Records.Count];
        for (int index = start; index < queries.Length; index++)
        {
            if (exchanges.Records[index] is MxRecord { Exchange.Length: > 0 } mx && mx.Exchange != ".")
            {
                queries[index] = state.QueryRawAsync(mx.Exchange, state.AddressType).Preserve();
            }
        }

        return queries;
    }

    private static async ValueTask<SpfMatch> MatchReverseNamesAsync(
        SpfCheckState state, SpfTerm term, string domain, int depth, string target)
    {
        List<string> names = await FindReverseNamesAsync(state).ConfigureAwait(false);
        SpfMatch match = SpfMatch.No;
        if (state.ReverseNames is DnsResponse response && !state.CountVoid(response.Status, term, domain))
        {
            match = SpfMatch.PermError;
        }

        foreach (string name in names)
        {
            if (match == SpfMatch.No
                && TargetName.IsEqualToOrBelow(name, target)
                && await IsValidatedAsync(state, name).ConfigureAwait(false))
            {
                match = SpfMatch.Yes;
            }
        }

        Step(state, term, domain, depth, target, state.ReverseNames?.Status, match);
        return match;
    }

    /// <summary>The first ten names of the address; none if the look-up failed (RFC 7208 §5.5).</summary>
    private static async ValueTask<List<string>> FindReverseNamesAsync(SpfCheckState state)
    {
        state.ReverseNames ??= await state.QueryAsync(ReverseDns.NameOf(state.Address), DnsRecordType.PTR).ConfigureAwait(false);
        List<string> names = [];
        foreach (DnsRecord record in state.ReverseNames.Records)
        {
            if (names.Count < SpfLimits.ReverseNames && record is NameRecord pointer)
            {
                names.Add(pointer.Target);
            }
        }

        return names;
    }

    private static async ValueTask<bool> IsValidatedAsync(SpfCheckState state, string name)
    {
        DnsResponse response = await state.QueryRawAsync(name, state.AddressType).ConfigureAwait(false);
        foreach (DnsRecord record in response.Records)
        {
            if (record is AddressRecord address && AddressNumber.From(address.Address).Equals(state.Address))
            {
                return true;
            }
        }

        return false;
    }

    private static SpfMatch Compare(SpfCheckState state, SpfTerm term, string domain, DnsResponse response)
    {
        if (FailureOf(state, term, domain, response) is SpfMatch failure)
        {
            return failure;
        }

        AddressNumber address = state.Address;
        int prefixLength = address.IsIPv6 ? term.IPv6PrefixLength : term.IPv4PrefixLength;
        foreach (DnsRecord record in response.Records.AsSpan())
        {
            if (record is AddressRecord host && address.IsWithin(AddressNumber.From(host.Address), prefixLength))
            {
                return SpfMatch.Yes;
            }
        }

        return SpfMatch.No;
    }

    private static SpfMatch? FailureOf(SpfCheckState state, SpfTerm term, string domain, DnsResponse response)
    {
        if (!response.Status.IsAnswer())
        {
            state.FailLookup(response);
            return SpfMatch.TempError;
        }

        return state.CountVoid(response.Status, term, domain) ? null : SpfMatch.PermError;
    }
}

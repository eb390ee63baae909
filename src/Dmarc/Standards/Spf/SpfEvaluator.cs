using System.Net;
using Dmarc.Dns;

namespace Dmarc.Standards.Spf;

/// <summary>
/// The function <c>check_host()</c> of RFC 7208 §4. It caches parsed records, so one evaluator should serve many
/// checks. Thread-safe.
/// </summary>
internal sealed class SpfEvaluator(IDnsResolver resolver, SpfEvaluatorOptions? options = null)
{
    private readonly SpfEvaluatorOptions _options = options ?? new SpfEvaluatorOptions();
    private readonly SpfRecordCache _cache = new();

    /// <summary>Checks if an address may send a message. Every failure is a result; only cancellation throws.</summary>
    /// <param name="address">The address of the client.</param>
    /// <param name="sender">
    /// MAIL FROM: a mailbox, or a domain, which means its <c>postmaster</c>; empty or null for the null reverse-path,
    /// for which the identity is <c>postmaster@</c><paramref name="helo"/> (RFC 7208 §2.4).
    /// </param>
    /// <param name="helo">The client's name in HELO or EHLO; empty or null if unknown.</param>
    /// <param name="domain">The domain whose record is checked; null for that of the identity, as in receivers.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async ValueTask<SpfEvaluation> CheckHostAsync(
        IPAddress address,
        string? sender,
        string? helo = null,
        DomainName? domain = null,
        CancellationToken cancellationToken = default)
    {
        string identity = string.IsNullOrEmpty(sender) ? helo ?? "" : sender!;
        int at = identity.LastIndexOf('@');
        string given = identity.Substring(at + 1);
        string? senderDomain = TargetName.FromMessage(given);
        string? start = domain?.ToString() ?? senderDomain;
        bool isMalformed = senderDomain is null && identity.Length > 0;
        if (start is null
            || isMalformed
            || (domain is null && string.IsNullOrEmpty(sender) && given.Any(character => character > 0x7E)))
        {
            // RFC 7208 §4.3, for any checked domain; RFC 8616 §4: the name of HELO has only A-labels.
            return new SpfEvaluation
            {
                Result = AuthenticationResult.None,
                Domain = given,
                Problem = Sentences.Insert(Strings.Spf_ProblemDomainMalformed, PrintableText.Escape(given)),
            };
        }

        MacroValues values = new()
        {
            LocalPart = at > 0 ? identity.Substring(0, at) : "postmaster",
            SenderDomain = senderDomain ?? start,
            Helo = string.IsNullOrEmpty(helo) ? "unknown" : helo!,
            Address = AddressNumber.From(address),
            Receiver = _options.Receiver,
            Clock = _options.Clock,
        };
        using SpfCheckState state = new(resolver, _options, values, cancellationToken);
        AuthenticationResult outcome;
        try
        {
            outcome = await EvaluateAsync(state, start, 0, true).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = state.Fail(AuthenticationResult.TempError, Strings.Spf_ProblemDeadline, _options.Deadline.TotalSeconds);
        }

        return await FinishAsync(state, start, outcome, cancellationToken).ConfigureAwait(false);
    }


    private async ValueTask<SpfEvaluation> FinishAsync(
        SpfCheckState state, string domain, AuthenticationResult outcome, CancellationToken cancellationToken)
    {
        string? published = null;
        string explanation = "";
        if (outcome == AuthenticationResult.Fail)
        {
            if (_options.Explains && state.ExplainingRecord?.Explanation is SpfTerm term)
            {
                published = await SpfExplainer.ExplainAsync(state, term, cancellationToken).ConfigureAwait(false);
            }

            explanation = published
                ?? _options.DefaultExplanation
                ?? Sentences.Insert(Strings.Spf_DefaultExplanation, state.Address, domain);
        }

        bool decided =
            outcome is AuthenticationResult.Pass or AuthenticationResult.Fail or AuthenticationResult.SoftFail or AuthenticationResult.Neutral;
        return new SpfEvaluation
        {
            Result = outcome,
            Domain = domain,
            Record = state.Record?.Text ?? "",
            MatchedTerm = decided && state.Path.Count > 0 ? state.Path[state.Path.Count - 1].Term.Text : "",
            MatchedPath = decided && _options.Traces && state.Path.Count > 0
                ? Enumerable.Reverse(state.Path).Select(step => step.Domain + ": " + step.Term.Text).ToPrintableList()
                : PrintableList<string>.Empty,
            Explanation = explanation,
            IsExplanationPublished = published is not null,
            Problem = decided ? "" : state.Problem,
            Failed = outcome == AuthenticationResult.TempError
                ? state.Failed ?? new DnsResponse(domain, DnsRecordType.TXT, DnsStatus.Timeout)
                : null,
            LookupCount = state.Lookups,
            VoidLookupCount = state.VoidLookups,
            Trace = state.Trace,
        };
    }

    /// <summary>check_host() for one domain; include and redirect recurse, limited by the look-up limit.</summary>
    private async ValueTask<AuthenticationResult> EvaluateAsync(
        SpfCheckState state, string domain, int depth, bool explains)
    {
        DnsResponse response = await state.QueryAsync(domain, DnsRecordType.TXT).ConfigureAwait(false);
        AuthenticationResult? early = SelectRecord(state, response, domain, out SpfRecord? record);
        state.Record ??= record;
        if (early is AuthenticationResult outcome)
        {
            state.Step(depth, domain, record?.Text ?? "", domain, response.Status, null, outcome);
            return outcome;
        }

        state.Step(depth, domain, record!.Text, "", null, null, null);

        foreach (SpfTerm term in record.Mechanisms)
        {
            state.CheckTime();
            if (term.CountsAsLookup && !state.CountLookup(term, domain))
            {
                state.Step(depth, domain, term.Text, "", null, null, AuthenticationResult.PermError);
                return AuthenticationResult.PermError;
            }

            AuthenticationResult? match = term.Kind == SpfTermKind.Include
                ? await IncludeAsync(state, term, domain, depth).ConfigureAwait(false)
                : await SpfTermMatcher.MatchAsync(state, term, domain, depth).ConfigureAwait(false);
            if (match is null)
            {
                continue;
            }

            if (match is AuthenticationResult.TempError or AuthenticationResult.PermError)
            {
                return match.Value;
            }

            if (term.Kind != SpfTermKind.Include)
            {
                state.Path.Clear();
            }

            state.Path.Add((domain, term));
            if (explains)
            {
                state.ExplainingRecord = record;
                state.ExplainingDomain = domain;
            }

            return match.Value;
        }

        state.Path.Clear();
        return record.Redirect is SpfTerm redirect && record.All is null
            ? await RedirectAsync(state, redirect, domain, depth, explains).ConfigureAwait(false)
            : AuthenticationResult.Neutral;
    }

    private AuthenticationResult? SelectRecord(SpfCheckState state, DnsResponse response, string domain, out SpfRecord? record)
    {
        record = null;
        if (!response.Status.IsAnswer())
        {
            return state.FailLookup(response);
        }

        record = _cache.Select(response, out int count);
        if (count > 1)
        {
            return state.Fail(AuthenticationResult.PermError, Strings.Spf_ProblemSeveralRecords, domain, count);
        }

        if (record is null)
        {
            string format = response.Status == DnsStatus.NxDomain
                ? Strings.Spf_ProblemDomainNotFound
                : Strings.Spf_ProblemNoRecord;
            return state.Fail(AuthenticationResult.None, format, domain);
        }

        return record.IsValid
            ? null
            : state.Fail(AuthenticationResult.PermError, Strings.Spf_ProblemSyntax, domain, record.Problem);
    }

    /// <summary>RFC 7208 §5.2: which results of the included record match.</summary>
    private async ValueTask<AuthenticationResult?> IncludeAsync(
        SpfCheckState state, SpfTerm term, string domain, int depth)
    {
        string? target = await SpfTermMatcher.ExpandTargetAsync(state, term, domain).ConfigureAwait(false);
        AuthenticationResult outcome = target is null || target.IndexOf('.') < 0
            ? state.Fail(AuthenticationResult.None, Strings.Spf_ProblemDomainMalformed, target ?? term.Text)
            : await EvaluateAsync(state, target, depth + 1, false).ConfigureAwait(false);
        AuthenticationResult? match = outcome switch
        {
            AuthenticationResult.Pass => term.Outcome,
            AuthenticationResult.TempError => outcome,
            AuthenticationResult.PermError or AuthenticationResult.None => AuthenticationResult.PermError,
            _ => null,
        };
        SpfTermMatcher.Step(state, term, domain, depth, target, null, match);
        return match;
    }

    /// <summary>RFC 7208 §6.1: the result of the target record, but permerror if it is missing.</summary>
    private async ValueTask<AuthenticationResult> RedirectAsync(SpfCheckState state, SpfTerm term, string domain, int depth, bool explains)
    {
        if (!state.CountLookup(term, domain))
        {
            return AuthenticationResult.PermError;
        }

        string? target = await SpfTermMatcher.ExpandTargetAsync(state, term, domain).ConfigureAwait(false);
        if (target is null || target.IndexOf('.') < 0)
        {
            return state.Fail(AuthenticationResult.PermError, Strings.Spf_ProblemDomainMalformed, target ?? term.Text);
        }

        state.Step(depth, domain, term.Text, target, null, null, null);
        AuthenticationResult outcome = await EvaluateAsync(state, target, depth + 1, explains).ConfigureAwait(false);
        if (state.Path.Count > 0)
        {
            state.Path.Add((domain, term));
        }

        return outcome == AuthenticationResult.None ? AuthenticationResult.PermError : outcome;
    }
}

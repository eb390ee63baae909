using System.Net;
using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Mail;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>
/// Analyses a domain's SPF record: the costs and addresses of each term, and problems; for an address, whether its mail
/// passes. One analyser should serve many domains; thread-safe.
/// </summary>
/// <param name="resolver">The resolver; it should cache answers that domains share.</param>
/// <param name="options">The limits and the maximum time; null for those of RFC 7208.</param>
internal sealed class SpfAnalyzer(IDnsResolver resolver, SpfEvaluatorOptions? options = null)
{
    private readonly SpfEvaluatorOptions _options = options ?? new SpfEvaluatorOptions();
    private readonly SpfEvaluator _evaluator = new(resolver, options);
    private readonly SpfRecordCache _cache = new();
    private readonly SpfSharedRecords _shared = new();

    /// <summary>Analyses the record of a domain. Every failure is a result; only cancellation throws.</summary>
    public async Task<SpfResult> AnalyzeAsync(
        DomainName domain, SpfAnalysisRequest? request = null, CancellationToken cancellationToken = default)
    {
        request ??= new SpfAnalysisRequest();
        SpfWork work = new(_options.Deadline, cancellationToken);
        Task<SpfAnalysis>? published = request is { Compares: true, Record: not null }
            ? LookAsync(
                domain.ToString(),
                request with { Record = null },
                new SpfWork(_options.Deadline, cancellationToken),
                cancellationToken)
            : null;
        SpfAnalysis analysis = await LookAsync(domain.ToString(), request, work, cancellationToken).ConfigureAwait(false);
        SpfAnalysis? before = published is null ? null : await published.ConfigureAwait(false);
        try
        {
            return WriteUp(analysis, before, request);
        }
        catch (SpfTooCostlyException)
        {
            return SpfResultBuilder.BuildWithoutAddresses(analysis, SpfRules.CheckWithoutAddresses(analysis));
        }
    }

    /// <summary>
    /// Checks an address against the record of a running analysis, published or proposed: both wait for the same
    /// answers, so one deadline applies.
    /// </summary>
    /// <param name="domain">The domain of the analysis.</param>
    /// <param name="proposed">The proposed record; null for the published one.</param>
    /// <param name="running">The analysis.</param>
    /// <param name="address">The address of the client.</param>
    /// <param name="sender">
    /// MAIL FROM, with or without angle brackets; null for <c>postmaster</c> at the domain. Empty or <c>&lt;&gt;</c>
    /// for the null reverse-path, for which the record of <c>postmaster@</c><paramref name="helo"/> is checked (RFC
    /// 7208 §2.4).
    /// </param>
    /// <param name="helo">The HELO name; null if unknown.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<SpfResult> EvaluateAsync(
        string domain,
        string? proposed,
        Task<SpfResult> running,
        IPAddress address,
        string? sender = null,
        string? helo = null,
        CancellationToken cancellationToken = default)
    {
        SpfEvaluator evaluator = proposed is null
            ? _evaluator
            : new SpfEvaluator(new ProposedRecordResolver(resolver, domain, proposed), _options);
        string? path = sender is null ? null : WithoutBrackets(sender.Trim());
        if (MailAddress.ParseList(sender).Count(entry => entry.Domain.Length > 0) > 1)
        {
            // MAIL FROM is one address or none (RFC 5321 §4.1.1.2); choosing one of several would be a guess.
            return await running.ConfigureAwait(false) with
            {
                Result = AuthenticationResult.None,
                IPAddress = address.ToString(),
                Sender = sender!.Trim(),
                Helo = helo ?? "",
                Explanation = string.Format(CultureInfo.InvariantCulture, Strings.Spf_SeveralSenders, PrintableText.Escape(sender.Trim())),
            };
        }

        bool checksHelo = path?.Length == 0 && !string.IsNullOrEmpty(helo);
        string identity = !string.IsNullOrEmpty(path) ? path! : "postmaster@" + (checksHelo ? helo : domain);
        Task<SpfEvaluation> check = evaluator.CheckHostAsync(
            address,
            checksHelo ? "" : identity,
            helo,
            checksHelo ? null : DomainName.Parse(domain),
            cancellationToken).AsTask();
        await Task.WhenAll(running, check).ConfigureAwait(false);
        SpfResult analysis = await running.ConfigureAwait(false);
        SpfEvaluation evaluation = await check.ConfigureAwait(false);
        return analysis with
        {
            Failed = evaluation.Failed ?? analysis.Failed,
            Result = evaluation.Result,
            IPAddress = address.ToString(),
            Sender = identity,
            Helo = helo ?? "",
            MatchedTerm = evaluation.MatchedTerm,
            MatchedPath = evaluation.MatchedPath,
            Explanation = evaluation.Problem.Length > 0 ? evaluation.Problem : evaluation.Explanation,
            Trace = evaluation.Trace,
        };
    }

    private static SpfResult WriteUp(SpfAnalysis analysis, SpfAnalysis? before, SpfAnalysisRequest request)
    {
        SpfResult result = SpfResultBuilder.Build(analysis, SpfRules.Check(analysis));
        if (request.Flattens && analysis.Root.IsUsable)
        {
            SpfFlattening flattening = SpfFlattener.Flatten(analysis, out IReadOnlyList<Finding> findings);
            result =
                result with { Flattened = flattening, Findings = result.Findings.Concat(findings).ToFindingList().About(analysis.Domain) };
        }

        return before is null ? result : result with
        {
            Comparison = SpfResultBuilder.Compare(before, analysis),
            Findings = SpfTermRules.Comparison(before, analysis) is { } unknown
                ? [.. result.Findings, unknown with { Domain = analysis.Domain }]
                : result.Findings,
        };
    }

    private static string WithoutBrackets(string path) =>
        path.Length > 1 && path[0] == '<' && path[path.Length - 1] == '>' ? path.Substring(1, path.Length - 2).Trim() : path;

    private async Task<SpfAnalysis> LookAsync(string domain, SpfAnalysisRequest request, SpfWork work, CancellationToken cancellationToken)
    {
        string? record = request.Record;
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.Deadline);
        IDnsResolver source = record is null ? resolver : new ProposedRecordResolver(resolver, domain, record);
        using SpfCrawler crawler = new(source, _cache, _shared, cancellationToken, deadline.Token)
        {
            Proposed = record,
            AsksLint = request.AsksLint,
        };
        Task<DnsResponse> legacy = crawler.AskLintAsync(domain, DnsRecordType.SPF);
        SpfDomainFacts root = await crawler.StartAsync(domain).ConfigureAwait(false);
        Task<IReadOnlyCollection<SendingService>> unused = SpfServiceSigns.FindUnusedAsync(crawler, root);
        await crawler.CompleteAsync().ConfigureAwait(false);
        await crawler.CompleteLintAsync().ConfigureAwait(false);
        Share(root, cancellationToken);
        return new SpfAnalysis
        {
            Root = root,
            Tree = SpfTree.Build(root),
            Coverage = new SpfCoverage(work),
            Work = work,
            IsPublished = record is null,
            LegacyResponse = await legacy.ConfigureAwait(false),
            UnusedServices = await unused.ConfigureAwait(false),
            IsIncomplete = crawler.IsIncomplete,
        };
    }

    /// <summary>Caches included records for other domains, except those that cost too much.</summary>
    private void Share(SpfDomainFacts root, CancellationToken cancellationToken)
    {
        try
        {
            _shared.Offer(root, new SpfWork(_options.Deadline, cancellationToken));
        }
        catch (SpfTooCostlyException)
        {
            // The analysis itself reaches the same limit if it matters.
        }
    }
}

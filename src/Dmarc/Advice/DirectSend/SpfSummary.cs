using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.DirectSend;

/// <summary>
/// The SPF facts needed for Direct Send: the end of the record, and whether it includes Microsoft's. One query, and one
/// more for each redirect; a full analysis takes a dozen.
/// </summary>
internal sealed record SpfSummary
{
    private const int MaximumRedirects = 5;

    private bool _isRedirected;
    private bool _isLoop;

    /// <summary>The answer for the domain's own TXT records.</summary>
    public required DnsResponse Response { get; init; }

    /// <summary>The record at the end of the redirects; null if not exactly one, or a look-up failed.</summary>
    public SpfRecord? Record { get; private init; }

    /// <summary>The failed look-up that leaves the record unknown; null if none failed.</summary>
    public DnsResponse? Failure { get; private init; }

    /// <summary>The names included at the top level of the records.</summary>
    public PrintableList<string> Includes { get; private init; } = PrintableList<string>.Empty;

    /// <summary>The end of the record, such as <c>-all</c>; empty if it has no <c>all</c>; null if unknown.</summary>
    public string? All => Failure is not null ? null : Record?.All is { } all ? QualifierOf(all.Qualifier) + "all" : "";

    /// <summary>The SPF result of an unlisted address; null if unknown.</summary>
    public AuthenticationResult? OtherwiseResult => Failure is not null ? null
        : Record is null ? (_isRedirected ? AuthenticationResult.PermError : AuthenticationResult.None)
        : !Record.IsValid || _isLoop ? AuthenticationResult.PermError
        : Record.All?.Outcome ?? AuthenticationResult.Neutral;

    /// <summary>
    /// The terms that pass mail from any address: a <c>+all</c>, or ranges that cover nearly the whole Internet; null
    /// if there are none, or it is unknown.
    /// </summary>
    public string? OpenTerms { get; private init; }

    public static async Task<SpfSummary> LookAsync(IDnsResolver resolver, DomainName domain, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(new SpfEvaluatorOptions().Deadline);
        DnsResponse first = await AskAsync(domain.ToString()).ConfigureAwait(false);
        HashSet<string> met = new(StringComparer.OrdinalIgnoreCase) { domain.ToString() };
        List<string> includes = [];
        DnsResponse response = first;
        for (int step = 0; ; step++)
        {
            if (!response.Status.IsAnswer())
            {
                return new SpfSummary { Response = first, Failure = response, Includes = includes.ToPrintableList() };
            }

            string[] texts = [.. response.Records.Where(SpfRecord.IsSpf).Select(record => ((TxtRecord)record).Text)];
            SpfRecord? record = texts.Length == 1 ? SpfParser.Parse(texts[0]) : null;
            includes.AddRange((record?.Terms ?? PrintableList<SpfTerm>.Empty)
                .Where(term => term.Kind == SpfTermKind.Include)
                .Select(term => term.Domain?.Literal)
                .OfType<string>());
            string? target = record is { IsValid: true, All: null } ? record.Redirect?.Domain?.Literal : null;
            bool isLoop = target is not null && !met.Add(target.TrimEnd('.'));
            if (step == MaximumRedirects || target is null || isLoop)
            {
                return new SpfSummary
                {
                    Response = first,
                    Record = record,
                    Includes = includes.Distinct(StringComparer.OrdinalIgnoreCase).ToPrintableList(),
                    OpenTerms = record is { IsValid: true } && !isLoop ? FindOpenTerms(record, domain.ToString(), cancellationToken) : null,
                    _isRedirected = step > 0,
                    _isLoop = isLoop,
                };
            }

            response = await AskAsync(target).ConfigureAwait(false);
        }

        async Task<DnsResponse> AskAsync(string name)
        {
            try
            {
                return await resolver.QueryAsync(name, DnsRecordType.TXT, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new DnsResponse(name, DnsRecordType.TXT, DnsStatus.Timeout);
            }
        }
    }

    /// <summary>See <see cref="OpenTerms"/>. No query is made: an include or a host adds no address.</summary>
    private static string? FindOpenTerms(SpfRecord record, string domain, CancellationToken cancellationToken)
    {
        if (record.All?.Outcome == AuthenticationResult.Pass)
        {
            return QualifierOf(record.All.Qualifier) + "all";
        }

        SpfDomainFacts facts = new(domain) { Record = record, Terms = SpfTermFacts.Of(record, domain).ToPrintableList() };
        SpfWork work = new(new SpfEvaluatorOptions().Deadline, cancellationToken);
        return SpfCoverage.IsInternet(new SpfCoverage(work).PassedBy(facts))
            ? PrintableText.Shorten(string.Join(" ", facts.Terms
                .Where(term => term.IsEffective && term.Term is { Network: not null, Outcome: AuthenticationResult.Pass })
                .Select(term => term.Term.Text)))
            : null;
    }

    private static string QualifierOf(SpfQualifier qualifier) => qualifier switch
    {
        SpfQualifier.Fail => "-",
        SpfQualifier.SoftFail => "~",
        SpfQualifier.Neutral => "?",
        _ => "+",
    };
}

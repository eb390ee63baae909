using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>
/// Assesses if a message, complete or described by identifiers, passes DMARC, why, and what to change. One assessor can
/// process many messages concurrently.
/// </summary>
internal sealed class MessageAssessor
{
    private readonly IDnsResolver _resolver;
    private readonly MessageAssessorOptions _options;
    private readonly IOrganizationalDomainSource _suffixes;
    private readonly DmarcEvaluator _evaluator;
    private readonly ReceivingSideFinder _side;
    private readonly SpfEvidenceFinder _spf;
    private readonly DkimEvidenceFinder _dkim;

    public MessageAssessor(IDnsResolver resolver, MessageAssessorOptions? options = null)
    {
        _resolver = resolver;
        _options = options ?? new MessageAssessorOptions();
        _suffixes = _options.Suffixes ?? PublicSuffixList.Default;
        _evaluator = new DmarcEvaluator(resolver, _options.DiscoveryMethod, _suffixes);
        _side = new ReceivingSideFinder(resolver, _suffixes, _options.TrustedAuthServIds);
        _spf = new SpfEvidenceFinder(resolver, _options);
        _dkim = new DkimEvidenceFinder(resolver, _options);
    }

    public async Task<AlignmentResult> AssessAsync(AssessedMessage message, CancellationToken cancellationToken = default)
    {
        MessageTraits traits = MessageTraits.Read(message.Message);
        AuthorIdentity author = AuthorIdentity.Read(message.Message);
        ReceivingSide side = await _side
            .FindAsync(message.Message, traits, author, message.IsWhole, cancellationToken)
            .ConfigureAwait(false);
        ReceiverHeaders headers = ReceiverHeaders.Read(message.Message, side, _options.TrustedAuthServIds, _suffixes);
        Task<SpfEvidence> spf = _spf.FindAsync(message, traits, headers, cancellationToken);
        Task<ArcAlignmentResult?> arc = ArcEvidence.FindAsync(message, traits, _resolver, cancellationToken);
        (PrintableList<DkimEvidence> dkim, int notExamined) =
            await _dkim.FindAsync(message, headers, cancellationToken).ConfigureAwait(false);
        Assessment assessment = await EvaluateAsync(
            new Assessment
            {
                Author = author,
                Message = message,
                Traits = traits,
                Headers = headers,
                Spf = await spf.ConfigureAwait(false),
                Dkim = dkim,
                SignaturesNotExamined = notExamined,
                Arc = await arc.ConfigureAwait(false),
                Suffixes = _suffixes,
            },
            cancellationToken).ConfigureAwait(false);
        PrintableList<BulkSenderRuleResult> rules = _options.ChecksBulkSenderRules
            ? await BulkSenderChecker.CheckAsync(assessment, _resolver, cancellationToken).ConfigureAwait(false)
            : PrintableList<BulkSenderRuleResult>.Empty;
        return AlignmentReport.Make(assessment, _options) with { BulkSenderRules = rules };
    }

    public async Task<AlignmentResult> AssessAsync(MessageIdentifiers identifiers, CancellationToken cancellationToken = default)
    {
        Assessment assessment = await EvaluateAsync(
            new Assessment
            {
                Author = AuthorIdentity.Read(identifiers.From),
                Spf = await _spf.FindAsync(identifiers, cancellationToken).ConfigureAwait(false),
                Dkim = DkimEvidenceFinder.Read(identifiers),
                DkimResultsWithoutDomain = Math.Max(0, identifiers.DkimResults.Count - identifiers.DkimDomains.Count),
                Suffixes = _suffixes,
            },
            cancellationToken).ConfigureAwait(false);
        return AlignmentReport.Make(assessment, _options);
    }

    private async Task<Assessment> EvaluateAsync(Assessment assessment, CancellationToken cancellationToken)
    {
        PrintableList<IdentifierAlignment?> unevaluated =
            assessment.Dkim.Select(_ => (IdentifierAlignment?)null).ToPrintableList();
        if (assessment.IsInternal)
        {
            return assessment with { Result = DmarcResult.None, DkimAlignments = unevaluated };
        }

        if (assessment.Author.Domain is not { } author)
        {
            // RFC 9989 §5.3.1, §11.5: no validation is possible, but the policy of each domain is useful.
            DmarcDiscoverer discoverer = new(_resolver, _options.DiscoveryMethod, _suffixes);
            DmarcDiscovery[] discoveries = await Task
                .WhenAll(assessment.Author.Domains.Select(domain => discoverer.DiscoverAsync(domain, cancellationToken)))
                .ConfigureAwait(false);
            return assessment with
            {
                Result = DmarcResult.PermError,
                SeveralPolicies = discoveries.ToPrintableList(),
                DkimAlignments = unevaluated,
            };
        }

        AuthenticatedIdentifier? spf = Identify(assessment.Spf.Domain, assessment.Spf.Result);
        AuthenticatedIdentifier?[] dkim =
            [.. assessment.Dkim.Select(signature => Identify(signature.Domain, signature.Result, signature.Selector))];
        DmarcEvaluation evaluation = await EvaluateAsync(author, spf, dkim, cancellationToken).ConfigureAwait(false);
        Queue<IdentifierAlignment> aligned = new(evaluation.Dkim);
        assessment = assessment with
        {
            Evaluation = evaluation,
            Result = evaluation.Result,
            SpfAlignment = spf is null ? null : evaluation.Spf[0],
            DkimAlignments = dkim.Select(identifier => identifier is null ? null : aligned.Dequeue()).ToPrintableList(),
        };
        return evaluation.Result != DmarcResult.Fail ? assessment
            : assessment.Spf.IsUnreadable ? assessment with { Result = DmarcResult.PermError }
            : assessment with
            {
                Result = await DoubtAsync(assessment, author, cancellationToken).ConfigureAwait(false),
            };
    }

    /// <summary>
    /// A fail is final only if nothing could still make the message pass: neither unknown facts about it (the result is
    /// then unknown), nor a check with a temporary error (RFC 9989 §5.3.6).
    /// </summary>
    private async Task<DmarcResult?> DoubtAsync(Assessment assessment, DomainName author, CancellationToken cancellationToken)
    {
        bool fromMessage = assessment.Message is not null;

        // A pass given without its domain could be the author's.
        bool isUnnamed = assessment.Spf is { Passes: true, Domain: null, MailFrom: null };
        if (await WouldPassAsync(result => fromMessage && result is null, includesUnnamed: true).ConfigureAwait(false))
        {
            return null;
        }

        return await WouldPassAsync(result => result == AuthenticationResult.TempError).ConfigureAwait(false)
            ? DmarcResult.TempError
            : DmarcResult.Fail;

        async Task<bool> WouldPassAsync(Func<AuthenticationResult?, bool> isOpen, bool includesUnnamed = false)
        {
            AuthenticatedIdentifier? spf = isOpen(assessment.Spf.Result) || (includesUnnamed && isUnnamed)
                ? new AuthenticatedIdentifier(
                    assessment.Spf.MailFrom is { Length: > 0 }
                        ? assessment.Spf.Domain ?? EnvelopeAddress.DomainOf(assessment.Spf.MailFrom) ?? author
                        : assessment.Spf.Domain ?? author,
                    AuthenticationResult.Pass)
                : null;
            AuthenticatedIdentifier?[] dkim = [.. assessment.Dkim
                .Where(signature => isOpen(signature.Result))
                .Select(signature => Identify(signature.Domain, AuthenticationResult.Pass, signature.Selector))];
            return (spf is not null || Array.Exists(dkim, one => one is not null))
                && (await EvaluateAsync(author, spf, dkim, cancellationToken).ConfigureAwait(false)).Result == DmarcResult.Pass;
        }
    }

    private static AuthenticatedIdentifier? Identify(DomainName? domain, AuthenticationResult? result, string selector = "") =>
        domain is null || result is not { } known ? null : new AuthenticatedIdentifier(domain, known, selector);

    private Task<DmarcEvaluation> EvaluateAsync(
        DomainName author,
        AuthenticatedIdentifier? spf,
        AuthenticatedIdentifier?[] dkim,
        CancellationToken cancellationToken)
    {
        AuthenticatedIdentifier[] spfList = spf is null ? [] : [spf];
        AuthenticatedIdentifier[] dkimList = [.. dkim.OfType<AuthenticatedIdentifier>()];
        return _options.Record is null
            ? _evaluator.EvaluateAsync(author, spfList, dkimList, cancellationToken)
            : Task.FromResult(_evaluator.EvaluateText(author, _options.Record, spfList, dkimList));
    }
}

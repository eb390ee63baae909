using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Messages;

/// <summary>
/// Determines the results of signatures: verified here as far as the message is available, otherwise taken from a
/// receiver's statement.
/// </summary>
internal sealed class DkimEvidenceFinder(IDnsResolver resolver, MessageAssessorOptions options)
{
    /// <summary>The maximum number of signatures in a message, and of a receiver's results about them.</summary>
    public const int MaximumSignatures = 50;

    private readonly DkimVerifier _verifier = new(
        resolver,
        options.Clock,
        new DkimVerifierOptions
        {
            IsPublicSuffix = name => (options.Suffixes ?? PublicSuffixList.Default) is PublicSuffixList list
                ? list.IsPublicSuffix(name)
                : name.LabelCount == 1,
        });

    /// <returns>The evidence, and the number of signatures not examined.</returns>
    public async Task<(PrintableList<DkimEvidence> Evidence, int NotExamined)> FindAsync(
        AssessedMessage message, ReceiverHeaders headers, CancellationToken cancellationToken)
    {
        PrintableList<DkimVerification> verifications =
            await _verifier.VerifyAsync(message.Message, cancellationToken).ConfigureAwait(false);
        MethodResult[] words = [.. headers.Results.Where(result => result.Method == AuthenticationMethod.Dkim)];
        List<MethodResult> written = [.. words.Take(MaximumSignatures)];
        int total = verifications.Count;
        List<DkimEvidence> found = [];
        foreach (DkimVerification verification in verifications.Take(MaximumSignatures))
        {
            DkimEvidence evidence = FromVerification(verification, message.Content);
            MethodResult? word = TakeWord(written, evidence);
            found.Add(word?.Outcome.StandardOrNull() is { } result ? Reconcile(evidence, word, result, headers) : evidence);
        }

        // A partly pasted header may lack signatures that the receiver saw. A complete message without signatures is
        // unsigned, even if an untrusted field claims otherwise.
        if (verifications.Count == 0 && (headers.IsTrusted || !message.IsWhole))
        {
            total = words.Length;
            found.AddRange(written.Where(word => word.Domain is not null).Select(word => FromWord(word, headers)));
        }

        return (found.ToPrintableList(), Math.Max(0, total - MaximumSignatures));
    }

    public static PrintableList<DkimEvidence> Read(MessageIdentifiers identifiers)
    {
        IReadOnlyList<AuthenticationResult> results = identifiers.DkimResults;
        return identifiers.DkimDomains.Select((text, index) =>
        {
            DomainInput.TryRead(text, out DomainName? domain, out string error);
            return new DkimEvidence
            {
                DomainText = domain?.ToString() ?? text,
                Domain = domain,
                Result = results.Count == 0 ? AuthenticationResult.Pass : results[Math.Min(index, results.Count - 1)],
                Source = EvidenceSource.Given,
                Reason = domain is null ? error : "",
            };
        }).ToPrintableList();
    }

    private static DkimEvidence FromVerification(DkimVerification verification, MessageContent content)
    {
        DkimProblem problem = ToProblem(verification.Cause);
        DkimEvidence evidence = new()
        {
            DomainText = verification.Domain,
            Domain = DomainName.TryParse(verification.Domain, out DomainName? domain) ? domain : null,
            Selector = verification.Selector,
            Result = verification.Result,
            Problem = problem,
            Failure = verification.Cause,
            Source = EvidenceSource.Checked,
            Reason = verification.Reason,
            ChangedHeader = verification.ChangedHeader,
            HasAddedText = verification.HasAddedText,
            Signature = verification.Signature,
            Key = verification.Key,
            UnsignedBodyBytes = verification.UnsignedBodyBytes,
        };

        // Without its body a signature cannot be verified; a missing key or an expiry is visible anyway.
        return content != MessageContent.Full && (evidence.IsBroken || problem == DkimProblem.WrongKey)
            ? evidence with
            {
                Result = null,
                Problem = DkimProblem.NotCheckable,
                Source = EvidenceSource.None,
                ChangedHeader = "",
                HasAddedText = false,
                Reason = content switch
                {
                    MessageContent.HeaderOnly => Strings.Align_BodyMissing,
                    MessageContent.Text => Strings.Align_BodyText,
                    _ => Strings.Align_BodyOther,
                },
            }
            : evidence;
    }

    /// <summary>
    /// Merges a receiver's statement with the result here. It supplies what could not be checked. A trusted receiver's
    /// pass also counts if the key has since been removed, or the message changed: it saw the message first.
    /// </summary>
    private static DkimEvidence Reconcile(DkimEvidence evidence, MethodResult word, AuthenticationResult result, ReceiverHeaders headers)
    {
        if (evidence.Result is null)
        {
            return evidence with
            {
                Result = result,
                Source = headers.Source,
                Problem = result == AuthenticationResult.Pass ? DkimProblem.None : ReadProblem(word),
                Reason = Sentences.Fill(Strings.Align_DkimWord, evidence.Reason, Server(headers), Describe(word)),
            };
        }

        bool gone = evidence.Problem is DkimProblem.KeyMissing or DkimProblem.KeyRevoked or DkimProblem.Expired
            or DkimProblem.BodyChanged or DkimProblem.HeaderChanged or DkimProblem.LookupFailed or DkimProblem.WrongKey;
        return !(headers.IsTrusted && gone && result == AuthenticationResult.Pass) ? evidence : evidence with
        {
            Result = result,
            Source = headers.Source,
            Problem = DkimProblem.None,
            Reason = Sentences.Fill(Strings.Align_DkimPassedThen, Server(headers), evidence.Reason),
        };
    }

    private static DkimEvidence FromWord(MethodResult word, ReceiverHeaders headers)
    {
        AuthenticationResult? result = word.Outcome.StandardOrNull();
        return new DkimEvidence
        {
            DomainText = word.Domain!,
            Domain = DomainName.TryParse(word.Domain, out DomainName? domain) ? domain : null,
            Selector = word.GetProperty("header.s") ?? "",
            Result = result,
            Problem = result == AuthenticationResult.Pass ? DkimProblem.None : ReadProblem(word),
            Source = headers.Source,
            Reason = Sentences.Fill(Strings.Align_DkimWord, Strings.Align_SignatureMissing, Server(headers), Describe(word)),
        };
    }

    /// <summary>The statement about a signature; removed, so that the domain's next signature gets the next.</summary>
    private static MethodResult? TakeWord(List<MethodResult> written, DkimEvidence evidence)
    {
        int index = written.FindIndex(word => IsAbout(word, evidence) && word.GetProperty("header.s") is { } selector
            && string.Equals(selector, evidence.Selector, StringComparison.OrdinalIgnoreCase));
        index = index >= 0 ? index : written.FindIndex(word => IsAbout(word, evidence) && word.GetProperty("header.s") is null);
        if (index < 0)
        {
            return null;
        }

        MethodResult taken = written[index];
        written.RemoveAt(index);
        return taken;
    }

    private static bool IsAbout(MethodResult word, DkimEvidence evidence) =>
        evidence.Domain is not null && DomainName.TryParse(word.Domain, out DomainName? domain) && domain == evidence.Domain;

    private static string Server(ReceiverHeaders headers) => headers.Server.Length == 0 ? Strings.Align_AServer : headers.Server;

    private static string Describe(MethodResult word) =>
        word.WrittenMethod + "=" + word.WrittenOutcome + (word.Comments.Count == 0 ? "" : " (" + word.Comments[0] + ")");

    /// <summary>The problem, from the comment that receivers write.</summary>
    private static DkimProblem ReadProblem(MethodResult word)
    {
        string text = (string.Join(" ", word.Comments) + " " + word.Reason).ToUpperInvariant();
        return Has("BODY HASH") ? DkimProblem.BodyChanged
            : Has("NO KEY") || Has("KEY NOT FOUND") ? DkimProblem.KeyMissing
            : Has("REVOKED") ? DkimProblem.KeyRevoked
            : Has("EXPIRED") ? DkimProblem.Expired
            : Has("SIGNATURE DID NOT VERIFY") || Has("BAD SIGNATURE") ? DkimProblem.HeaderChanged
            : word.Outcome == AuthenticationResult.TempError ? DkimProblem.LookupFailed
            : DkimProblem.Other;

        bool Has(string part) => text.IndexOf(part, StringComparison.Ordinal) >= 0;
    }

    private static DkimProblem ToProblem(DkimCause reason) => reason switch
    {
        DkimCause.Verified => DkimProblem.None,
        DkimCause.BodyChanged or DkimCause.BodyTooShort => DkimProblem.BodyChanged,
        DkimCause.HeaderChanged or DkimCause.SignatureMismatch => DkimProblem.HeaderChanged,
        DkimCause.WrongKey => DkimProblem.WrongKey,
        DkimCause.KeyMissing => DkimProblem.KeyMissing,
        DkimCause.KeyRevoked => DkimProblem.KeyRevoked,
        DkimCause.KeyInvalid or DkimCause.KeyTooShort or DkimCause.KeyMismatch => DkimProblem.KeyUnusable,
        DkimCause.KeyUnavailable => DkimProblem.LookupFailed,
        DkimCause.Expired => DkimProblem.Expired,
        DkimCause.TooManySignatures => DkimProblem.Other,
        _ => DkimProblem.Unreadable,
    };
}

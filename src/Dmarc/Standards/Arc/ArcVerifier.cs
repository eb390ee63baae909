using System.Security.Cryptography;
using Dmarc.Dns;
using Dmarc.Mail;
using Dmarc.Standards.Dkim;

namespace Dmarc.Standards.Arc;

/// <summary>
/// Validates the ARC chain of messages (RFC 8617 §5.2, with the algorithm rules of RFC 8301). A valid chain proves that
/// nothing changed since its last seal, and shows what earlier intermediaries claim; whether to trust them is a
/// separate question.
/// </summary>
internal sealed class ArcVerifier
{
    private readonly IDnsResolver _resolver;
    private readonly ParseCache<DkimKeyRecord> _keys = DkimKeyRecord.NewCache();

    /// <summary>A verifier.</summary>
    /// <param name="resolver">The resolver for keys, which are queried concurrently.</param>
    public ArcVerifier(IDnsResolver resolver) => _resolver = resolver ?? throw new ArgumentNullException(nameof(resolver));

    /// <summary>Validates the chain of a message.</summary>
    /// <param name="message">The message, with its bytes as received.</param>
    /// <param name="cancellationToken">Ends the wait for DNS.</param>
    public async Task<ArcVerification> VerifyAsync(MailMessage message, CancellationToken cancellationToken = default)
    {
        if (message is null)
        {
            throw new ArgumentNullException(nameof(message));
        }

        ArcChain chain = ArcChain.Read(message.Headers);
        if (chain.Problem is not null)
        {
            return new ArcVerification(ArcResult.Fail, chain.Problem) { Sets = chain.Sets.ToPrintableList() };
        }

        if (chain.Sets.Count == 0)
        {
            return new ArcVerification(ArcResult.None, Strings.Arc_NoChain);
        }

        Dictionary<string, Task<DkimKeyLookup>> keys = AskForKeys(chain.Sets, cancellationToken);
        using BodyHashSet hashes = new();
        foreach (DkimSignature signature in
            chain.Sets.SelectMany(set => Readings(set.MessageSignature)).Where(signature => signature.IsWellFormed))
        {
            hashes.Add(signature);
        }

        hashes.Read(message.Body);
        List<ArcSet> sets = [];
        foreach (ArcSet set in chain.Sets)
        {
            DkimVerification? messageResult = set.MessageSignature.Problem is { } problem
                ? new DkimVerification(set.MessageSignature, AuthenticationResult.PermError, problem.Cause, problem.Reason)
                : VerifyMessage(
                    set,
                    await keys[set.MessageSignature.KeyName].ConfigureAwait(false),
                    hashes,
                    message,
                    explain: set.Instance == chain.Sets.Count);
            DkimVerification sealResult = VerifySeal(chain.Sets, set, await keys[set.Seal.KeyName].ConfigureAwait(false));
            sets.Add(set with { MessageSignatureResult = messageResult, SealResult = sealResult });
        }

        return Judge(sets);
    }

    private Dictionary<string, Task<DkimKeyLookup>> AskForKeys(IReadOnlyList<ArcSet> sets, CancellationToken cancellationToken)
    {
        Dictionary<string, Task<DkimKeyLookup>> keys = [];
        foreach (DkimSignature signature in sets.SelectMany(set => new[] { set.MessageSignature, set.Seal }))
        {
            if (signature.IsWellFormed && !keys.ContainsKey(signature.KeyName))
            {
                keys.Add(signature.KeyName, DkimKeyLookup.AskAsync(_resolver, _keys, signature, cancellationToken));
            }
        }

        return keys;
    }

    /// <summary>
    /// The interpretations of a message signature. Without <c>c=</c>, RFC 8617 §4.1.2 means simple/simple, as in RFC
    /// 6376 §3.5, but its test suite and sealers in use mean relaxed/relaxed: both are tried.
    /// </summary>
    private static IEnumerable<DkimSignature> Readings(DkimSignature signature)
    {
        yield return signature;
        if (signature.Tags["c"] is null)
        {
            yield return DkimSignatureParser.Parse(signature.Header, DkimSignatureKind.ArcMessage, DkimCanonicalization.Simple);
        }
    }

    private static DkimVerification VerifyMessage(ArcSet set, DkimKeyLookup lookup, BodyHashSet hashes, MailMessage message, bool explain)
    {
        DkimVerification? first = null;
        foreach (DkimSignature signature in Readings(set.MessageSignature))
        {
            DkimVerification result = SignatureCheck.Verify(signature, lookup, hashes, message.Headers, message.Body, explain);
            if (result.Result == AuthenticationResult.Pass)
            {
                return result;
            }

            first ??= result;
        }

        return first!;
    }

    private static ArcVerification Judge(List<ArcSet> sets)
    {
        ArcSet last = sets[sets.Count - 1];
        if (last.MessageSignatureResult is { Result: not AuthenticationResult.Pass } failed)
        {
            return Failed(last, Strings.Arc_MessageSignatureFails, failed);
        }

        for (int i = sets.Count - 1; i >= 0; i--)
        {
            if (sets[i].SealResult is { Result: not AuthenticationResult.Pass } broken)
            {
                return Failed(sets[i], Strings.Arc_SealFails, broken);
            }
        }

        return new ArcVerification(ArcResult.Pass, Text(Strings.Arc_Passes, sets.Count, last.Domain)) { Sets = sets.ToPrintableList() };

        ArcVerification Failed(ArcSet set, string format, DkimVerification why) =>
            new(ArcResult.Fail, Text(format, set.Instance, set.Domain, why.Reason)) { Sets = sets.ToPrintableList() };
    }

    /// <summary>Verifies a seal, which covers its own and all earlier sets, relaxed (RFC 8617 §5.1.1).</summary>
    private static DkimVerification VerifySeal(IReadOnlyList<ArcSet> sets, ArcSet set, DkimKeyLookup lookup)
    {
        if (lookup.Failure is { } failure)
        {
            return new DkimVerification(set.Seal, failure.Result, failure.Cause, failure.Reason);
        }

        ByteBuffer buffer = new();
        for (int i = 0; i < set.Instance; i++)
        {
            HeaderCanonicalizer.Append(buffer, sets[i].ResultsField!.Raw.Span, DkimCanonicalization.Relaxed);
            HeaderCanonicalizer.Append(buffer, sets[i].MessageSignature.Header.Raw.Span, DkimCanonicalization.Relaxed);
            if (i + 1 < set.Instance)
            {
                HeaderCanonicalizer.Append(buffer, sets[i].Seal.Header.Raw.Span, DkimCanonicalization.Relaxed);
            }
        }

        byte[] seal = HeaderCanonicalizer.WithoutTagValue(set.Seal.Header, set.Seal.Tags["b"]);
        HeaderCanonicalizer.AppendWithoutLineEnd(buffer, seal, DkimCanonicalization.Relaxed);
        using SHA256 sha256 = SHA256.Create();
        byte[] hash = sha256.ComputeHash(buffer.Bytes, 0, buffer.Length);
        DkimFailure? misuse = null;
        foreach (DkimKeyRecord key in lookup.Keys.Where(key => key.IsUsable))
        {
            DkimFailure? found = DkimKeyLookup.CheckUse(key, set.Seal, lookup.Name);
            misuse ??= found;
            if (found is null && SignatureVerifier.Verify(key, hash, set.Seal.Value))
            {
                return new DkimVerification(
                    set.Seal,
                    AuthenticationResult.Pass,
                    DkimCause.Verified,
                    Text(Strings.Dkim_Verified, set.Seal.Domain)) { Key = key };
            }
        }

        return misuse is not null
            ? new DkimVerification(set.Seal, AuthenticationResult.PermError, misuse.Cause, misuse.Reason)
            : new DkimVerification(set.Seal, AuthenticationResult.Fail, DkimCause.HeaderChanged, Strings.Arc_SealMismatch);
    }

    private static string Text(string format, params object[] arguments) => Sentences.Fill(format, arguments);
}

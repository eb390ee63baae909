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
internal sealed class ArcVerifier(IDnsResolver resolver)
{
    private readonly ParseCache<DkimKeyRecord> _keys = DkimKeyRecord.NewCache();

    /// <summary>Validates the chain of a message, with its bytes as received.</summary>
    public async Task<ArcVerification> VerifyAsync(MailMessage message, CancellationToken cancellationToken = default)
    {
        ArcChain chain = ArcChain.Read(message.Headers);
        IReadOnlyList<ArcSet> sets = chain.Sets;
        if (chain.Problem is not null)
        {
            return new ArcVerification(AuthenticationResult.Fail, chain.Problem, sets);
        }

        if (sets.Count == 0)
        {
            return new ArcVerification(AuthenticationResult.None, Strings.Arc_NoChain, sets);
        }

        Dictionary<string, Task<DkimKeyLookup>> keys = AskForKeys(sets, cancellationToken);
        ArcSet last = sets[sets.Count - 1];
        using BodyHashSet hashes = new();
        foreach (DkimSignature signature in Readings(last.MessageSignature))
        {
            hashes.Add(signature);
        }

        hashes.Read(message.Body);
        DkimVerification messageResult =
            VerifyMessage(last.MessageSignature, await keys[last.MessageSignature.KeyName].ConfigureAwait(false),
                hashes, message);
        if (messageResult.Result != AuthenticationResult.Pass)
        {
            return Failed(last, Strings.Arc_MessageSignatureFails, messageResult.Reason);
        }

        foreach (ArcSet set in sets.Reverse())
        {
            if (FindSealProblem(sets, set, await keys[set.Seal.KeyName].ConfigureAwait(false)) is { } problem)
            {
                return Failed(set, Strings.Arc_SealFails, problem);
            }
        }

        return new ArcVerification(
            AuthenticationResult.Pass, Sentences.Fill(Strings.Arc_Passes, sets.Count, last.Domain), sets);

        ArcVerification Failed(ArcSet set, string format, string reason) =>
            new(AuthenticationResult.Fail, Sentences.Fill(format, set.Instance, set.Domain, reason), sets);
    }

    /// <summary>Queries the keys that decide: those of the seals and of the last message signature.</summary>
    private Dictionary<string, Task<DkimKeyLookup>> AskForKeys(IReadOnlyList<ArcSet> sets, CancellationToken cancellationToken)
    {
        Dictionary<string, Task<DkimKeyLookup>> keys = [];
        foreach (DkimSignature signature in sets.Select(set => set.Seal).Append(sets[sets.Count - 1].MessageSignature))
        {
            if (!keys.ContainsKey(signature.KeyName))
            {
                keys.Add(signature.KeyName, DkimKeyLookup.AskAsync(resolver, _keys, signature, cancellationToken));
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

    private static DkimVerification VerifyMessage(
        DkimSignature written, DkimKeyLookup lookup, BodyHashSet hashes, MailMessage message)
    {
        DkimVerification[] results = [.. Readings(written)
            .Select(signature =>
                SignatureCheck.Verify(signature, lookup, hashes, message.Headers, message.Body, explain: true))];
        return Array.Find(results, result => result.Result == AuthenticationResult.Pass) ?? results[0];
    }

    /// <summary>
    /// Verifies a seal, which covers its own and all earlier sets, relaxed (RFC 8617 §5.1.1); null if it is valid.
    /// </summary>
    private static string? FindSealProblem(IReadOnlyList<ArcSet> sets, ArcSet set, DkimKeyLookup lookup)
    {
        if (lookup.Failure is { } failure)
        {
            return failure.Reason;
        }

        ByteBuffer buffer = new();
        for (int i = 0; i < set.Instance; i++)
        {
            HeaderCanonicalizer.Append(buffer, sets[i].Results.Raw.Span, DkimCanonicalization.Relaxed);
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
                return null;
            }
        }

        return misuse?.Reason ?? Strings.Arc_SealMismatch;
    }
}

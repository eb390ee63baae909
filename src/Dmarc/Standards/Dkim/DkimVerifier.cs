using Dmarc.Dns;
using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// Verifies the DKIM signatures of messages (RFC 6376 §6, RFC 8301, RFC 8463). It queries the keys of all signatures
/// concurrently, and hashes the body once for all of them while DNS answers. Thread-safe.
/// </summary>
internal sealed class DkimVerifier(IDnsResolver resolver, IClock clock, DkimVerifierOptions? options = null)
{
    private readonly DkimVerifierOptions _options = options ?? DkimVerifierOptions.Default;
    private readonly ParseCache<DkimKeyRecord> _keys = DkimKeyRecord.NewCache();

    /// <summary>Verifies every signature of a message.</summary>
    /// <returns>The result of each signature, in order; empty if the message is not signed.</returns>
    public async Task<PrintableList<DkimVerification>> VerifyAsync(MailMessage message, CancellationToken cancellationToken = default)
    {
        using BodyHashSet hashes = new();
        Dictionary<string, Task<DkimKeyLookup>> keys = [];
        List<(DkimSignature Signature, DkimVerification? Early)> items = [];
        int verified = 0;
        foreach (MailHeader header in message.GetHeaders("DKIM-Signature"))
        {
            DkimSignature signature = DkimSignature.Parse(header);
            DkimVerification? early = CheckBeforeKey(signature, message, verified);
            items.Add((signature, early));
            if (early is null)
            {
                verified++;
                hashes.Add(signature);
                if (!keys.ContainsKey(signature.KeyName))
                {
                    keys.Add(signature.KeyName, DkimKeyLookup.AskAsync(resolver, _keys, signature, cancellationToken));
                }
            }
        }

        if (verified > 0)
        {
            hashes.Read(message.Body);
        }

        List<DkimVerification> results = [];
        foreach ((DkimSignature signature, DkimVerification? early) in items)
        {
            results.Add(early ?? SignatureCheck.Verify(
                signature,
                await keys[signature.KeyName].ConfigureAwait(false),
                hashes,
                message.Headers,
                message.Body,
                _options.ExplainFailures));
        }

        return results.ToPrintableList();
    }

    /// <summary>The result of a signature that does not depend on its key; null if that decides.</summary>
    private DkimVerification? CheckBeforeKey(DkimSignature signature, MailMessage message, int verified)
    {
        if (message.IsTruncated)
        {
            return Result(AuthenticationResult.Neutral, DkimCause.MessageTruncated, Strings.Dkim_MessageTruncated);
        }

        if (signature.Problem is { } problem)
        {
            return Result(AuthenticationResult.PermError, problem.Cause, problem.Reason);
        }

        if (signature.ExpiresAt is { } expires && expires + _options.ClockSkew < clock.UtcNow)
        {
            string time = expires.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
            return Result(AuthenticationResult.Fail, DkimCause.Expired, Sentences.Insert(Strings.Dkim_Expired, time));
        }

        if (_options.IsPublicSuffix is { } isPublicSuffix && isPublicSuffix(signature.DomainName!))
        {
            string reason = Sentences.Insert(Strings.Dkim_PublicSuffix, signature.Domain);
            return Result(AuthenticationResult.Policy, DkimCause.PublicSuffix, reason);
        }

        return verified < _options.MaximumSignatures ? null : Result(
            AuthenticationResult.Neutral,
            DkimCause.TooManySignatures,
            Sentences.Insert(Strings.Dkim_TooManySignatures, _options.MaximumSignatures));

        DkimVerification Result(AuthenticationResult result, DkimCause cause, string reason) =>
            new(signature, result, cause, reason);
    }
}

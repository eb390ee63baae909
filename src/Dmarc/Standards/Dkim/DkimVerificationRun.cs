using Dmarc.Dns;
using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>Verifies one message. Key look-ups start first, so the body is hashed while DNS answers.</summary>
internal sealed class DkimVerificationRun : IDisposable
{
    private readonly DkimVerifierOptions _options;
    private readonly PrintableList<MailHeader> _headers;
    private readonly List<Item> _items = [];

    public DkimVerificationRun(
        IDnsResolver resolver,
        DkimKeyCache cache,
        IClock clock,
        DkimVerifierOptions options,
        PrintableList<MailHeader> headers,
        CancellationToken cancellationToken)
    {
        _options = options;
        _headers = headers;
        Dictionary<string, Task<DkimKeyLookup>> keys = [];
        int verified = 0;
        foreach (MailHeader header in headers.AsSpan())
        {
            if (!header.IsNamed("DKIM-Signature"))
            {
                continue;
            }

            DkimSignature signature = DkimSignature.Parse(header);
            if (CheckBeforeKey(signature, clock.UtcNow, verified) is { } early)
            {
                _items.Add(new Item(signature, early, null));
                continue;
            }

            verified++;
            Hashes.Add(signature);
            if (!keys.TryGetValue(signature.KeyName, out Task<DkimKeyLookup>? key))
            {
                key = DkimKeyLookup.AskAsync(resolver, cache, signature, cancellationToken);
                keys.Add(signature.KeyName, key);
            }

            _items.Add(new Item(signature, null, key));
        }

        NeedsBody = verified > 0;
    }

    /// <summary>True if any signature may pass.</summary>
    public bool NeedsBody { get; }

    /// <summary>The body hashes to compute.</summary>
    public BodyHashSet Hashes { get; } = new();

    /// <summary>Waits for the keys and verifies the signatures.</summary>
    /// <param name="body">The body, for finding changes; null if it is no longer available.</param>
    public async Task<PrintableList<DkimVerification>> FinishAsync(ReadOnlyMemory<byte>? body)
    {
        List<DkimVerification> results = [];
        foreach (Item item in _items)
        {
            results.Add(item.Key is null
                ? item.Early!
                : SignatureCheck.Verify(
                    item.Signature,
                    await item.Key.ConfigureAwait(false),
                    Hashes,
                    _headers,
                    body,
                    _options.ExplainFailures));
        }

        return results.ToPrintableList();
    }

    public void Dispose() => Hashes.Dispose();

    private DkimVerification? CheckBeforeKey(DkimSignature signature, DateTimeOffset now, int verified)
    {
        if (signature.Problem is { } problem)
        {
            return new DkimVerification(signature, AuthenticationResult.PermError, problem.Cause, problem.Reason);
        }

        if (signature.ExpiresAt is { } expires && expires + _options.ClockSkew < now)
        {
            string reason = Text(Strings.Dkim_Expired, expires.UtcDateTime.ToString("u", CultureInfo.InvariantCulture));
            return new DkimVerification(signature, AuthenticationResult.Fail, DkimCause.Expired, reason);
        }

        if (_options.IsPublicSuffix is { } isPublicSuffix && isPublicSuffix(signature.DomainName!))
        {
            string reason = Text(Strings.Dkim_PublicSuffix, signature.Domain);
            return new DkimVerification(signature, AuthenticationResult.Policy, DkimCause.PublicSuffix, reason);
        }

        return verified < _options.MaximumSignatures
            ? null
            : new DkimVerification(
                signature,
                AuthenticationResult.Neutral,
                DkimCause.TooManySignatures,
                Text(Strings.Dkim_TooManySignatures, _options.MaximumSignatures));
    }

    private static string Text(string format, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);

    private sealed record Item(DkimSignature Signature, DkimVerification? Early, Task<DkimKeyLookup>? Key);
}

using Dmarc.Dns;
using Dmarc.Mail;

namespace Dmarc.Standards.Dkim;

/// <summary>
/// Verifies the DKIM signatures of messages (RFC 6376 §6, RFC 8301, RFC 8463). It queries the keys of all signatures
/// concurrently, and reads the body once for all of them. Thread-safe.
/// </summary>
internal sealed class DkimVerifier
{
    private readonly IDnsResolver _resolver;
    private readonly IClock _clock;
    private readonly DkimVerifierOptions _options;
    private readonly DkimKeyCache _keys = new();

    /// <summary>A verifier.</summary>
    /// <param name="resolver">The resolver for keys.</param>
    /// <param name="clock">The clock for expired signatures.</param>
    /// <param name="options">The options; null for the defaults.</param>
    public DkimVerifier(IDnsResolver resolver, IClock clock, DkimVerifierOptions? options = null)
    {
        _resolver = resolver ?? throw new ArgumentNullException(nameof(resolver));
        _clock = clock ?? throw new ArgumentNullException(nameof(clock));
        _options = options ?? DkimVerifierOptions.Default;
    }

    /// <summary>Verifies every signature of a message.</summary>
    /// <param name="message">The message, with its bytes as received.</param>
    /// <param name="cancellationToken">Ends the wait for DNS.</param>
    /// <returns>The result of each signature, in order; empty if the message is not signed.</returns>
    public async Task<PrintableList<DkimVerification>> VerifyAsync(MailMessage message, CancellationToken cancellationToken = default)
    {
        if (message is null)
        {
            throw new ArgumentNullException(nameof(message));
        }

        if (message.IsTruncated)
        {
            return message.GetHeaders("DKIM-Signature").Select(Truncated).ToPrintableList();
        }

        using DkimVerificationRun run = new(_resolver, _keys, _clock, _options, message.Headers, cancellationToken);
        if (run.NeedsBody)
        {
            run.Hashes.Read(message.Body);
        }

        return await run.FinishAsync(message.Body).ConfigureAwait(false);
    }

    /// <summary>
    /// Verifies every signature of a message in a stream: only its header is kept in memory, and the body may have any
    /// size. Text added to a changed body is then not searched for.
    /// </summary>
    /// <param name="message">The message; read to its end if it is signed.</param>
    /// <param name="cancellationToken">Ends the reading and the wait for DNS.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public async Task<PrintableList<DkimVerification>> VerifyAsync(Stream message, CancellationToken cancellationToken = default)
    {
        (PrintableList<MailHeader> headers, ReadOnlyMemory<byte> beginning) = await MailHeaderStream
            .ReadAsync(message ?? throw new ArgumentNullException(nameof(message)), _options.ReadOptions, cancellationToken)
            .ConfigureAwait(false);
        using DkimVerificationRun run = new(_resolver, _keys, _clock, _options, headers, cancellationToken);
        if (run.NeedsBody)
        {
            await run.Hashes.ReadAsync(beginning, message, cancellationToken).ConfigureAwait(false);
        }

        return await run.FinishAsync(null).ConfigureAwait(false);
    }

    private static DkimVerification Truncated(MailHeader header) =>
        new(DkimSignature.Parse(header), AuthenticationResult.Neutral, DkimCause.MessageTruncated, Strings.Dkim_MessageTruncated);
}

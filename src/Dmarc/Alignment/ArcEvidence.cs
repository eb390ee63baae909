using Dmarc.AuthenticationResults;
using Dmarc.Dns;
using Dmarc.Mail;

namespace Dmarc.Alignment;

/// <summary>What the ARC fields of a message say.</summary>
internal static class ArcEvidence
{
    /// <summary>Reads the chain; it is validated where the whole message is there.</summary>
    public static Task<ArcAlignmentResult?> FindAsync(
        AssessedMessage message,
        MessageTraits traits,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        _ = resolver;
        _ = cancellationToken;
        PrintableList<string> sealers = ReadSealers(message.Message);
        return Task.FromResult<ArcAlignmentResult?>(sealers.Count == 0 && traits.ArcResults.Count == 0 ? new ArcAlignmentResult { Result = AuthenticationOutcome.None } : new ArcAlignmentResult
        {
            Result = AuthenticationOutcome.Unknown,
            Instances = Math.Max(sealers.Count, traits.ArcResults.Count),
            Sealers = sealers,
            First = traits.ArcResults.FirstOrDefault(results => results.Instance == 1),
        });
    }

    private static PrintableList<string> ReadSealers(MailMessage message) => PrintableList<string>.Empty;
}

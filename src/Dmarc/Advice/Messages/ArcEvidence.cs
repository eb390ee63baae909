using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Arc;

namespace Dmarc.Advice.Messages;

/// <summary>Evaluates the ARC fields of a message.</summary>
internal static class ArcEvidence
{
    /// <summary>Reads the chain, and validates it if the message is complete.</summary>
    public static async Task<ArcAlignmentResult?> FindAsync(
        AssessedMessage message,
        MessageTraits traits,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        bool isWhole = message.Content == MessageContent.Full && !message.Message.IsTruncated;
        ArcVerification chain = isWhole
            ? await new ArcVerifier(resolver).VerifyAsync(message.Message, cancellationToken).ConfigureAwait(false)
            : Unverified(ArcChain.Read(message.Message.Headers), traits);
        return new ArcAlignmentResult
        {
            Result = chain.Result,
            Instances = Math.Max(chain.Sets.Count, traits.ArcResults.Count),
            Sealers = chain.Sets.Select(set => set.Domain).ToPrintableList(),
            First = traits.ArcResults.FirstOrDefault(results => results.Instance == 1),
            Reason = isWhole && chain.Result == AuthenticationResult.None ? "" : chain.Reason,
        };
    }

    private static ArcVerification Unverified(ArcChain chain, MessageTraits traits) => new(
        chain.Sets.Count + traits.ArcResults.Count == 0 ? AuthenticationResult.None : AuthenticationResult.Unknown,
        chain.Problem ?? "",
        chain.Sets);
}

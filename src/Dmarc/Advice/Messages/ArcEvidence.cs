using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Arc;
using Dmarc.Standards.AuthenticationResults;

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
        AuthenticationResultsHeader? first = traits.ArcResults.FirstOrDefault(results => results.Instance == 1);
        if (message.Content == MessageContent.Full)
        {
            ArcVerification verification = await new ArcVerifier(resolver)
                .VerifyAsync(message.Message, cancellationToken)
                .ConfigureAwait(false);
            return new ArcAlignmentResult
            {
                Result = verification.Result switch
                {
                    ArcResult.Pass => AuthenticationResult.Pass,
                    ArcResult.Fail => AuthenticationResult.Fail,
                    _ => AuthenticationResult.None,
                },
                Instances = Math.Max(verification.Sets.Count, traits.ArcResults.Count),
                Sealers = verification.Sets.Select(set => set.Domain).ToPrintableList(),
                First = first,
                Reason = verification.Result == ArcResult.None ? "" : verification.Reason,
            };
        }

        ArcChain chain = ArcChain.Read(message.Message.Headers);
        int instances = Math.Max(chain.Sets.Count, traits.ArcResults.Count);
        return new ArcAlignmentResult
        {
            Result = instances == 0 ? AuthenticationResult.None : AuthenticationResult.Unknown,
            Instances = instances,
            Sealers = chain.Sets.Select(set => set.Domain).ToPrintableList(),
            First = first,
            Reason = chain.Problem ?? "",
        };
    }
}

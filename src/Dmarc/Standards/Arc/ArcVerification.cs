using Dmarc.Mail;
using Dmarc.Standards.Dkim;

namespace Dmarc.Standards.Arc;

/// <summary>One ARC set: the results of one intermediary, and its two signatures.</summary>
/// <param name="Instance">The instance number; 1 is the first intermediary.</param>
/// <param name="Results">The ARC-Authentication-Results field.</param>
/// <param name="MessageSignature">The ARC-Message-Signature.</param>
/// <param name="Seal">The ARC-Seal.</param>
internal sealed record ArcSet(int Instance, MailHeader Results, DkimSignature MessageSignature, DkimSignature Seal)
{
    /// <summary>The state of the chain according to the intermediary (<c>cv=</c>), as written.</summary>
    public string ChainValidation => Seal.Tags["cv"]?.Value ?? "";

    /// <summary>The sealing domain.</summary>
    public string Domain => Seal.Domain;
}

/// <summary>The result of validating a message's chain (RFC 8617 §5.2).</summary>
/// <param name="Result">None without a chain; pass if chain and message are unchanged since the last seal; else
/// fail.</param>
/// <param name="Reason">The reason in a sentence: for a broken chain, the first break.</param>
/// <param name="Sets">The sets in order of instance; empty if the structure of the chain is invalid.</param>
internal sealed record ArcVerification(AuthenticationResult Result, string Reason, IReadOnlyList<ArcSet> Sets);

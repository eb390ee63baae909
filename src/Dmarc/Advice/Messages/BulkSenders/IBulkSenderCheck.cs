using Dmarc.Dns;

namespace Dmarc.Advice.Messages.BulkSenders;

/// <summary>Whether a rule is kept, and why.</summary>
internal readonly record struct BulkSenderVerdict(BulkSenderOutcome Outcome, string Detail);

/// <summary>What the rules look at: the assessment, and what was asked beside it.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="ReverseDns">The names of the sending address; null where the address is not known.</param>
internal sealed record BulkSenderFacts(Assessment Assessment, ReverseDns? ReverseDns);

/// <summary>Checks one rule.</summary>
internal interface IBulkSenderCheck
{
    BulkSenderRule Rule { get; }

    /// <summary>The providers that have the rule.</summary>
    MailboxProvider[] Providers { get; }

    BulkSenderVerdict Check(BulkSenderFacts facts);
}

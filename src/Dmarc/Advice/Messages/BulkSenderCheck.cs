using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Advice.Messages;

/// <summary>Whether a rule is kept, and why.</summary>
internal sealed record BulkSenderVerdict(BulkSenderOutcome Outcome, string Detail);

/// <summary>What the rules look at: the assessment, and what was asked beside it.</summary>
/// <param name="Assessment">The assessment.</param>
/// <param name="ReverseDns">The names of the sending address; null if the address is not known.</param>
internal sealed record BulkSenderFacts(Assessment Assessment, ReverseDns? ReverseDns);

/// <summary>Whether one rule of mailbox providers for bulk senders is kept.</summary>
/// <param name="Rule">The rule of the providers.</param>
/// <param name="Verdict">Whether it is kept.</param>
internal sealed record BulkSenderCheck<TSubject>(BulkSenderRule Rule, Func<TSubject, BulkSenderVerdict> Verdict)
    : Rule<TSubject, BulkSenderVerdict>(Rule.ToString(), Verdict);

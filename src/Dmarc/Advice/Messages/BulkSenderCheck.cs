using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns;

namespace Dmarc.Advice.Messages;

/// <summary>Whether a rule is satisfied, and why.</summary>
internal sealed record BulkSenderVerdict(BulkSenderOutcome Outcome, string Detail)
{
    public BulkSenderVerdict(BulkSenderOutcome outcome, string format, params object?[] arguments)
        : this(outcome, Sentences.Fill(format, arguments))
    {
    }
}

/// <summary>The input of the rules: the assessment, and additional answers.</summary>
/// <param name="Assessment">What was found out about the message.</param>
/// <param name="ReverseDns">The names of the sending address; null if the address is unknown.</param>
internal sealed record BulkSenderFacts(Assessment Assessment, ReverseDns? ReverseDns);

/// <summary>The check of one bulk sender rule of mailbox providers.</summary>
internal sealed record BulkSenderCheck<TSubject>(BulkSenderRule Rule, Func<TSubject, BulkSenderVerdict> Verdict)
    : Rule<TSubject, BulkSenderVerdict>(Rule.ToString(), Verdict);

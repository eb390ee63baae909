namespace Dmarc.Advice.Messages.BulkSenders;

/// <summary>Whether a message, or a domain in DNS, satisfies one rule of one mailbox provider.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Result">Whether it is satisfied.</param>
/// <param name="Detail">The reason and the remedy, in sentences.</param>
public sealed record BulkSenderRuleResult(BulkSenderRule Rule, MailboxProvider Provider, BulkSenderOutcome Result, string Detail)
{
    /// <summary>Provider, rule and result in one line.</summary>
    public override string ToString() => Provider + " " + Rule + ": " + Result;
}

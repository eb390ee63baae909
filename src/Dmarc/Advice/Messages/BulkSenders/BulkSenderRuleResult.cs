namespace Dmarc.Advice.Messages.BulkSenders;

/// <summary>Whether a message, or a domain as far as DNS can show it, keeps one rule of one mailbox provider.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Result">Whether it is kept.</param>
/// <param name="Detail">Why, and what to do, in sentences.</param>
public sealed record BulkSenderRuleResult(BulkSenderRule Rule, MailboxProvider Provider, BulkSenderOutcome Result, string Detail)
{
    /// <summary>Provider, rule and result in one line.</summary>
    public override string ToString() => Provider + " " + Rule + ": " + Result;
}

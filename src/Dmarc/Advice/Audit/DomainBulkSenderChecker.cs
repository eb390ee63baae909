using Dmarc.Advice.Messages;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>Checks the bulk sender rules of mailbox providers as far as DNS allows.</summary>
internal static class DomainBulkSenderChecker
{
    public static readonly BulkSenderCheck<MailDomainResult>[] All =
    [
        new(BulkSenderRule.Spf, CheckSpfPublished),
        new(BulkSenderRule.Dkim, CheckDkimPublished),
        new(BulkSenderRule.DmarcRecord, CheckDmarcPublished),
        new(BulkSenderRule.Alignment, CheckAlignmentPossible),

        // Only a message, or its sending server, can show these.
        new(BulkSenderRule.ReverseDns, NeedMessage),
        new(BulkSenderRule.Tls, NeedMessage),
        new(BulkSenderRule.OneClickUnsubscribe, NeedMessage),
        new(BulkSenderRule.MessageFormat, NeedMessage),
    ];

    /// <summary>Checks the rules of these providers.</summary>
    public static PrintableList<BulkSenderRuleResult> Check(MailDomainResult domain, IReadOnlyList<MailboxProvider> providers) => providers
        .Distinct()
        .SelectMany(provider => All
            .Where(check => BulkSenderChecker.ProvidersOf(check.Rule).Contains(provider))
            .SelectMany(check => check.Check(domain)
                .Select(verdict => new BulkSenderRuleResult(check.Rule, provider, verdict.Outcome, verdict.Detail))))
        .ToPrintableList();

    /// <summary>There is a valid SPF record; only a message shows which servers it came from.</summary>
    private static BulkSenderVerdict CheckSpfPublished(MailDomainResult domain) => domain.Spf switch
    {
        null => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LeftOut),
        { Status: SpfRecordStatus.DnsFailure } => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LookupFailed),
        { IsValid: true } => new(BulkSenderOutcome.Pass, Strings.BulkDomain_SpfPass),
        { } spf => new(BulkSenderOutcome.Fail, Sentences.Fill(Strings.BulkDomain_SpfFail, spf.Status)),
    };

    /// <summary>There is a DKIM key; not finding one proves nothing unless there can be none.</summary>
    private static BulkSenderVerdict CheckDkimPublished(MailDomainResult domain) => domain.DkimStatus switch
    {
        PartStatus.NotChecked => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LeftOut),
        PartStatus.Found => new(BulkSenderOutcome.Pass, Sentences.Fill(Strings.BulkDomain_DkimPass, domain.DkimSelector)),
        PartStatus.Declined => new(BulkSenderOutcome.Fail, Strings.BulkDomain_DkimNone),
        PartStatus.NotFound when GradeRules.LacksKeys(domain) =>
            new(BulkSenderOutcome.Fail, Strings.BulkDomain_DkimNone),
        PartStatus.Invalid => new(BulkSenderOutcome.Fail, Strings.BulkDomain_DkimInvalid),
        PartStatus.NotFound => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_DkimUnknown),
        _ => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LookupFailed),
    };

    /// <summary>A DMARC record applies, at least with p=none.</summary>
    private static BulkSenderVerdict CheckDmarcPublished(MailDomainResult domain) => domain.Dmarc switch
    {
        null => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LeftOut),
        { Status: DmarcRecordStatus.DnsFailure } => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LookupFailed),
        { EffectivePolicy: { } policy } dmarc => new(
            BulkSenderOutcome.Pass,
            Sentences.Fill(Strings.BulkDomain_DmarcPass, dmarc.RecordDomain, policy.ToKeyword())),
        _ => new(BulkSenderOutcome.Fail, Strings.BulkDomain_DmarcFail),
    };

    /// <summary>Alignment may be known to be impossible; only a message shows that it is achieved.</summary>
    private static BulkSenderVerdict CheckAlignmentPossible(MailDomainResult domain) =>
        CheckSpfPublished(domain).Outcome == BulkSenderOutcome.Fail && CheckDkimPublished(domain).Outcome == BulkSenderOutcome.Fail
            ? new(BulkSenderOutcome.Fail, Strings.BulkDomain_NothingToAlign)
            : new(BulkSenderOutcome.Unknown, Strings.BulkDomain_NeedsMessage);

    private static BulkSenderVerdict NeedMessage(MailDomainResult domain) =>
        new(BulkSenderOutcome.Unknown, Strings.BulkDomain_NeedsMessage);
}

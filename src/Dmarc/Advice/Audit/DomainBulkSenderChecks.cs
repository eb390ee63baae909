using System.Globalization;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Dmarc;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Advice.Audit;

/// <summary>Checks one rule for bulk senders by what DNS says of a domain.</summary>
internal interface IDomainBulkSenderCheck
{
    BulkSenderRule Rule { get; }

    BulkSenderVerdict Check(MailDomainResult domain);
}

/// <summary>There is an SPF record that receivers can interpret; which servers a message came from only that shows.</summary>
internal sealed class SpfPublishedCheck : IDomainBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.Spf;

    public BulkSenderVerdict Check(MailDomainResult domain) => domain.Spf switch
    {
        null => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LeftOut),
        { } spf when spf.Status.IsDnsFailure() => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LookupFailed),
        { IsValid: true } => new(BulkSenderOutcome.Pass, Strings.BulkDomain_SpfPass),
        { } spf => new(BulkSenderOutcome.Fail, string.Format(CultureInfo.InvariantCulture, Strings.BulkDomain_SpfFail, spf.Status)),
    };
}

/// <summary>There is a DKIM key; that none was found proves nothing unless there can be none.</summary>
internal sealed class DkimPublishedCheck : IDomainBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.Dkim;

    public BulkSenderVerdict Check(MailDomainResult domain) => domain.DkimStatus switch
    {
        PartStatus.NotChecked => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LeftOut),
        PartStatus.Found => new(BulkSenderOutcome.Pass, string.Format(CultureInfo.InvariantCulture, Strings.BulkDomain_DkimPass, domain.DkimSelector)),
        PartStatus.Declined => new(BulkSenderOutcome.Fail, Strings.BulkDomain_DkimNone),
        PartStatus.NotFound when domain.Dkim.Any(key => key.Findings.Any(finding => finding.Code == DkimSelectorFindings.NoKeys.Code)) =>
            new(BulkSenderOutcome.Fail, Strings.BulkDomain_DkimNone),
        PartStatus.Invalid => new(BulkSenderOutcome.Fail, Strings.BulkDomain_DkimInvalid),
        PartStatus.NotFound => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_DkimUnknown),
        _ => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LookupFailed),
    };
}

/// <summary>A DMARC record applies, at least with p=none.</summary>
internal sealed class DmarcPublishedCheck : IDomainBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.DmarcRecord;

    public BulkSenderVerdict Check(MailDomainResult domain) => domain.Dmarc switch
    {
        null => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LeftOut),
        { } dmarc when dmarc.Status.IsDnsFailure() => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_LookupFailed),
        { EffectivePolicy: { } policy } dmarc => new(
            BulkSenderOutcome.Pass,
            string.Format(CultureInfo.InvariantCulture, Strings.BulkDomain_DmarcPass, dmarc.RecordDomain, policy.ToKeyword())),
        _ => new(BulkSenderOutcome.Fail, Strings.BulkDomain_DmarcFail),
    };
}

/// <summary>Alignment can be known to be out of reach; that it is reached only a message shows.</summary>
internal sealed class AlignmentPossibleCheck : IDomainBulkSenderCheck
{
    public BulkSenderRule Rule => BulkSenderRule.Alignment;

    public BulkSenderVerdict Check(MailDomainResult domain) =>
        new SpfPublishedCheck().Check(domain).Outcome == BulkSenderOutcome.Fail && new DkimPublishedCheck().Check(domain).Outcome == BulkSenderOutcome.Fail
            ? new(BulkSenderOutcome.Fail, Strings.BulkDomain_NothingToAlign)
            : new(BulkSenderOutcome.Unknown, Strings.BulkDomain_NeedsMessage);
}

/// <summary>A rule that only a message, or the server that sends it, can show.</summary>
/// <param name="rule">The rule.</param>
internal sealed class MessageOnlyCheck(BulkSenderRule rule) : IDomainBulkSenderCheck
{
    public BulkSenderRule Rule => rule;

    public BulkSenderVerdict Check(MailDomainResult domain) => new(BulkSenderOutcome.Unknown, Strings.BulkDomain_NeedsMessage);
}

/// <summary>All rules that a domain is checked against.</summary>
internal static class DomainBulkSenderChecker
{
    private static readonly IDomainBulkSenderCheck[] Checks =
    [
        new SpfPublishedCheck(),
        new DkimPublishedCheck(),
        new DmarcPublishedCheck(),
        new AlignmentPossibleCheck(),
        new MessageOnlyCheck(BulkSenderRule.ReverseDns),
        new MessageOnlyCheck(BulkSenderRule.Tls),
        new MessageOnlyCheck(BulkSenderRule.OneClickUnsubscribe),
        new MessageOnlyCheck(BulkSenderRule.MessageFormat),
    ];

    /// <summary>The rules of these providers.</summary>
    public static PrintableList<BulkSenderRuleResult> Check(MailDomainResult domain, IReadOnlyList<MailboxProvider> providers)
    {
        List<BulkSenderRuleResult> results = [];
        foreach (MailboxProvider provider in providers.Distinct())
        {
            foreach (IDomainBulkSenderCheck check in Checks.Where(check => BulkSenderChecker.ProvidersOf(check.Rule).Contains(provider)))
            {
                BulkSenderVerdict verdict = check.Check(domain);
                results.Add(new BulkSenderRuleResult(check.Rule, provider, verdict.Outcome, verdict.Detail));
            }
        }

        return results.ToPrintableList();
    }
}

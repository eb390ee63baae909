using System.Net;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns;
using Dmarc.Standards;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Advice.Messages;

/// <summary>
/// Checks the bulk sender rules of Google (support.google.com/a/answer/81126), Yahoo (senders.yahooinc.com) and
/// Microsoft (for outlook.com, since May 2025), as far as one message and DNS allow.
/// </summary>
internal static class BulkSenderChecker
{
    public static readonly BulkSenderCheck<BulkSenderFacts>[] All =
    [
        new(BulkSenderRule.Spf, CheckSpf),
        new(BulkSenderRule.Dkim, CheckDkim),
        new(BulkSenderRule.DmarcRecord, CheckDmarcRecord),
        new(BulkSenderRule.Alignment, CheckAlignment),
        new(BulkSenderRule.ReverseDns, CheckReverseDns),
        new(BulkSenderRule.Tls, BulkMessageChecks.CheckTls),
        new(BulkSenderRule.OneClickUnsubscribe, BulkMessageChecks.CheckOneClickUnsubscribe),
        new(BulkSenderRule.AuthorNotImpersonated, BulkMessageChecks.CheckAuthorNotImpersonated),
        new(BulkSenderRule.MessageFormat, BulkMessageChecks.CheckMessageFormat),
    ];

    /// <summary>The providers with a rule.</summary>
    public static MailboxProvider[] ProvidersOf(BulkSenderRule rule) => rule switch
    {
        BulkSenderRule.Tls => [MailboxProvider.Google],
        BulkSenderRule.ReverseDns or BulkSenderRule.OneClickUnsubscribe or BulkSenderRule.MessageFormat =>
            [MailboxProvider.Google, MailboxProvider.Yahoo],
        _ => [MailboxProvider.Google, MailboxProvider.Yahoo, MailboxProvider.Microsoft],
    };

    public static async Task<PrintableList<BulkSenderRuleResult>> CheckAsync(
        Assessment assessment,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        IPAddress? address = assessment.Spf.Address;
        BulkSenderFacts facts = new(
            assessment,
            address is null ? null : await ReverseDns.AskAsync(resolver, address, cancellationToken).ConfigureAwait(false));
        return All
            .SelectMany(check => check.Check(facts).SelectMany(verdict => ProvidersOf(check.Rule)
                .Select(provider => new BulkSenderRuleResult(check.Rule, provider, verdict.Outcome, verdict.Detail))))
            .OrderBy(result => result.Provider)
            .ToPrintableList();
    }

    /// <summary>SPF passes for the envelope sender, aligned or not.</summary>
    private static BulkSenderVerdict CheckSpf(BulkSenderFacts facts) => facts.Assessment.Spf switch
    {
        { Result: null or AuthenticationResult.TempError } => new(BulkSenderOutcome.Unknown, Strings.Bulk_SpfUnknown),
        { Passes: true } spf => new(BulkSenderOutcome.Pass, Strings.Bulk_SpfPass, spf.Domain),
        { } spf => new(BulkSenderOutcome.Fail, Strings.Bulk_SpfFail, spf.Result.Value.ToWord(), spf.Domain),
    };

    /// <summary>A signature of any domain is valid.</summary>
    private static BulkSenderVerdict CheckDkim(BulkSenderFacts facts)
    {
        PrintableList<DkimEvidence> signatures = facts.Assessment.Dkim;
        if (signatures.FirstOrDefault(signature => signature.Passes) is { } valid)
        {
            return valid.Key is { KeyType: DkimKeyType.Rsa, KeySize: < 2048 }
                ? new(BulkSenderOutcome.Pass, Strings.Bulk_DkimPassShort, valid.DomainText, valid.Key.KeySize)
                : new(BulkSenderOutcome.Pass, Strings.Bulk_DkimPass, valid.DomainText);
        }

        return signatures.Any(signature => signature.Result is null or AuthenticationResult.TempError)
            ? new(BulkSenderOutcome.Unknown, Strings.Bulk_DkimUnknown)
            : new(BulkSenderOutcome.Fail, signatures.Count == 0 ? Strings.Bulk_DkimNone : Strings.Bulk_DkimFail);
    }

    /// <summary>The author's domain has a DMARC record.</summary>
    private static BulkSenderVerdict CheckDmarcRecord(BulkSenderFacts facts) => facts.Assessment.Evaluation switch
    {
        null => new(BulkSenderOutcome.Fail, Strings.Bulk_NoAuthor),
        { Policy: { } policy } found =>
            new(BulkSenderOutcome.Pass, Strings.Bulk_RecordFound, found.PolicyDomain, policy.ToKeyword()),
        { Discovery.Status: DmarcRecordStatus.DnsFailure } unknown =>
            new(BulkSenderOutcome.Unknown, Strings.Bulk_RecordUnknown, unknown.AuthorDomain),
        { } missing => new(
            BulkSenderOutcome.Fail, Strings.Bulk_RecordMissing, missing.OrganizationalDomain ?? missing.AuthorDomain),
    };

    /// <summary>The author's domain is aligned with SPF or DKIM.</summary>
    private static BulkSenderVerdict CheckAlignment(BulkSenderFacts facts) => facts.Assessment switch
    {
        { Passes: true, IsDkimAligned: true, IsSpfAligned: true } => new(BulkSenderOutcome.Pass, Strings.Bulk_AlignedBoth),
        { Passes: true, IsDkimAligned: true } => new(BulkSenderOutcome.Pass, Strings.Bulk_AlignedOne, "DKIM", "SPF"),
        { Passes: true } => new(BulkSenderOutcome.Pass, Strings.Bulk_AlignedOne, "SPF", "DKIM"),
        { Result: null or DmarcResult.TempError } => new(BulkSenderOutcome.Unknown, Strings.Bulk_AlignmentUnknown),
        { Result: DmarcResult.None } => new(BulkSenderOutcome.Fail, Strings.Bulk_AlignmentNoRecord),
        _ => new(BulkSenderOutcome.Fail, Strings.Bulk_NotAligned),
    };

    /// <summary>The sending address has a forward-confirmed name.</summary>
    private static BulkSenderVerdict CheckReverseDns(BulkSenderFacts facts) => facts.ReverseDns switch
    {
        null => new(BulkSenderOutcome.Unknown, Strings.Bulk_NoAddress),
        { IsConfirmed: { } isConfirmed } reverse when reverse.Status.IsAnswer() =>
            isConfirmed ? new(BulkSenderOutcome.Pass, Strings.Bulk_PtrPass, reverse.Address, reverse.Name)
            : reverse.Name.Length == 0 ? new(BulkSenderOutcome.Fail, Strings.Bulk_PtrMissing, reverse.Address)
            : new(BulkSenderOutcome.Fail, Strings.Bulk_PtrUnconfirmed, reverse.Address, reverse.Name),
        { } reverse => new(BulkSenderOutcome.Unknown, Strings.Bulk_PtrUnknown, reverse.Address),
    };
}

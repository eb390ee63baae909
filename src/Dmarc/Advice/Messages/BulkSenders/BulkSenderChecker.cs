using System.Net;
using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Advice.Messages.BulkSenders;

/// <summary>
/// Checks the rules that Google (support.google.com/a/answer/81126), Yahoo (senders.yahooinc.com) and Microsoft (for
/// outlook.com, since May 2025) have for bulk senders, as far as one message and DNS can show them.
/// </summary>
internal static class BulkSenderChecker
{
    private static readonly IBulkSenderCheck[] Checks =
    [
        new SpfCheck(),
        new DkimCheck(),
        new DmarcRecordCheck(),
        new AlignmentCheck(),
        new ReverseDnsCheck(),
        new TlsCheck(),
        new OneClickUnsubscribeCheck(),
        new AuthorImpersonationCheck(),
        new MessageFormatCheck(),
    ];

    /// <summary>The providers that have a rule.</summary>
    public static MailboxProvider[] ProvidersOf(BulkSenderRule rule) => Checks.First(check => check.Rule == rule).Providers;

    public static async Task<PrintableList<BulkSenderRuleResult>> CheckAsync(
        Assessment assessment,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        IPAddress? address = assessment.Spf.Address;
        BulkSenderFacts facts = new(
            assessment,
            address is null ? null : await ReverseDns.AskAsync(resolver, address, cancellationToken).ConfigureAwait(false));
        List<BulkSenderRuleResult> results = [];
        foreach (IBulkSenderCheck check in Checks)
        {
            BulkSenderVerdict verdict = check.Check(facts);
            results.AddRange(check.Providers.Select(provider => new BulkSenderRuleResult(check.Rule, provider, verdict.Outcome, verdict.Detail)));
        }

        return results.OrderBy(result => result.Provider).ToPrintableList();
    }
}

using Dmarc.Advice.Audit;
using Dmarc.Advice.Messages.BulkSenders;
using Dmarc.Dns;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Audit;

public class DomainBulkSenderTests
{
    private static async Task<MailDomainResult> CheckAsync(FakeResolver zone, params MailboxProvider[] providers) =>
        await PostureBed.InspectAsync(zone, null, options => options with { BulkSenderProviders = providers });

    private static BulkSenderOutcome Outcome(MailDomainResult result, BulkSenderRule rule) => result.BulkSenderRules.First(one => one.Rule == rule).Result;

    [Theory]
    [InlineData("", BulkSenderOutcome.Pass, BulkSenderOutcome.Pass, BulkSenderOutcome.Pass, BulkSenderOutcome.Unknown)]
    [InlineData("spf", BulkSenderOutcome.Fail, BulkSenderOutcome.Pass, BulkSenderOutcome.Pass, BulkSenderOutcome.Unknown)]
    [InlineData("dkim", BulkSenderOutcome.Pass, BulkSenderOutcome.Fail, BulkSenderOutcome.Pass, BulkSenderOutcome.Unknown)]
    [InlineData("dmarc", BulkSenderOutcome.Pass, BulkSenderOutcome.Pass, BulkSenderOutcome.Fail, BulkSenderOutcome.Unknown)]
    [InlineData("spf dkim", BulkSenderOutcome.Fail, BulkSenderOutcome.Fail, BulkSenderOutcome.Pass, BulkSenderOutcome.Fail)]
    public async Task What_DNS_can_show_is_pass_or_fail(string without, BulkSenderOutcome spf, BulkSenderOutcome dkim, BulkSenderOutcome dmarc, BulkSenderOutcome alignment)
    {
        MailDomainResult result = await CheckAsync(PostureBed.Sound(without.Split(' ')), MailboxProvider.Microsoft);

        Assert.Equal(
            (spf, dkim, dmarc, alignment),
            (Outcome(result, BulkSenderRule.Spf), Outcome(result, BulkSenderRule.Dkim), Outcome(result, BulkSenderRule.DmarcRecord), Outcome(result, BulkSenderRule.Alignment)));
    }

    [Fact]
    public async Task What_failed_or_may_hide_is_unknown()
    {
        MailDomainResult result = await CheckAsync(
            PostureBed.Sound("dmarc", "dkim").Fails("_dmarc.contoso.com", DnsStatus.Timeout).Txt("hidden._domainkey.contoso.com", "v=DKIM1; p="), MailboxProvider.Google);

        Assert.Equal((BulkSenderOutcome.Unknown, BulkSenderOutcome.Unknown), (Outcome(result, BulkSenderRule.DmarcRecord), Outcome(result, BulkSenderRule.Dkim)));
        Assert.Equal(BulkSenderOutcome.Unknown, Outcome(result, BulkSenderRule.OneClickUnsubscribe));
    }

    [Fact]
    public async Task Each_provider_has_its_own_rules()
    {
        MailDomainResult result = await CheckAsync(PostureBed.Sound(), MailboxProvider.Yahoo, MailboxProvider.Microsoft, MailboxProvider.Yahoo);

        Assert.Equal([MailboxProvider.Yahoo, MailboxProvider.Microsoft], result.BulkSenderRules.Select(rule => rule.Provider).Distinct());
        Assert.DoesNotContain(result.BulkSenderRules, rule => rule is { Provider: MailboxProvider.Microsoft, Rule: BulkSenderRule.OneClickUnsubscribe });
        Assert.Empty((await CheckAsync(PostureBed.Sound())).BulkSenderRules);
    }
}

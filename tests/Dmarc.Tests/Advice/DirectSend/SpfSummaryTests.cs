using Dmarc.Advice.DirectSend;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Tests.Standards.Spf;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.DirectSend;

public class SpfSummaryTests
{
    [Theory]
    [InlineData("example.com TXT v=spf1 redirect=a.test\na.test TXT v=spf1 -all", AuthenticationResult.Fail, 2)]
    [InlineData("example.com TXT v=spf1 redirect=example.com", AuthenticationResult.PermError, 1)]
    [InlineData("example.com TXT v=spf1 redirect=a.test\na.test TXT v=spf1 redirect=EXAMPLE.com.", AuthenticationResult.PermError, 2)]
    [InlineData("example.com TXT v=spf1 redirect=gone.test", AuthenticationResult.PermError, 2)]
    [InlineData("example.com A 192.0.2.1", AuthenticationResult.None, 1)]
    public async Task Follows_redirects_and_visits_each_name_once(string zone, AuthenticationResult outcome, int queries)
    {
        FakeResolver resolver = Zone.Parse(zone);

        SpfSummary summary = await SpfSummary.LookAsync(resolver, DomainName.Parse("example.com"), default);

        Assert.Equal((outcome, queries), (summary.OtherwiseResult, resolver.Queries.Count));
    }

    [Theory]
    [InlineData(DnsRecordType.TXT, AuthenticationResult.Fail)]
    [InlineData(DnsRecordType.SPF, AuthenticationResult.None)]
    public async Task Records_of_type_SPF_do_not_count(object type, AuthenticationResult outcome)
    {
        FakeResolver resolver = new FakeResolver()
            .Add("example.com", DnsRecordType.TXT, new TxtRecord("example.com", 300, ["v=spf1 -all"u8.ToArray()], (DnsRecordType)type));

        SpfSummary summary = await SpfSummary.LookAsync(resolver, DomainName.Parse("example.com"), default);

        Assert.Equal(outcome, summary.OtherwiseResult);
    }

    [Theory]
    [InlineData("v=spf1 +all", "+all")]
    [InlineData("v=spf1 ip4:0.0.0.0/0 -all", "ip4:0.0.0.0/0")]
    [InlineData("v=spf1 ip4:0.0.0.0/2 ip4:64.0.0.0/2 ip4:192.0.2.1 -all", "ip4:0.0.0.0/2 ip4:64.0.0.0/2 ip4:192.0.2.1")]
    [InlineData("v=spf1 ip4:0.0.0.0/2 ip4:64.0.0.0/3 -all", null)]
    [InlineData("v=spf1 ip6:2000::/3 -all", "ip6:2000::/3")]
    [InlineData("v=spf1 ip6:2000::/4 -all", null)]
    [InlineData("v=spf1 -ip4:0.0.0.0/1 -ip4:128.0.0.0/2 ip4:0.0.0.0/0 -all", null)]
    [InlineData("v=spf1 ?ip4:0.0.0.0/0 -all", null)]
    [InlineData("v=spf1 -all ip4:0.0.0.0/0", null)]
    [InlineData("v=spf1 ip4:0.0.0.0/0 ip4:oops -all", null)]
    public async Task As_good_as_every_address_is_as_good_as_all(string record, string? terms)
    {
        SpfSummary summary = await SpfSummary.LookAsync(Zone.Parse("example.com TXT " + record), DomainName.Parse("example.com"), default);

        Assert.Equal(terms, summary.OpenTerms);
    }

    [Fact]
    public async Task A_name_is_listed_once_however_often_it_is_included()
    {
        SpfSummary summary = await SpfSummary.LookAsync(
            Zone.Parse("example.com TXT v=spf1 include:a.test include:A.test include:a.test -all"), DomainName.Parse("example.com"), default);

        Assert.Equal(["a.test"], summary.Includes);
    }

    [Fact]
    public async Task A_failed_look_up_leaves_the_result_open()
    {
        SpfSummary summary = await SpfSummary.LookAsync(
            new FakeResolver().Txt("example.com", "v=spf1 redirect=a.test").Fails("a.test", DnsStatus.Timeout), DomainName.Parse("example.com"), default);

        Assert.Null(summary.OtherwiseResult);
    }
}

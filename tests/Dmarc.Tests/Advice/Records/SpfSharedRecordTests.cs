using System.Text;
using System.Text.Json;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Dns.Client;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Standards.Spf;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Records;

/// <summary>What domains include is analysed once, and no domain's result shows it.</summary>
public class SpfSharedRecordTests
{
    private static readonly string[] Terms =
    [
        "ip4:11.0.0.0/24", "ip4:10.1.0.0/16", "ip6:2001:4860::/32", "a", "a:host{0}.test", "mx:mail.test", "mx:none.test", "exists:%{{i}}.ok.test",
        "exists:ok.test", "ptr", "-ip4:11.0.0.8/29", "a:gone{0}.test", "include:n{0}.test", "include:n{1}.test", "+include:n{2}.test", "include:n{3}.test",
        "include:n{4}.test", "?include:n{5}.test", "redirect=n{0}.test", "ip4:0.0.0.0/1", "include:%{{d}}", "include:bad..name", "bogus", "include:_spf.d{0}.test",
        "include:down.test",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task A_result_is_the_same_whatever_was_analysed_before(int seed)
    {
        const int Domains = 40;
        FakeResolver zone = RandomZone(new Random(seed), Domains);
        SpfAnalyzer one = new(zone);

        for (int at = 0; at < 2 * Domains; at++)
        {
            DomainName domain = DomainName.Parse($"d{at % Domains}.test");
            SpfAnalysisRequest? request = at % 5 == 4 ? new SpfAnalysisRequest { Record = "v=spf1 include:n1.test include:n2.test ~all", Compares = true, Flattens = true } : null;

            string shared = JsonSerializer.Serialize(await one.AnalyzeAsync(domain, request));
            string alone = JsonSerializer.Serialize(await new SpfAnalyzer(zone).AnalyzeAsync(domain, request));

            Assert.Equal(alone, shared);
        }
    }

    [Fact]
    public async Task A_shared_include_is_asked_once()
    {
        FakeResolver resolver = Zone.Parse("""
            a.test TXT v=spf1 include:_spf.big.test -all
            b.test TXT v=spf1 a include:_spf.big.test ~all
            b.test A 11.0.0.1
            _spf.big.test TXT v=spf1 include:n1.big.test mx:big.test ~all
            n1.big.test TXT v=spf1 ip4:11.1.0.0/24 ~all
            big.test MX mx.big.test
            mx.big.test A 11.2.0.1
            """);
        SpfAnalyzer analyzer = new(resolver);

        SpfResult first = await analyzer.AnalyzeAsync(DomainName.Parse("a.test"));
        int asked = resolver.Queries.Count(query => query.Name.EndsWith("big.test", StringComparison.Ordinal));
        SpfResult second = await analyzer.AnalyzeAsync(DomainName.Parse("b.test"));

        Assert.Equal(asked, resolver.Queries.Count(query => query.Name.EndsWith("big.test", StringComparison.Ordinal)));
        Assert.Equal((3, 4), (first.LookupCount, second.LookupCount));
        Assert.Equal([2, 3], first.Terms[0].Terms.Take(2).Select(term => term.CumulativeLookups));
        Assert.Equal([3, 4], second.Terms[1].Terms.Take(2).Select(term => term.CumulativeLookups));
    }

    [Fact]
    public async Task A_server_is_asked_once_for_what_many_domains_include_at_once()
    {
        using TestDnsServer server = new();
        server.On("_spf.big.test", DnsRecordType.TXT, TestReply.Records(DnsMessageBuilder.Txt("_spf.big.test", "v=spf1 ip4:11.0.0.0/24 ~all")));
        for (int at = 0; at < 50; at++)
        {
            server.On($"d{at}.test", DnsRecordType.TXT, TestReply.Records(DnsMessageBuilder.Txt($"d{at}.test", "v=spf1 include:_spf.big.test -all")));
        }

        using DnsResolver resolver =
            new(new DnsResolverOptions { Servers = [server.Udp], Timeout = TimeSpan.FromSeconds(20) });
        SpfAnalyzer analyzer = new(resolver);

        SpfResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(at => analyzer.AnalyzeAsync(DomainName.Parse($"d{at}.test"))));

        Assert.All(results, result => Assert.True(result.Validity));
        Assert.Equal(1, server.Questions.Count(question => question.Name == "_spf.big.test"));
    }

    [Fact]
    public async Task A_failed_look_up_is_not_kept()
    {
        FakeResolver resolver = Zone.Parse("a.test TXT v=spf1 include:late.test -all\nb.test TXT v=spf1 include:late.test -all\nlate.test FAILS ServFail");
        SpfAnalyzer analyzer = new(resolver);
        SpfResult before = await analyzer.AnalyzeAsync(DomainName.Parse("a.test"));

        int asked = resolver.Queries.Count(query => query.Name == "late.test");
        SpfResult after = await analyzer.AnalyzeAsync(DomainName.Parse("b.test"));

        Assert.Equal((DnsStatus.ServFail, DnsStatus.ServFail), (before.Terms[0].DnsStatus, after.Terms[0].DnsStatus));
        Assert.Equal(2 * asked, resolver.Queries.Count(query => query.Name == "late.test"));
    }

    [Fact]
    public async Task Ten_look_ups_are_counted_in_their_place()
    {
        string zone = "v=spf1 " + string.Concat(Enumerable.Range(0, 6).Select(at => $"a:h{at}.test ")) + "~all";
        FakeResolver resolver = new();
        resolver.Txt("big.test", zone).Txt("a.test", "v=spf1 include:big.test -all").Txt("b.test", "v=spf1 mx a exists:a.test include:big.test -all");
        resolver.Mx("b.test", "h0.test").Address("b.test", "11.0.0.9").Address("a.test", "11.0.0.8");
        for (int at = 0; at < 6; at++)
        {
            resolver.Address($"h{at}.test", $"11.0.0.{at + 1}");
        }

        SpfAnalyzer analyzer = new(resolver);

        SpfResult within = await analyzer.AnalyzeAsync(DomainName.Parse("a.test"));
        SpfResult over = await analyzer.AnalyzeAsync(DomainName.Parse("b.test"), new SpfAnalysisRequest { Record = "v=spf1 mx a exists:a.test a:h1.test include:big.test -all" });

        Assert.DoesNotContain(within.Findings, finding => finding.Code == "SpfTooManyLookups");
        Assert.Contains(
            "include:big.test > a:h5.test",
            over.Findings.Single(finding => finding.Code == "SpfTooManyLookups").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_is_bounded_and_what_is_used_stays()
    {
        FakeResolver resolver = new();
        resolver.Txt("hot.test", "v=spf1 ip4:11.0.0.0/24 ~all");
        for (int at = 0; at < 300; at++)
        {
            resolver.Txt($"i{at}.test", "v=spf1 ip4:11.0.0.0/24 ip4:12.0.0.0/24 ~all").Txt($"d{at}.test", $"v=spf1 include:i{at}.test include:hot.test -all");
        }

        SpfSharedRecords records = new(200);
        SpfRecordCache cache = new();
        for (int at = 0; at < 300; at++)
        {
            using SpfCrawler crawler = new(resolver, cache, records, CancellationToken.None, CancellationToken.None);
            SpfDomainFacts root = await crawler.StartAsync($"d{at}.test");
            await crawler.CompleteAsync();
            records.Offer(root, new SpfWork(TimeSpan.FromMinutes(1), default));
        }

        Assert.InRange(records.Count, 2, 50);
        Assert.NotNull(records.Find("hot.test"));
        Assert.Null(records.Find("i0.test"));
        Assert.Equal(1, resolver.Queries.Count(query => query.Name == "hot.test"));
    }

    private static FakeResolver RandomZone(Random random, int domains)
    {
        FakeResolver zone = new();
        zone.Mx("mail.test", "mx1.mail.test", "mx2.mail.test").Address("mx1.mail.test", "11.5.0.1", "2001:db8::1").Address("mx2.mail.test", "11.5.0.2");
        zone.Address("ok.test", "127.0.0.2").Fails("down.test", DnsStatus.Timeout);
        for (int at = 0; at < 6; at++)
        {
            zone.Address($"host{at}.test", $"11.6.0.{at}");
        }

        for (int at = 0; at < 12; at++)
        {
            zone.Txt($"n{at}.test", RandomRecord(random, 12));
        }

        for (int at = 0; at < domains; at++)
        {
            zone.Txt($"d{at}.test", RandomRecord(random, 12)).Txt($"_spf.d{at}.test", RandomRecord(random, 12));
        }

        return zone;
    }

    private static string RandomRecord(Random random, int names)
    {
        StringBuilder text = new("v=spf1");
        int count = random.Next(1, 6);
        for (int at = 0; at < count; at++)
        {
            // The rare kinds of term stand at the end of the list, and are rare here too.
            string term = Terms[random.Next(3) == 0 ? random.Next(Terms.Length) : random.Next(18)];
            object[] values = [.. Enumerable.Range(0, 6).Select(_ => (object)random.Next(names))];
            text.Append(' ').AppendFormat(System.Globalization.CultureInfo.InvariantCulture, term, values);
        }

        return text.Append(random.Next(4) == 0 ? "" : " ~all").ToString();
    }
}

using System.Net;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Standards.Spf;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Records;

public class SpfAnalyzerTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");

    [Fact]
    public async Task Counts_what_each_term_costs_and_authorises()
    {
        SpfResult result = await AnalyzeAsync("""
            example.com TXT v=spf1 ip4:11.0.0.0/24 include:_spf.google.com mx -all
            example.com MX mx.test
            mx.test A 11.0.1.1,2a00::1
            _spf.google.com TXT v=spf1 include:_netblocks.google.com a:gone.test ~all
            _netblocks.google.com TXT v=spf1 ip4:35.190.247.0/24 ip6:2a00:1::/36 ~all
            """);

        Assert.Equal((SpfRecordStatus.Found, true, 4, 1, "-all"), (result.Status, result.Validity, result.LookupCount, result.VoidLookupCount, result.All));
        SpfTermResult include = result.Terms[1];
        Assert.Equal((1, 3, 3, 1), (include.LookupCost, include.TotalLookups, include.CumulativeLookups, include.VoidLookups));
        Assert.Equal(("Google Workspace", 256L, Math.Pow(2, 92)), (include.Service, include.IPv4AddressCount, include.IPv6AddressCount));
        Assert.Equal("v=spf1 include:_netblocks.google.com a:gone.test ~all", include.Record);
        Assert.Equal(["35.190.247.0/24", "2a00:1::/36"], include.Addresses.Select(block => block.ToString()));
        Assert.Equal((DnsStatus.NxDomain, true), (include.Terms[1].DnsStatus, include.Terms[1].IsVoid));
        Assert.Equal((1, 4), (result.Terms[2].TotalLookups, result.Terms[2].CumulativeLookups));
        Assert.Equal(["11.0.0.0/24", "11.0.1.1", "35.190.247.0/24", "2a00::1", "2a00:1::/36"], result.Networks.Select(block => block.ToString()));
        Assert.Equal(513, result.IPv4AddressCount);
        Assert.Equal("ip4:11.0.0.0/24; include:_spf.google.com (3); mx (1); -all", result.Terms.ToString());
    }

    [Fact]
    public async Task Takes_qualifiers_and_order_into_account()
    {
        SpfResult result = await AnalyzeAsync("""
            example.com TXT v=spf1 -ip4:11.0.0.0/26 ip4:11.0.0.0/25 include:inner.test -all
            inner.test TXT v=spf1 ip4:11.0.0.0/24 -all
            """);

        Assert.Equal(["11.0.0.64/26", "11.0.0.128/25"], result.Networks.Select(block => block.ToString()));
    }

    [Theory]
    [InlineData("example.com FAILS ServFail", SpfRecordStatus.DnsFailure, DnsStatus.ServFail, null)]
    [InlineData("example.com FAILS Timeout", SpfRecordStatus.DnsFailure, DnsStatus.Timeout, null)]
    [InlineData("", SpfRecordStatus.DomainNotFound, DnsStatus.NxDomain, false)]
    [InlineData("example.com A 192.0.2.1", SpfRecordStatus.NotFound, DnsStatus.NoData, false)]
    [InlineData("example.com TXT v=spf1 moo", SpfRecordStatus.Invalid, DnsStatus.NoError, false)]
    [InlineData("example.com TXT v=spf1\nexample.com TXT v=spf1 -all", SpfRecordStatus.Multiple, DnsStatus.NoError, false)]
    public async Task Tells_a_failure_from_an_absence(string zone, SpfRecordStatus status, DnsStatus dnsStatus, bool? isValid)
    {
        SpfResult result = await AnalyzeAsync(zone);

        Assert.Equal((status, dnsStatus, isValid), (result.Status, result.DnsStatus, result.Validity));
        Assert.Equal(dnsStatus.ToDnsFailure(), result.DnsFailure);
    }

    [Fact]
    public async Task Counts_past_the_limit_and_past_the_place_of_an_early_match()
    {
        SpfResult result = await AnalyzeAsync("example.com TXT v=spf1 " + string.Concat(Enumerable.Range(0, 14).Select(at => $"exists:e{at}.test ")) + "-all");

        Assert.Equal((14, 14, false), (result.LookupCount, result.VoidLookupCount, result.Validity));
    }

    [Fact]
    public async Task Costs_its_depth_in_round_trips()
    {
        FakeResolver zone = new();
        zone.Txt("example.com", "v=spf1 mx " + string.Concat(Enumerable.Range(0, 9).Select(at => $"include:i{at}.test ")) + "include:_spf.google.com -all");
        zone.Mx("example.com", "mx1.example.com", "mx2.example.com").Address("mx1.example.com", "11.0.0.1").Address("mx2.example.com", "11.0.0.2");
        zone.Txt("_spf.google.com", "v=spf1 include:n1.test include:n2.test ~all").Txt("n1.test", "v=spf1 a:x.test ~all").Txt("n2.test", "v=spf1 ip4:11.0.0.3 ~all");
        for (int at = 0; at < 9; at++)
        {
            zone.Txt($"i{at}.test", "v=spf1 ip4:11.0.0.4 ~all");
        }

        RoundTripResolver resolver = new(zone);
        SpfResult result = await resolver.RunAsync(() => new SpfAnalyzer(resolver).AnalyzeAsync(Example));

        Assert.Equal(14, result.LookupCount);
        Assert.Equal(4, resolver.RoundTrips);
    }

    [Fact]
    public async Task Fifty_records_in_a_loop_are_cut()
    {
        FakeResolver resolver = SpfEvaluatorTests.FiftyInALoop();

        SpfResult result = await new SpfAnalyzer(resolver).AnalyzeAsync(DomainName.Parse("d0.test"));

        Assert.False(result.Validity);
        Assert.InRange(result.LookupCount!.Value, 11, 2_000);
        Assert.InRange(resolver.Queries.Count, 51, 60);
    }

    [Fact]
    public async Task A_record_of_64_kB_is_analysed_within_bounds()
    {
        FakeResolver resolver = new();
        resolver.Txt("example.com", "v=spf1 " + string.Concat(Enumerable.Range(0, 4_000).Select(at => $"a:h{at}.t.test ")) + "-all");

        SpfResult result = await new SpfAnalyzer(resolver).AnalyzeAsync(Example);

        Assert.False(result.Validity);
        Assert.InRange(resolver.Queries.Count, 100, 900);
    }

    [Fact]
    public async Task A_server_that_never_answers_ends_at_the_deadline()
    {
        SpfAnalyzer analyzer = new(new SpfEvaluatorTests.SilentResolver(), new SpfEvaluatorOptions { Deadline = TimeSpan.FromMilliseconds(20) });

        SpfResult result = await analyzer.AnalyzeAsync(Example);

        Assert.Equal((SpfRecordStatus.DnsFailure, DnsFailure.Timeout, DnsStatus.Timeout), (result.Status, result.DnsFailure, result.DnsStatus));
    }

    /// <summary>A malformed domain is "none" and no look-up (RFC 7208 §4.3), also where the record of another domain is checked.</summary>
    [Theory]
    [InlineData("a@ex..test", null)]
    [InlineData("ex..test", null)]
    [InlineData("a@.ex.test", null)]
    [InlineData("a@ex.test..", null)]
    [InlineData("a@", null)]
    [InlineData("a@test", null)]
    [InlineData("a", null)]
    [InlineData("a@ex ample.test", null)]
    [InlineData("a@[192.0.2.1]", null)]
    [InlineData("a@[IPv6:2001:db8::1]", null)]
    [InlineData("<a@ex..test>", "mail.ex.test")]
    [InlineData("a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test", null)]
    [InlineData("<>", "ex..test")]
    [InlineData("", "ex.test..")]
    [InlineData("", "mail")]
    [InlineData("", "[192.0.2.1]")]
    [InlineData("", "ma il.ex.test")]
    [InlineData("", "bücher.example")]
    public async Task A_malformed_identity_has_no_result(string sender, string? helo)
    {
        SpfAnalyzer analyzer = new(Zone.Parse("example.com TXT v=spf1 -all"));
        SpfResult analysis = await analyzer.AnalyzeAsync(Example);

        SpfResult result = await analyzer.EvaluateAsync(analysis, IPAddress.Parse("11.0.0.2"), sender, helo);

        Assert.Equal((AuthenticationResult.None, ""), (result.Result, result.MatchedTerm));
        Assert.Contains("is not a domain name that can have an SPF record", result.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@ex.test, b@other.test")]
    [InlineData("<a@ex.test> <b@other.test>")]
    [InlineData("<a@ex.test>,<b@ex.test>")]
    public async Task Several_senders_have_no_result(string sender)
    {
        SpfAnalyzer analyzer = new(Zone.Parse("example.com TXT v=spf1 -all"));
        SpfResult analysis = await analyzer.AnalyzeAsync(Example);

        SpfResult result = await analyzer.EvaluateAsync(analysis, IPAddress.Parse("11.0.0.2"), sender);

        Assert.Equal((AuthenticationResult.None, "11.0.0.2"), (result.Result, result.IPAddress));
        Assert.Contains("has several", result.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@ex.test", null)]
    [InlineData("\"a@b.test, c\"@ex.test", null)]
    [InlineData("a@ex.test.", null)]
    [InlineData("ex.test", null)]
    [InlineData("a b@ex.test", null)]
    [InlineData("a@bücher.example", null)]
    [InlineData("a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test", null)]
    [InlineData("a@ex.test", "ex..test")]
    [InlineData("", null)]
    [InlineData(null, "[192.0.2.1]")]
    public async Task A_name_that_may_exist_is_checked(string? sender, string? helo)
    {
        SpfAnalyzer analyzer = new(Zone.Parse("example.com TXT v=spf1 -all"));
        SpfResult analysis = await analyzer.AnalyzeAsync(Example);

        Assert.Equal(AuthenticationResult.Fail, (await analyzer.EvaluateAsync(analysis, IPAddress.Parse("11.0.0.2"), sender, helo)).Result);
    }

    [Fact]
    public async Task Tries_a_record_that_is_not_published()
    {
        FakeResolver resolver = Zone.Parse("example.com TXT v=spf1 ip4:11.0.0.1 -all\nexample.com TXT other\nok.test TXT v=spf1 ip4:11.0.0.2 -all");
        SpfAnalyzer analyzer = new(resolver);

        SpfResult result = await analyzer.AnalyzeAsync(Example, new SpfAnalysisRequest { Record = "v=spf1 include:ok.test ~all" });
        SpfResult pass = await analyzer.EvaluateAsync(result, IPAddress.Parse("11.0.0.2"));
        SpfResult softFail = await analyzer.EvaluateAsync(result, IPAddress.Parse("11.0.0.1"), "bob@example.com");

        Assert.Equal((false, "~all", 1, (DnsStatus?)null), (result.IsPublished, result.All, result.LookupCount, result.DnsStatus));
        Assert.Equal((AuthenticationResult.Pass, "include:ok.test", "postmaster@example.com"), (pass.Result, pass.MatchedTerm, pass.Sender));
        Assert.Equal((AuthenticationResult.SoftFail, "bob@example.com"), (softFail.Result, softFail.Sender));
        Assert.Equal("example.com: 11.0.0.1 softfail", softFail.ToString());
    }

    [Fact]
    public async Task Compares_a_record_with_the_published_one()
    {
        FakeResolver resolver = Zone.Parse("example.com TXT v=spf1 ip4:11.0.0.0/24 include:ok.test -all\nok.test TXT v=spf1 ip4:11.0.2.0/24 -all");

        SpfResult result = await new SpfAnalyzer(resolver).AnalyzeAsync(
            Example, new SpfAnalysisRequest { Record = "v=spf1 ip4:11.0.0.128/25 ip4:11.0.1.0/24 ~all", Compares = true });

        SpfComparison comparison = result.Comparison!;
        Assert.Equal(["11.0.1.0/24"], comparison.Gained.Select(block => block.ToString()));
        Assert.Equal(["11.0.0.0/25", "11.0.2.0/24"], comparison.Lost.Select(block => block.ToString()));
        Assert.Equal((1, 0, "-all", "~all"), (comparison.LookupsBefore, comparison.LookupsAfter, comparison.AllBefore, comparison.AllAfter));
        Assert.Equal((256L, 384L), (comparison.IPv4Gained, comparison.IPv4Lost));
    }

    [Fact]
    public async Task A_failed_look_up_is_not_compared_as_no_record()
    {
        SpfResult result = await new SpfAnalyzer(Zone.Parse("example.com FAILS ServFail")).AnalyzeAsync(
            Example, new SpfAnalysisRequest { Record = "v=spf1 ip4:11.0.0.0/24 -all", Compares = true });

        Assert.Equal((SpfRecordStatus.DnsFailure, DnsStatus.ServFail), (result.Comparison!.PublishedStatus, result.Comparison.PublishedDnsStatus));
        Assert.Equal(DnsFailure.ServerFailure, result.Comparison.PublishedDnsFailure);
        Assert.Empty(result.Comparison.Gained);
        Assert.Contains(result.Findings, finding => finding.Code == "SpfComparisonFailed");
    }

    [Theory]
    [InlineData("v=spf1 exists:%{i}.ok.test -all", "exists:")]
    [InlineData("v=spf1 ptr -all", "ptr")]
    [InlineData("v=spf1 include:down.test -all", "include:down.test")]
    public async Task A_comparison_says_what_it_leaves_out(string record, string words)
    {
        SpfResult result = await new SpfAnalyzer(Zone.Parse("example.com TXT v=spf1 -all\ndown.test FAILS ServFail")).AnalyzeAsync(
            Example, new SpfAnalysisRequest { Record = record, Compares = true });

        Assert.Contains(words, result.Findings.Single(finding => finding.Code == "SpfComparisonPartial").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("v=spf1\tip4:11.0.0.1\t-all")]
    [InlineData("")]
    public async Task A_given_text_that_is_no_record_is_invalid(string record)
    {
        SpfResult result = await new SpfAnalyzer(Zone.Parse("example.com TXT v=spf1 -all")).AnalyzeAsync(
            Example, new SpfAnalysisRequest { Record = record });

        Assert.Equal((SpfRecordStatus.Invalid, record), (result.Status, result.Record));
        Assert.Equal(["SpfVersionMissing"], result.Findings.Select(finding => finding.Code));
    }

    private static Task<SpfResult> AnalyzeAsync(string zone) => new SpfAnalyzer(Zone.Parse(zone)).AnalyzeAsync(Example);

    /// <summary>Answers in rounds: everything that is asked before the next round is answered in it.</summary>
    private sealed class RoundTripResolver(FakeResolver inner) : IDnsResolver
    {
        private List<Action> _waiting = [];

        public int RoundTrips { get; private set; }

        public async Task<SpfResult> RunAsync(Func<Task<SpfResult>> work) => await Task.Run(async () =>
        {
            Task<SpfResult> result = work();
            while (_waiting.Count > 0)
            {
                List<Action> round = _waiting;
                _waiting = [];
                RoundTrips++;
                round.ForEach(answer => answer());
            }

            return await result;
        });

        public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
        {
            TaskCompletionSource source = new();
            _waiting.Add(source.SetResult);
            await source.Task.ConfigureAwait(false);
            return await inner.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        }
    }
}

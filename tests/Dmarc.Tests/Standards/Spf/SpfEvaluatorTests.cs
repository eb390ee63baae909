using System.Net;
using Dmarc.Dns;
using Dmarc.Dns.Wire;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Spf;

public class SpfEvaluatorTests
{
    [Theory]
    [InlineData("4.6.4 early pass", "v=spf1 ip4:192.0.2.1 a:nowhere.test mx -all", "192.0.2.1", AuthenticationResult.Pass, "ip4:192.0.2.1", 0, 0)]
    [InlineData("4.6.4 void at the limit", "v=spf1 a:v1.test a:v2.test ip4:192.0.2.1 -all", "192.0.2.1", AuthenticationResult.Pass, "ip4:192.0.2.1", 2, 2)]
    [InlineData("4.6.4 void over the limit", "v=spf1 a:v1.test a:v2.test a:v3.test ip4:192.0.2.1 -all", "192.0.2.1", AuthenticationResult.PermError, "", 3, 3)]
    [InlineData("5.2 include of another record", "v=spf1 include:ok.test -all", "198.51.100.9", AuthenticationResult.Pass, "include:ok.test", 1, 0)]
    [InlineData("5.2 include without record", "v=spf1 include:nowhere.test +all", "192.0.2.1", AuthenticationResult.PermError, "", 1, 0)]
    [InlineData("5.2 include that fails", "v=spf1 include:broken.test +all", "192.0.2.1", AuthenticationResult.TempError, "", 1, 0)]
    [InlineData("6.1 redirect", "v=spf1 redirect=ok.test", "192.0.2.1", AuthenticationResult.SoftFail, "redirect=ok.test", 1, 0)]
    [InlineData("4.7 default", "v=spf1 ip4:192.0.2.2", "192.0.2.1", AuthenticationResult.Neutral, "", 0, 0)]
    [InlineData("5 IPv4-mapped", "v=spf1 ip4:192.0.2.0/24 -all", "::ffff:192.0.2.77", AuthenticationResult.Pass, "ip4:192.0.2.0/24", 0, 0)]
    [InlineData("5.4 mx", "v=spf1 mx:mail.test -all", "203.0.113.2", AuthenticationResult.Pass, "mx:mail.test", 1, 0)]
    [InlineData("4.8 a name that cannot be", "v=spf1 a:x..test ip4:192.0.2.1 -all", "192.0.2.1", AuthenticationResult.Pass, "ip4:192.0.2.1", 1, 0)]
    public async Task Evaluates(string section, string record, string address, AuthenticationResult result, string matched, int lookups, int voids)
    {
        FakeResolver resolver = Zone.Parse($"""
            example.com TXT {record}
            ok.test TXT v=spf1 ip4:198.51.100.0/24 ~all
            broken.test FAILS ServFail
            mail.test MX mx1.mail.test,mx2.mail.test
            mx1.mail.test A 203.0.113.1
            mx2.mail.test A 203.0.113.2
            """);

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Parse(address), "bob@example.com");

        Assert.True(result == evaluation.Result, section + ": " + evaluation.Result + " " + evaluation.Problem);
        Assert.Equal((matched, lookups, voids), (evaluation.MatchedTerm, evaluation.LookupCount, evaluation.VoidLookupCount));
        Assert.Equal(result is AuthenticationResult.TempError or AuthenticationResult.PermError, evaluation.Problem.Length > 0);
    }

    /// <summary>White space in names is escaped on the way to DNS, and no reason to try again later.</summary>
    [Theory]
    [InlineData("exists:%{l}.ok.test", "\"john doe\"@example.com", "x", AuthenticationResult.Pass)]
    [InlineData("exists:%{l}.ok.test", "\"jane\tdoe\"@example.com", "x", AuthenticationResult.Fail)]
    [InlineData("exists:a%_b.ok.test", "bob@example.com", "x", AuthenticationResult.Pass)]
    [InlineData("exists:%{h}.ok.test", "bob@example.com", "mail host", AuthenticationResult.Pass)]
    [InlineData("exists:%{h}.ok.test", "bob@example.com", "bücher.example", AuthenticationResult.Fail)]
    [InlineData("exists:%{h}.ok.test", "bob@example.com", "a\u0001b", AuthenticationResult.Fail)]
    [InlineData("include:%{h}.ok.test", "bob@example.com", "no such host", AuthenticationResult.PermError)]
    [InlineData("exists:%{l}.ok.test", "back\\slash@example.com", "x", AuthenticationResult.Pass)]
    public async Task White_space_in_a_name_is_escaped(string term, string sender, string helo, AuthenticationResult result)
    {
        DnsClientNames resolver = new(
            new FakeResolver().Txt("example.com", $"v=spf1 {term} -all")
                .Address(@"""john\032doe"".ok.test", "127.0.0.2")
                .Address(@"a\032b.ok.test", "127.0.0.2")
                .Address(@"mail\032host.ok.test", "127.0.0.2")
                .Address(@"back\\slash.ok.test", "127.0.0.2"));

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Parse("192.0.2.1"), sender, helo);

        Assert.Equal(result, evaluation.Result);
    }

    /// <summary>RFC 7208 §4.3: none, and never temperror.</summary>
    [Theory]
    [InlineData("bob@exa mple.com", "x")]
    [InlineData("bob@example.com ", "x")]
    [InlineData("bob@example\t.com", "x")]
    [InlineData("bob@\u0001.example.com", "x")]
    [InlineData("bob@.example.com", "x")]
    [InlineData("bob@example..com", "x")]
    [InlineData("bob@", "x")]
    [InlineData("bob@[IPv6:2001:db8::1]", "x")]
    [InlineData("bob@a123456789012345678901234567890123456789012345678901234567890123.example.com", "x")]
    [InlineData("", "mail host.example.com")]
    [InlineData("", "[192.0.2.1]")]
    [InlineData("", "mail..example.com")]
    [InlineData("", " ")]
    public async Task A_malformed_domain_gives_none(string sender, string helo)
    {
        DnsClientNames resolver = new(new FakeResolver());

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Parse("192.0.2.1"), sender, helo);

        Assert.Equal(AuthenticationResult.None, evaluation.Result);
        Assert.NotEmpty(evaluation.Problem);
    }

    /// <summary>Takes the names that the client and the zones take, and no others.</summary>
    private sealed class DnsClientNames(IDnsResolver inner) : IDnsResolver
    {
        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            DnsQuery.TryCreate(name, type, out _, out _)
                ? inner.QueryAsync(name, type, cancellationToken)
                : new ValueTask<DnsResponse>(new DnsResponse(name, type, DnsStatus.Malformed));
    }

    [Theory]
    [InlineData(null, "mail.example.com", AuthenticationResult.Pass, "mail.example.com")]
    [InlineData("", "", AuthenticationResult.None, "")]
    [InlineData("bob@[192.0.2.1]", "mail.example.com", AuthenticationResult.None, "[192.0.2.1]")]
    [InlineData("bob@bücher.example", "x", AuthenticationResult.Pass, "xn--bcher-kva.example")]
    [InlineData(null, "bücher.example", AuthenticationResult.None, "bücher.example")]
    [InlineData(null, "a~b.example.com", AuthenticationResult.Pass, "a~b.example.com")]
    [InlineData(null, "a\u007Fb.example.com", AuthenticationResult.None, "a\u007Fb.example.com")]
    [InlineData("bob@localhost", "x", AuthenticationResult.None, "localhost")]
    [InlineData("bob@nowhere.example", "x", AuthenticationResult.None, "nowhere.example")]
    [InlineData("bob@down.example", "x", AuthenticationResult.TempError, "down.example")]
    public async Task Takes_the_identity_of_the_message(string? sender, string helo, AuthenticationResult result, string domain)
    {
        FakeResolver resolver = Zone.Parse("""
            mail.example.com TXT v=spf1 ip4:192.0.2.1 -all
            xn--bcher-kva.example TXT v=spf1 ip4:192.0.2.1 -all
            a~b.example.com TXT v=spf1 ip4:192.0.2.1 -all
            down.example FAILS Timeout
            """);

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Parse("192.0.2.1"), sender, helo);

        Assert.Equal((result, domain), (evaluation.Result, evaluation.Domain));
    }

    [Fact]
    public async Task A_local_part_that_is_not_ASCII_matches_no_macro()
    {
        // RFC 8616 §4
        FakeResolver resolver = Zone.Parse("example.com TXT v=spf1 exists:%{l}.ok.test ~all\n*.ok.test A 127.0.0.2");
        SpfEvaluator evaluator = new(resolver);

        Assert.Equal(AuthenticationResult.Pass, (await evaluator.CheckHostAsync(IPAddress.Loopback, "bob@example.com")).Result);
        Assert.Equal(AuthenticationResult.SoftFail, (await evaluator.CheckHostAsync(IPAddress.Loopback, "jörg@example.com")).Result);
    }

    [Fact]
    public async Task Asks_only_for_what_the_result_needs()
    {
        FakeResolver resolver = Zone.Parse("""
            example.com TXT v=spf1 mx a:later.test -all
            example.com MX mx1.test,mx2.test
            mx1.test A 192.0.2.1
            """);

        await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Parse("192.0.2.1"), "bob@example.com");

        Assert.Equal(["example.com", "example.com", "mx1.test"], resolver.Queries.Select(query => query.Name));
    }

    [Fact]
    public async Task Names_of_a_slow_mx_are_asked_for_at_once()
    {
        FakeResolver resolver = new() { Delay = TimeSpan.FromMilliseconds(1) };
        resolver.Txt("example.com", "v=spf1 mx -all").Mx("example.com", "mx1.test", "mx2.test", "mx3.test")
            .Address("mx1.test", "192.0.2.1").Address("mx2.test", "192.0.2.2").Address("mx3.test", "192.0.2.3");

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Parse("192.0.2.1"), "bob@example.com");

        Assert.Equal(AuthenticationResult.Pass, evaluation.Result);
        Assert.Equal(5, resolver.Queries.Count);
    }

    [Fact]
    public async Task Shows_its_working()
    {
        FakeResolver resolver = Zone.Parse("""
            example.com TXT v=spf1 a include:ok.test -all
            example.com A 192.0.2.1
            ok.test TXT v=spf1 include:inner.test ~all
            inner.test TXT v=spf1 ip4:198.51.100.0/24 ~all
            """);

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Parse("198.51.100.7"), "bob@example.com");

        Assert.Equal(["example.com: include:ok.test", "ok.test: include:inner.test", "inner.test: ip4:198.51.100.0/24"], evaluation.MatchedPath);
        Assert.Equal(
            [
                "example.com: v=spf1 a include:ok.test -all",
                "example.com: a [example.com] did not match",
                "  ok.test: v=spf1 include:inner.test ~all",
                "    inner.test: v=spf1 ip4:198.51.100.0/24 ~all",
                "    inner.test: ip4:198.51.100.0/24 matched: pass",
                "  ok.test: include:inner.test [inner.test] matched: pass",
                "example.com: include:ok.test [ok.test] matched: pass",
            ],
            evaluation.Trace.Select(step => step.ToString()));
    }

    [Fact]
    public async Task Explains_a_fail_in_the_words_of_the_domain_or_in_its_own()
    {
        FakeResolver resolver = Zone.Parse("""
            example.com TXT v=spf1 -all exp=why.example.com
            why.example.com TXT %{i} is none of %{d}'s
            example.org TXT v=spf1 -all
            """);
        SpfEvaluator evaluator = new(resolver);

        SpfEvaluation published = await evaluator.CheckHostAsync(IPAddress.Parse("192.0.2.1"), "bob@example.com");
        SpfEvaluation own = await evaluator.CheckHostAsync(IPAddress.Parse("192.0.2.1"), "bob@example.org");

        Assert.Equal(("192.0.2.1 is none of example.com's", true), (published.Explanation, published.IsExplanationPublished));
        Assert.Equal(("192.0.2.1 is not authorised to send mail for example.org.", false), (own.Explanation, own.IsExplanationPublished));
    }

    /// <summary>A fail is one without the words that explain it: a server that swallows the question for them holds it back for a moment only.</summary>
    [Fact]
    public async Task A_server_that_keeps_the_words_to_itself_does_not_hold_back_the_result()
    {
        SpfEvaluatorOptions options = new() { Deadline = TimeSpan.FromHours(1) };
        SpfEvaluator evaluator = new(new SilentAt("why.example.com", Zone.Parse("example.com TXT v=spf1 -all exp=why.example.com")), options);

        SpfEvaluation evaluation = await evaluator.CheckHostAsync(IPAddress.Parse("192.0.2.1"), "bob@example.com");

        Assert.Equal((AuthenticationResult.Fail, false), (evaluation.Result, evaluation.IsExplanationPublished));
        Assert.NotEmpty(evaluation.Explanation);
    }

    [Fact]
    public async Task Checks_a_domain_that_is_not_the_senders()
    {
        FakeResolver resolver = Zone.Parse("example.com TXT v=spf1 exists:%{o}.ok.test -all\nother.test.ok.test A 127.0.0.2");

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(
            IPAddress.Loopback, "bob@other.test", domain: DomainName.Parse("example.com"));

        Assert.Equal(AuthenticationResult.Pass, evaluation.Result);
    }

    [Fact]
    public async Task A_server_that_never_answers_ends_in_temperror_at_the_deadline()
    {
        SpfEvaluator evaluator = new(new SilentResolver(), new SpfEvaluatorOptions { Deadline = TimeSpan.FromMilliseconds(20) });

        SpfEvaluation evaluation = await evaluator.CheckHostAsync(IPAddress.Loopback, "bob@example.com");

        Assert.Equal(AuthenticationResult.TempError, evaluation.Result);
        Assert.NotEmpty(evaluation.Problem);
    }

    [Fact]
    public async Task Only_the_callers_cancellation_throws()
    {
        using CancellationTokenSource source = new();
        ValueTask<SpfEvaluation> check = new SpfEvaluator(new SilentResolver()).CheckHostAsync(IPAddress.Loopback, "bob@example.com", cancellationToken: source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await check);
    }

    [Fact]
    public async Task A_record_that_includes_fifty_others_in_a_loop_ends_in_permerror()
    {
        FakeResolver resolver = FiftyInALoop();

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Loopback, "bob@d0.test");

        Assert.Equal(AuthenticationResult.PermError, evaluation.Result);
        Assert.InRange(resolver.Queries.Count, 1, 12);
    }

    [Fact]
    public async Task A_record_of_64_kB_is_evaluated()
    {
        FakeResolver resolver = new();
        resolver.Txt("example.com", "v=spf1 " + string.Concat(Enumerable.Range(0, 4_000).Select(at => $"ip4:10.{at / 256}.{at % 256}.1 ")) + "-all");

        SpfEvaluation evaluation = await new SpfEvaluator(resolver).CheckHostAsync(IPAddress.Parse("10.15.100.1"), "bob@example.com");

        Assert.Equal((AuthenticationResult.Pass, "ip4:10.15.100.1"), (evaluation.Result, evaluation.MatchedTerm));
    }

    internal static FakeResolver FiftyInALoop()
    {
        FakeResolver resolver = new();
        for (int at = 0; at < 51; at++)
        {
            resolver.Txt($"d{at}.test", "v=spf1 " + string.Concat(Enumerable.Range(0, 51).Where(other => other != at).Select(other => $"include:d{other}.test ")) + "-all");
        }

        return resolver;
    }

    private sealed class SilentAt(string silent, IDnsResolver inner) : IDnsResolver
    {
        public ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
            (name.StartsWith(silent, StringComparison.Ordinal) ? new SilentResolver() : inner).QueryAsync(name, type, cancellationToken);
    }

    internal sealed class SilentResolver : IDnsResolver
    {
        public async ValueTask<DnsResponse> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new DnsResponse(name, type, DnsStatus.ServFail);
        }
    }
}

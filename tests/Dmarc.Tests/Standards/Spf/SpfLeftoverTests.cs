using System.Net;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>What stands beside the record, or behind it, and does nothing.</summary>
public class SpfLeftoverTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");

    [Theory]
    [InlineData("", true)]
    [InlineData("why.test TXT Not from us: %{i}", false)]
    [InlineData("why.test TXT one\nwhy.test TXT two", true)]
    [InlineData("why.test TXT 100% wrong", true)]
    [InlineData("why.test FAILS Timeout", false)]
    [InlineData("why.test A 192.0.2.1", true)]
    public async Task An_explanation_that_cannot_be_used_is_told(string zone, bool isTold)
    {
        SpfResult result = await new SpfAnalyzer(Zone.Parse("example.com TXT v=spf1 -all exp=why.test\n" + zone)).AnalyzeAsync(Example);

        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == "SpfExplanationUnusable" && finding.Message.Contains("exp=why.test", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("v=spf1 -all exp=%{i}.why.test")]
    [InlineData("v=spf1 include:sub.example.com -all")]
    public async Task An_explanation_that_does_not_count_or_is_not_known_is_left_alone(string record)
    {
        FakeResolver zone = Zone.Parse($"example.com TXT {record}\nsub.example.com TXT v=spf1 -all exp=gone.test");

        SpfResult result = await new SpfAnalyzer(zone).AnalyzeAsync(Example);

        Assert.DoesNotContain(result.Findings, finding => finding.Code == "SpfExplanationUnusable");
    }

    [Fact]
    public async Task The_explanation_behind_a_redirect_counts()
    {
        SpfResult result = await new SpfAnalyzer(Zone.Parse("example.com TXT v=spf1 redirect=sub.example.com\nsub.example.com TXT v=spf1 -all exp=gone.test"))
            .AnalyzeAsync(Example);

        Assert.Contains(result.Findings, finding => finding.Code == "SpfExplanationUnusable" && finding.Position is null);
    }

    [Theory]
    [InlineData("spf2.0/pra include:a.test -all", true)]
    [InlineData("SPF2.0/mfrom,pra -all", true)]
    [InlineData("spf2", false)]
    public async Task A_record_of_Sender_ID_is_told(string text, bool isTold)
    {
        SpfResult result = await new SpfAnalyzer(new FakeResolver().Txt("example.com", "v=spf1 -all", text)).AnalyzeAsync(Example);

        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == "SpfSenderIdLeftover"));
        Assert.Equal((SpfRecordStatus.Found, true), (result.Status, result.Validity));
    }

    [Theory]
    [InlineData("include:b.test ~all", true)]
    [InlineData("ip4:192.0.2.1 ip6:2001:db8::1", true)]
    [InlineData("b.test include:c.test -all", true)]
    [InlineData("-all", true)]
    [InlineData("redirect=b.test", true)]
    [InlineData("all", false)]
    [InlineData("a mx", false)]
    [InlineData("spf2.0/pra mx -all", false)]
    [InlineData("google-site-verification=abc", false)]
    [InlineData("include:b.test is what we use", false)]
    [InlineData("MS=ms12345", false)]
    [InlineData("", false)]
    public async Task The_rest_of_a_record_in_a_TXT_record_of_its_own_is_told(string text, bool isTold)
    {
        SpfResult result = await new SpfAnalyzer(new FakeResolver().Txt("example.com", "v=spf1 ip4:11.0.0.1", text)).AnalyzeAsync(Example);

        Finding? finding = result.Findings.SingleOrDefault(finding => finding.Code == "SpfRecordHalf");
        Assert.Equal(isTold, finding is not null);
        Assert.True(finding is null || (finding.Severity == Severity.Error && finding.Message.Contains(text, StringComparison.Ordinal)));
    }

    /// <summary>For a client with an IPv4 address a host with IPv6 alone is a void look-up (RFC 7208 §4.6.4).</summary>
    [Theory]
    [InlineData(2, true, AuthenticationResult.Pass)]
    [InlineData(3, false, AuthenticationResult.PermError)]
    public async Task Hosts_with_IPv6_alone_are_void_for_IPv4(int hosts, bool isValid, AuthenticationResult outcome)
    {
        string[] names = [.. Enumerable.Range(1, hosts).Select(at => $"m{at}.test")];
        FakeResolver zone = new FakeResolver().Txt("example.com", "v=spf1 mx ip4:192.0.2.1 -all").Mx("example.com", names);
        foreach (string name in names)
        {
            zone.Address(name, "2001:db8::1");
        }

        SpfAnalyzer analyzer = new(zone);
        SpfResult analysis = await analyzer.AnalyzeAsync(Example);
        SpfResult evaluated = await analyzer.EvaluateAsync(analysis, IPAddress.Parse("192.0.2.1"), "bob@example.com");

        Assert.Equal((isValid, hosts, outcome), (analysis.Validity, analysis.VoidLookupCount, evaluated.Result));
        Assert.Contains("m1.test, m2.test", analysis.Findings.Single(finding => finding.Code == "SpfVoidLookupIPv4").Message, StringComparison.Ordinal);
        Assert.Equal(!isValid, analysis.Findings.Any(finding => finding.Code == "SpfTooManyVoidLookups"));
        Assert.False(analysis.Terms[0].IsVoid);
    }
}

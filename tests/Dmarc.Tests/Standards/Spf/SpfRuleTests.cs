using System.Reflection;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>Each rule with a record for which it speaks; <see cref="A_sound_record_has_nothing_to_report"/> has it be silent.</summary>
public class SpfRuleTests
{
    private const string Names = """
        ok.test TXT v=spf1 ip4:11.0.0.1 -all
        ok2.test TXT v=spf1 include:ok.test -all
        open.test TXT v=spf1 +all
        bad.test TXT v=spf1 moo
        two.test TXT v=spf1 a -all
        two.test TXT v=spf1 mx -all
        self.test TXT v=spf1 include:self.test -all
        loop1.test TXT v=spf1 include:loop2.test -all
        loop2.test TXT v=spf1 include:loop1.test -all
        down.test FAILS ServFail
        four1.test A 11.0.1.1
        four2.test A 11.0.1.2
        four3.test A 11.0.1.3
        nullmx.test MX .
        ten.test TXT v=spf1 a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test -all
        eight.test TXT v=spf1 a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test a:four1.test -all
        many.test MX a1.test,a2.test,a3.test,a4.test,a5.test,a6.test,a7.test,a8.test,a9.test,a10.test,a11.test
        _spf.google.com TXT v=spf1 ip4:35.190.247.0/24 ~all
        servers.mcsv.net TXT v=spf1 ip4:205.201.128.0/20 ~all
        """;

    public static TheoryData<string, Severity, string, string> Cases => new()
    {
        { "SpfLookupFailed", Severity.Error, "example.com FAILS Timeout", "Timeout" },
        { "SpfRecordMissing", Severity.Error, "example.com TXT hello", "example.com" },
        { "SpfNearMiss", Severity.Error, "example.com TXT v=spf1;ip4:11.0.0.1;-all", "v=spf1;ip4" },
        { "SpfNearMiss", Severity.Error, "example.com STRINGS  v=spf1 -all", "\" v=spf1 -all\"" },
        { "SpfNearMiss", Severity.Error, "example.com TXT v=spf1ip4:11.0.0.1 -all", "v=spf1ip4" },
        { "SpfNearMiss", Severity.Error, "example.com TXT spf1 -all", "spf1 -all" },
        { "SpfNearMiss", Severity.Error, "example.com TXT 'v=spf1 -all'", "'v=spf1" },
        { "SpfPassesInternet", Severity.Error, "example.com TXT v=spf1 ip4:0.0.0.0/0 -all", "4,294,967,296" },
        { "SpfPassesInternet", Severity.Error, "example.com TXT v=spf1 ip4:0.0.0.0/2 ip4:64.0.0.0/2 -all", "2,147,483,648" },
        { "SpfPassesInternet", Severity.Error, "example.com TXT v=spf1 ip6:::/0 -all", "3.4E+38" },
        { "SpfPassesInternet", Severity.Error, "example.com TXT v=spf1 redirect=wide.test\nwide.test TXT v=spf1 ip6:2000::/3 -all", "IPv6" },
        { "SpfIncludePassesAll", Severity.Error, "example.com TXT v=spf1 include:wide.test -all\nwide.test TXT v=spf1 ip6:::/0 -all", "wide.test" },
        { "SpfModifierMisspelt", Severity.Warning, "example.com TXT v=spf1 redirct=ok.test", "redirect" },
        { "SpfMechanismAsModifier", Severity.Error, "example.com TXT v=spf1 ipv4=1.2.3.4 -all", "ipv4=1.2.3.4" },
        { "SpfMechanismAsModifier", Severity.Error, "example.com TXT v=spf1 inlude=ok.test -all", "inlude=ok.test" },
        { "SpfMechanismMisspelt", Severity.Error, "example.com TXT v=spf1 -al", "\"all\"" },
        { "SpfFailAll", Severity.Information, "example.com TXT v=spf1 redirect=ok.test", "of ok.test" },
        { "SpfPassAll", Severity.Error, "example.com TXT v=spf1 redirect=open.test", "of open.test" },
        { "SpfTooManyLookups", Severity.Error, "example.com TXT v=spf1 include:ten.test a:four1.test -all", "column 125 of ten.test" },
        { "SpfTypeSpfLeftover", Severity.Warning, "example.com SPF v=spf1 mx -all", "no TXT record" },
        { "SpfVoidLookupsIPv6", Severity.Warning, "example.com TXT v=spf1 a:four1.test a:four2.test a:four3.test -all", "\"a:four1.test\" (column 8 of example.com)" },
        { "SpfSplitJoinsTerms", Severity.Error, "example.com STRINGS v=spf1 ip4:11.0.0.1|mx -all", "mx" },
        { "SpfDomainNotFound", Severity.Error, "", "example.com" },
        { "SpfSeveralRecords", Severity.Error, "example.com TXT v=spf1 -all\nexample.com TXT v=spf1 mx -all", "2" },
        { "SpfRecordTooLong", Severity.Warning, $"example.com TXT v=spf1 -all\nexample.com TXT {new string('x', 440)}", "462" },
        { "SpfSplitJoinsTerms", Severity.Error, "example.com STRINGS v=spf1 include:ok.test|include:ok2.test -all", "ok.test" },
        { "SpfSplitJoinsTerms", Severity.Error, "example.com STRINGS v=spf1 include:ok.test|-all", "-all" },
        { "SpfTypeSpfLeftover", Severity.Warning, "example.com TXT v=spf1 -all\nexample.com SPF v=spf1 mx -all", "differs" },
        { "SpfTooManyLookups", Severity.Error, "example.com TXT v=spf1 include:ten.test -all", "11" },
        { "SpfNearLookupLimit", Severity.Warning, "example.com TXT v=spf1 include:eight.test -all", "9" },
        { "SpfTooManyVoidLookups", Severity.Error, "example.com TXT v=spf1 a:v1.test a:v2.test exists:v3.test -all", "3" },
        { "SpfVoidLookup", Severity.Warning, "example.com TXT v=spf1 a:v1.test -all", "NxDomain" },
        { "SpfVoidLookupsIPv6", Severity.Warning, "example.com TXT v=spf1 a:four1.test a:four2.test a:four3.test -all", "3" },
        { "SpfPassAll", Severity.Error, "example.com TXT v=spf1 all", "\"all\"" },
        { "SpfNeutralAll", Severity.Warning, "example.com TXT v=spf1 ?all", "column 8" },
        { "SpfSoftFailAll", Severity.Information, "example.com TXT v=spf1 ~all", "softfail" },
        { "SpfFailAll", Severity.Information, "example.com TXT v=spf1 -all", "-all" },
        { "SpfAllMissing", Severity.Warning, "example.com TXT v=spf1 include:ok.test", "example.com" },
        { "SpfPtr", Severity.Warning, "example.com TXT v=spf1 ptr -all", "\"ptr\" at column 8" },
        { "SpfTermsAfterAll", Severity.Warning, "example.com TXT v=spf1 -all mx", "\"mx\" at column 13" },
        { "SpfRedirectIgnored", Severity.Warning, "example.com TXT v=spf1 redirect=ok.test -all", "redirect=ok.test" },
        { "SpfIncludeWithoutRecord", Severity.Error, "example.com TXT v=spf1 include:four1.test -all", "NoData" },
        { "SpfIncludeWithoutRecord", Severity.Error, "example.com TXT v=spf1 redirect=nowhere.test", "NxDomain" },
        { "SpfIncludeWithoutRecord", Severity.Error, "example.com TXT v=spf1 include:a..test -all", "Malformed" },
        { "SpfIncludeInvalid", Severity.Error, "example.com TXT v=spf1 include:bad.test -all", "moo" },
        { "SpfIncludeInvalid", Severity.Error, "example.com TXT v=spf1 include:two.test -all", "2" },
        { "SpfIncludeFailed", Severity.Warning, "example.com TXT v=spf1 include:down.test -all", "ServFail" },
        { "SpfIncludeFailed", Severity.Warning, "example.com TXT v=spf1 a:down.test -all", "ServFail" },
        { "SpfIncludeSelf", Severity.Error, "example.com TXT v=spf1 include:example.com -all", "include:example.com" },
        { "SpfIncludeLoop", Severity.Error, "example.com TXT v=spf1 include:loop1.test -all", "loop1.test" },
        { "SpfIncludeTwice", Severity.Warning, "example.com TXT v=spf1 include:ok.test include:ok2.test -all", "include:ok2.test > include:ok.test" },
        { "SpfIncludePassesAll", Severity.Error, "example.com TXT v=spf1 include:open.test -all", "open.test" },
        { "SpfAddressNotFound", Severity.Warning, "example.com TXT v=spf1 mx:nullmx.test -all", "nullmx.test" },
        { "SpfTooManyMx", Severity.Error, "example.com TXT v=spf1 mx:many.test -all", "11" },
        { "SpfWideRange", Severity.Warning, "example.com TXT v=spf1 ip4:11.0.0.0/15 -all", "131,072" },
        { "SpfWideRange", Severity.Warning, "example.com TXT v=spf1 ip6:2a00::/31 -all", "2a00::/31" },
        { "SpfWideRange", Severity.Warning, "example.com TXT v=spf1 a:four1.test/8 -all", "11.0.0.0/8" },
        { "SpfSpecialRange", Severity.Warning, "example.com TXT v=spf1 ip4:10.1.2.3 -all", "private" },
        { "SpfSpecialRange", Severity.Warning, "example.com TXT v=spf1 ip4:127.0.0.1 -all", "loopback" },
        { "SpfSpecialRange", Severity.Warning, "example.com TXT v=spf1 ip6:2001:db8:1::/48 -all", "documentation" },
        { "SpfOverlap", Severity.Information, "example.com TXT v=spf1 ip4:11.0.0.0/24 ip4:11.0.0.7 -all", "ip4:11.0.0.0/24" },
        { "SpfOverlap", Severity.Information, "example.com TXT v=spf1 ip4:11.0.0.1 include:ok.test -all", "include:ok.test" },
        { "SpfDuplicateTerm", Severity.Warning, "example.com TXT v=spf1 mx:ok.test +mx:ok.test -all", "column 19" },
        { "SpfMacroTerm", Severity.Information, "example.com TXT v=spf1 exists:%{i}.ok.test -all", "exists" },
        { "SpfHostWithoutRecord", Severity.Information, "example.com TXT v=spf1 a:mail.example.com -all\nmail.example.com A 11.0.0.2", "mail.example.com" },
        { "SpfServiceUnused", Severity.Warning, "example.com TXT v=spf1 include:servers.mcsv.net -all", "Mailchimp" },
        { "SpfSharedService", Severity.Information, "example.com TXT v=spf1 include:_spf.google.com -all", "Google Workspace" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Reports(string code, Severity severity, string zone, string words)
    {
        SpfResult result = await AnalyzeAsync(zone);

        Finding finding = Assert.Single(result.Findings, finding => finding.Code == code);
        Assert.Equal(severity, finding.Severity);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_not_everything_was_followed()
    {
        SpfResult result = await new SpfAnalyzer(SpfEvaluatorTests.FiftyInALoop()).AnalyzeAsync(DomainName.Parse("d0.test"));

        Assert.Contains(result.Findings, finding => finding.Code == "SpfNotFollowed");
    }

    [Theory]
    [InlineData("example.com TXT v=spf1 redirect=example.com")]
    [InlineData("example.com TXT v=spf1 redirect=bad.test")]
    [InlineData("example.com TXT v=spf1 redirect=down.test")]
    [InlineData("example.com TXT v=spf1 redirect=ok.test")]
    public async Task A_redirect_is_an_end(string zone) =>
        Assert.DoesNotContain((await AnalyzeAsync(zone)).Findings, finding => finding.Code == "SpfAllMissing");

    [Fact]
    public async Task The_end_of_a_long_record_is_seen()
    {
        SpfResult result = await AnalyzeAsync("example.com TXT v=spf1 " + string.Concat(Enumerable.Repeat("ip4:11.0.0.1 ", 2_100)) + "-all");

        Assert.Equal("-all", result.All);
        Assert.DoesNotContain(result.Findings, finding => finding.Code == "SpfAllMissing");
    }

    /// <summary>Names that have only IPv6 addresses are void look-ups for senders with IPv4, and removing them would shut the others out.</summary>
    [Fact]
    public async Task Names_of_IPv6_hosts_are_not_to_be_removed()
    {
        SpfResult result = await AnalyzeAsync(
            "example.com TXT v=spf1 a:six1.test a:six2.test a:six3.test -all\nsix1.test A 2a00:1::1\nsix2.test A 2a00:1::2\nsix3.test A 2a00:1::3");
        Finding finding = result.Findings.Single(finding => finding.Code == "SpfTooManyVoidLookups");

        Assert.StartsWith("For a sender with an IPv4 address, 3 look-ups ", finding.Message, StringComparison.Ordinal);
        Assert.Contains("replace names that have only IPv6 addresses with ip6 terms", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Void_lookups_past_the_twentieth_are_counted()
    {
        SpfResult result = await AnalyzeAsync("example.com TXT v=spf1 " + string.Concat(Enumerable.Range(0, 23).Select(at => $"a:v{at}.test ")) + "-all");

        Assert.Contains(" and 3 more", result.Findings.Single(finding => finding.Code == "SpfTooManyVoidLookups").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=spf1 ip4:11.0.0.0/24 include:ok.test ~all")]
    [InlineData("v=spf1 ip4:11.0.0.0/16 ip6:2a00:1::/32 mx:two.example ~all")]
    [InlineData("v=spf1 redirect=soft.test")]
    public async Task A_sound_record_has_nothing_to_report(string record)
    {
        SpfResult result = await AnalyzeAsync($"""
            example.com TXT {record}
            two.example MX mail.two.example
            mail.two.example A 11.1.0.9
            soft.test TXT v=spf1 ip4:11.0.0.9 ~all
            """);

        Assert.True(result.Validity);
        Assert.Equal(["SpfSoftFailAll"], result.Findings.Select(finding => finding.Code).Except(["SpfOverlap"]));
    }

    [Theory]
    [InlineData("example.com MX aspmx.l.google.com")]
    [InlineData("example.com TXT google-site-verification=abc")]
    [InlineData("google._domainkey.example.com TXT v=DKIM1; p=")]
    [InlineData("google._domainkey.example.com FAILS ServFail")]
    public async Task A_sign_of_a_service_is_enough(string sign)
    {
        SpfResult result = await AnalyzeAsync("example.com TXT v=spf1 include:_spf.google.com ~all\n" + sign);

        Assert.DoesNotContain(result.Findings, finding => finding.Code == "SpfServiceUnused");
    }

    [Fact]
    public void Every_kind_of_finding_has_its_texts()
    {
        object[] arguments = [.. Enumerable.Range(0, 8).Select(at => "x" + at)];
        foreach (FieldInfo field in typeof(SpfFindings).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            FindingDescriptor descriptor = (FindingDescriptor)field.GetValue(null)!;
            Assert.Equal("Spf" + field.Name, descriptor.Code);
            Assert.EndsWith(".", descriptor.Create(arguments).Message.Replace("x4", ".", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private static Task<SpfResult> AnalyzeAsync(string zone) =>
        new SpfAnalyzer(Zone.Parse(Names + "\n" + zone)).AnalyzeAsync(DomainName.Parse("example.com"));
}

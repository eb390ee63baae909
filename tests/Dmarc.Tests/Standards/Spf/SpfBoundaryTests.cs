using System.Net;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards;
using Dmarc.Standards.Spf;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>Each limit of RFC 7208 at it and one beyond it, as users see it.</summary>
public class SpfBoundaryTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");
    private static readonly IPAddress Client = IPAddress.Parse("203.0.113.9");

    /// <summary>The warning begins at eight: the next service that is added, or grows, may take two or three look-ups, and two are left.</summary>
    [Theory]
    [InlineData(7, true, AuthenticationResult.Pass, "")]
    [InlineData(8, true, AuthenticationResult.Pass, "SpfNearLookupLimit")]
    [InlineData(9, true, AuthenticationResult.Pass, "SpfNearLookupLimit")]
    [InlineData(10, true, AuthenticationResult.Pass, "SpfNearLookupLimit")]
    [InlineData(11, false, AuthenticationResult.PermError, "SpfTooManyLookups")]
    public async Task Look_ups_are_warned_of_from_eight_and_end_at_ten(int number, bool isValid, AuthenticationResult outcome, string finding)
    {
        FakeResolver zone = Lookups(number);

        (SpfResult analysis, SpfResult checkedResult) = await CheckAsync(zone);

        Assert.Equal((isValid, number, outcome), (analysis.Validity, analysis.LookupCount, checkedResult.Result));
        Assert.Equal(
            finding.Length == 0 ? [] : [finding],
            analysis.Findings.Select(each => each.Code).Where(code => code is "SpfNearLookupLimit" or "SpfTooManyLookups"));
        Assert.Equal(isValid ? "Found" : "11 of 10 look-ups", analysis.Outcome);
    }

    [Theory]
    [InlineData(2, true, AuthenticationResult.Pass)]
    [InlineData(3, false, AuthenticationResult.PermError)]
    public async Task Void_look_ups(int number, bool isValid, AuthenticationResult outcome)
    {
        FakeResolver zone = new();
        zone.Txt("example.com", "v=spf1 " + string.Concat(Enumerable.Range(0, number).Select(at => $"a:v{at}.test ")) + "ip4:203.0.113.9 -all");

        (SpfResult analysis, SpfResult checkedResult) = await CheckAsync(zone);

        Assert.Equal((isValid, number, outcome), (analysis.Validity, analysis.VoidLookupCount, checkedResult.Result));
        Assert.Equal(!isValid, analysis.Findings.Any(each => each.Code == "SpfTooManyVoidLookups"));
        Assert.Equal(isValid ? "Found" : "3 of 2 void look-ups", analysis.Outcome);
    }

    /// <summary>A record that is broken by something else is not said to break a limit that it only reaches.</summary>
    [Theory]
    [InlineData(9, 0, "PermError")]
    [InlineData(10, 0, "11 of 10 look-ups")]
    [InlineData(0, 2, "PermError")]
    [InlineData(0, 3, "3 of 2 void look-ups")]
    public async Task What_a_broken_record_is_said_to_break(int lookups, int voids, string outcome)
    {
        FakeResolver zone = Lookups(lookups).TxtStrings("broken.test", "v=spf1 ip4:x -all");
        SpfResult result = await new SpfAnalyzer(zone).AnalyzeAsync(Example, new SpfAnalysisRequest
        {
            Record = "v=spf1 " + string.Concat(Enumerable.Range(0, lookups).Select(at => $"a:h{at}.test "))
                + string.Concat(Enumerable.Range(0, voids).Select(at => $"a:v{at}.test ")) + "include:broken.test -all",
        });

        Assert.Equal((false, outcome), (result.Validity, result.Outcome));
    }

    /// <summary>Names with IPv4 addresses alone cost a sender with an IPv6 address void look-ups: told from the third on, and beside two for all.</summary>
    [Theory]
    [InlineData(0, 2, false)]
    [InlineData(0, 3, true)]
    [InlineData(2, 0, false)]
    [InlineData(2, 1, true)]
    [InlineData(3, 0, false)]
    public async Task Void_look_ups_of_IPv6_senders(int both, int ipv6, bool isTold)
    {
        SpfResult result = await new SpfAnalyzer(Lookups(ipv6)).AnalyzeAsync(Example, new SpfAnalysisRequest
        {
            Record = "v=spf1 " + string.Concat(Enumerable.Range(0, ipv6).Select(at => $"a:h{at}.test "))
                + string.Concat(Enumerable.Range(0, both).Select(at => $"a:v{at}.test ")) + "-all",
        });

        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == "SpfVoidLookupsIPv6"));
    }

    [Theory]
    [InlineData(10, true, AuthenticationResult.Pass)]
    [InlineData(11, false, AuthenticationResult.PermError)]
    public async Task Mail_exchanges(int number, bool isValid, AuthenticationResult outcome)
    {
        FakeResolver zone = new();
        string[] names = [.. Enumerable.Range(1, number).Select(at => $"m{at}.test")];
        zone.Txt("example.com", "v=spf1 mx:mail.test ip4:203.0.113.9 -all").Mx("mail.test", names);
        foreach (string name in names)
        {
            zone.Address(name, "11.0.0.1");
        }

        (SpfResult analysis, SpfResult checkedResult) = await CheckAsync(zone, new SpfAnalysisRequest { Flattens = true });

        Assert.Equal((isValid, outcome), (analysis.Validity, checkedResult.Result));
        Assert.Equal(!isValid, analysis.Findings.Any(each => each.Code == "SpfTooManyMx"));
        Assert.Equal(isValid ? "" : "mx:mail.test", analysis.Flattened!.KeptTerms.ToString());
        Assert.Equal(isValid ? "Found" : "PermError", analysis.Outcome);
    }

    /// <summary>The tenth mail exchange is looked at.</summary>
    [Fact]
    public async Task The_tenth_mail_exchange_counts()
    {
        FakeResolver zone = new();
        string[] names = [.. Enumerable.Range(1, 10).Select(at => $"m{at}.test")];
        zone.Txt("example.com", "v=spf1 mx:mail.test -all").Mx("mail.test", names);
        for (int at = 0; at < names.Length; at++)
        {
            zone.Address(names[at], "203.0.113." + at);
        }

        (SpfResult analysis, SpfResult checkedResult) = await CheckAsync(zone);

        Assert.Equal((AuthenticationResult.Pass, 10L), (checkedResult.Result, analysis.IPv4AddressCount));
    }

    [Theory]
    [InlineData(10, AuthenticationResult.Pass)]
    [InlineData(11, AuthenticationResult.Fail)]
    public async Task Names_of_an_address(int place, AuthenticationResult outcome)
    {
        FakeResolver zone = new();
        string[] names = [.. Enumerable.Range(1, 12).Select(at => at == place ? "ok.example.com" : $"p{at}.test")];
        zone.Txt("example.com", "v=spf1 ptr -all").Ptr("9.113.0.203.in-addr.arpa", names).Address("ok.example.com", "203.0.113.9");

        (_, SpfResult checkedResult) = await CheckAsync(zone);

        Assert.Equal(outcome, checkedResult.Result);
    }

    /// <summary>The same of the macro p, which takes any of the first ten names.</summary>
    [Theory]
    [InlineData(10, AuthenticationResult.Pass)]
    [InlineData(11, AuthenticationResult.Fail)]
    public async Task Names_of_an_address_in_a_macro(int place, AuthenticationResult outcome)
    {
        FakeResolver zone = new();
        string[] names = [.. Enumerable.Range(1, 12).Select(at => at == place ? "ok.test" : $"p{at}.test")];
        zone.Txt("example.com", "v=spf1 exists:%{p}.list.test -all").Ptr("9.113.0.203.in-addr.arpa", names)
            .Address("ok.test", "203.0.113.9").Address("ok.test.list.test", "127.0.0.2");

        (_, SpfResult checkedResult) = await CheckAsync(zone);

        Assert.Equal(outcome, checkedResult.Result);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task Look_ups_that_flattening_leaves(int kept, bool isTooMany)
    {
        FakeResolver zone = new();
        zone.Txt("example.com", "v=spf1 " + string.Concat(Enumerable.Range(0, kept).Select(at => $"exists:%{{i}}.e{at}.test ")) + "a:host.test -all");
        zone.Address("host.test", "11.0.0.1");

        SpfResult result = await new SpfAnalyzer(zone).AnalyzeAsync(Example, new SpfAnalysisRequest { Flattens = true });

        Assert.Equal((kept + 1, kept), (result.Flattened!.LookupsBefore, result.Flattened.LookupsAfter));
        Assert.Equal(isTooMany, result.Findings.Any(finding => finding.Code == "SpfFlattenedTooLarge"));
    }

    [Theory]
    [InlineData(9, 10, null)]
    [InlineData(10, 11, MailDomainChangeKind.LookupLimitExceeded)]
    [InlineData(11, 10, MailDomainChangeKind.LookupLimitMet)]
    [InlineData(11, 12, null)]
    public void Look_ups_in_a_comparison_of_audits(int before, int after, MailDomainChangeKind? kind)
    {
        MailDomainChange[] changes = [.. new MailDomainComparer([Snapshot(before)]).Compare(Snapshot(after))];

        Assert.Equal(kind is null ? [] : [kind.Value], changes.Select(change => change.Kind));
    }

    [Theory]
    [InlineData("ip4:11.0.0.0/16", "SpfWideRange", false)]
    [InlineData("ip4:11.0.0.0/15", "SpfWideRange", true)]
    [InlineData("ip6:2a00::/32", "SpfWideRange", false)]
    [InlineData("ip6:2a00::/31", "SpfWideRange", true)]
    [InlineData("ip4:64.0.0.0/2", "SpfPassesInternet", false)]
    [InlineData("ip4:0.0.0.0/1", "SpfPassesInternet", true)]
    [InlineData("ip6:2000::/4", "SpfPassesInternet", false)]
    [InlineData("ip6:2000::/3", "SpfPassesInternet", true)]
    public async Task Wide_ranges(string term, string code, bool isTold)
    {
        SpfResult result = await new SpfAnalyzer(Zone.Parse($"example.com TXT v=spf1 {term} -all")).AnalyzeAsync(Example);

        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == code));
    }

    [Theory]
    [InlineData(450, false)]
    [InlineData(451, true)]
    public async Task Length_of_a_record(int length, bool isTold)
    {
        string record = "v=spf1 " + string.Concat(Enumerable.Range(10, 20).Select(at => $"ip4:11.0.0.{at} "));
        record += "x=" + new string('y', length - Example.ToString().Length - record.Length - 7) + " -all";

        SpfResult result = await new SpfAnalyzer(new FakeResolver().Txt("example.com", record)).AnalyzeAsync(Example);

        Assert.Equal(isTold, result.Findings.Any(finding => finding.Code == "SpfRecordTooLong"));
    }

    private static FakeResolver Lookups(int number)
    {
        FakeResolver zone = new();
        for (int at = 0; at < number; at++)
        {
            zone.Address($"h{at}.test", $"11.0.0.{at}");
        }

        return zone.Txt("example.com", "v=spf1 " + string.Concat(Enumerable.Range(0, number).Select(at => $"a:h{at}.test ")) + "ip4:203.0.113.9 -all");
    }

    private static async Task<(SpfResult Analysis, SpfResult Checked)> CheckAsync(FakeResolver zone, SpfAnalysisRequest? request = null)
    {
        SpfAnalyzer analyzer = new(zone);
        SpfResult analysis = await analyzer.AnalyzeAsync(Example, request);
        return (analysis, await analyzer.EvaluateAsync(analysis, Client, "bob@example.com"));
    }

    private static MailDomainSnapshot Snapshot(int lookups) => new()
    {
        Domain = "example.com",
        Status = MailDomainStatus.Complete,
        SpfStatus = SpfRecordStatus.Found,
        SpfRecord = "v=spf1 include:a.test -all",
        SpfAll = "-all",
        SpfLookupCount = lookups,
    };
}

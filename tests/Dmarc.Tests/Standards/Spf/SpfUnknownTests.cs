using System.Collections;
using System.Reflection;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Tests.Advice.Audit;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Standards.Spf;

/// <summary>What a failed look-up would have told is empty: no False, no zero, no default stands for it.</summary>
public class SpfUnknownTests
{
    private static readonly DomainName Example = DomainName.Parse("example.com");

    public static TheoryData<DnsStatus> Failures => [DnsStatus.Timeout, DnsStatus.ServFail, DnsStatus.Refused, DnsStatus.Malformed, DnsStatus.NetworkError];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Nothing_is_claimed_of_a_domain_that_could_not_be_asked(DnsStatus failure)
    {
        SpfResult result = await new SpfAnalyzer(new FakeResolver().Fails("example.com", failure)).AnalyzeAsync(Example);

        AssertEmpty(result, nameof(SpfResult.Domain), nameof(SpfResult.Status), nameof(SpfResult.DnsFailure), nameof(SpfResult.DnsStatus), nameof(SpfResult.IsPublished), nameof(SpfResult.Outcome), nameof(SpfResult.Findings));
        Assert.Same(DBNull.Value, result.IsValid);
        Assert.Null(result.LookupCount);
        Assert.Null(result.All);
        Assert.Null(result.Record);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_comparison_with_a_record_that_could_not_be_asked_for_claims_nothing(DnsStatus failure)
    {
        SpfResult result = await new SpfAnalyzer(new FakeResolver().Fails("example.com", failure))
            .AnalyzeAsync(Example, new SpfAnalysisRequest { Record = "v=spf1 -all", Compares = true });

        AssertEmpty(
            result.Comparison!,
            nameof(SpfComparison.PublishedStatus),
            nameof(SpfComparison.PublishedDnsFailure),
            nameof(SpfComparison.PublishedDnsStatus),
            nameof(SpfComparison.ProposedRecord),
            nameof(SpfComparison.LookupsAfter),
            nameof(SpfComparison.VoidLookupsAfter),
            nameof(SpfComparison.AllAfter));
        Assert.Equal((0, 0, "-all"), (result.Comparison!.LookupsAfter, result.Comparison.VoidLookupsAfter, result.Comparison.AllAfter));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_term_that_could_not_be_asked_leaves_the_sums_open(DnsStatus failure)
    {
        FakeResolver zone = Zone.Parse("example.com TXT v=spf1 ip4:11.0.0.1 include:down.test -all").Fails("down.test", failure);

        SpfResult result = await new SpfAnalyzer(zone).AnalyzeAsync(Example);
        SpfTermResult term = result.Terms[1];

        Assert.Equal((null, null, null, null, null), (result.Validity, result.LookupCount, result.VoidLookupCount, result.IPv4AddressCount, result.IPv6AddressCount));
        Assert.Equal(("v=spf1 ip4:11.0.0.1 include:down.test -all", "-all"), (result.Record, result.All));
        Assert.Equal((null, null, null, null, null), (term.IsVoid, term.VoidLookups, term.IPv4AddressCount, term.IPv6AddressCount, term.Record));
        Assert.Equal(1L, result.Terms[0].IPv4AddressCount);
    }

    /// <summary>What is broken already stays so, whatever the rest would have told.</summary>
    [Theory]
    [InlineData("include:nowhere.test include:down.test", "PermError", null)]
    [InlineData("a:1.test a:2.test a:3.test a:4.test a:5.test a:6.test a:7.test a:8.test a:9.test a:10.test include:down.test", "11 of 10 look-ups", 11)]
    public async Task A_failed_look_up_mends_nothing(string terms, string outcome, int? lookups)
    {
        FakeResolver zone = Zone.Parse($"example.com TXT v=spf1 {terms} -all\ndown.test FAILS Timeout");
        for (int at = 1; at <= 10; at++)
        {
            zone.Address(at + ".test", "11.0.0." + at);
        }

        SpfResult result = await new SpfAnalyzer(zone).AnalyzeAsync(Example);

        Assert.Equal((false, outcome, lookups), (result.Validity, result.Outcome, result.LookupCount));
    }

    [Fact]
    public async Task The_end_behind_a_redirect_that_could_not_be_asked_is_open()
    {
        SpfResult result = await new SpfAnalyzer(Zone.Parse("example.com TXT v=spf1 redirect=down.test\ndown.test FAILS Timeout")).AnalyzeAsync(Example);

        Assert.Null(result.All);
    }

    [Theory]
    [InlineData("v=spf1 include:nowhere.test -all", "PermError", "include:nowhere.test")]
    [InlineData("v=spf1 a:1.x.test a:2.x.test a:3.x.test -all", "3 of 2 void look-ups", "3 look-ups")]
    [InlineData("v=spf1 include:contoso.com -all", "PermError", "include:contoso.com")]
    [InlineData("v=spf1 ipv4:203.0.113.1 -all", "Invalid", "ipv4:203.0.113.1")]
    [InlineData("v=spf1 exists:%{i}.e1.test exists:%{i}.e2.test exists:%{i}.e3.test exists:%{i}.e4.test exists:%{i}.e5.test exists:%{i}.e6.test exists:%{i}.e7.test exists:%{i}.e8.test exists:%{i}.e9.test exists:%{i}.e10.test exists:%{i}.e11.test -all", "11 of 10 look-ups", "exists:%{i}.e11.test")]
    public async Task The_audit_names_the_number_and_the_term(string record, string outcome, string words)
    {
        MailDomainResult result = await PostureBed.InspectAsync(PostureBed.Sound("spf").Txt("contoso.com", record));

        Assert.Equal(outcome, result.SpfOutcome);
        Assert.Contains(words, result.GradeReasons.Single(reason => reason.Rule == "SpfBroken").ToString(), StringComparison.Ordinal);
        Assert.Contains(words, result.NextSteps.Single(step => step.Rule == "SpfBroken").ToString(), StringComparison.Ordinal);
    }

    private static void AssertEmpty(object value, params string[] known)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties().Where(property => !known.Contains(property.Name)))
        {
            object? each = property.GetValue(value);
            Assert.True(
                each is null or DBNull or "" or ICollection { Count: 0 } || each is IEnumerable items && !items.Cast<object>().Any(),
                property.Name + " is " + each);
        }
    }
}

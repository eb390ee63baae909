using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Domains;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Records;

public class DmarcRecordInspectorTests
{
    private const string Clean = "v=DMARC1; p=reject; rua=mailto:d@example.com";

    private static Task<DmarcRecordResult> InspectAsync(FakeResolver resolver, string domain = "example.com", bool probe = true) =>
        new DmarcRecordInspector(resolver, new DmarcInspectionOptions { ProbeWrongNames = probe, WildcardProbeLabel = "probe" })
            .InspectAsync(DomainName.Parse(domain));

    private static FakeResolver With(string record) => new FakeResolver().Txt("_dmarc.example.com", record)
        .Mx("example.com", "mx.example.com").Address("mx.example.com", "192.0.2.25");

    private static string[] Codes(DmarcRecordResult result) => [.. result.Findings.Select(finding => finding.Code)];

    [Fact]
    public async Task A_good_record_has_no_findings()
    {
        DmarcRecordResult result = await InspectAsync(With(Clean));

        Assert.Empty(result.Findings);
        Assert.Equal(DmarcRecordStatus.Found, result.Status);
        Assert.Equal("example.com", result.RecordDomain);
        Assert.Equal(Clean, result.Record);
        Assert.Equal(DmarcPolicy.Reject, result.Policy);
        Assert.Equal(DmarcPolicy.Reject, result.SubdomainPolicy);
        Assert.Equal(DmarcPolicy.Reject, result.NonexistentSubdomainPolicy);
        Assert.Equal(DmarcPolicy.Reject, result.EffectivePolicy);
        Assert.Equal(["mailto:d@example.com"], result.AggregateReportUri);
        Assert.Equal("mailto:d@example.com", result.AggregateReportUri.ToString());
        Assert.True(result.DomainExists);
        Assert.Equal(["_dmarc.example.com", "_dmarc.com"], result.Walk.Select(step => step.QueryName));
        Assert.Empty(result.ReportAuthorization);
    }

    [Theory]
    [InlineData("v=DMARC1; rua=mailto:d@example.com", "DmarcPolicyMissing")]
    [InlineData("v=DMARC1; p=x; rua=mailto:d@example.com", "DmarcPolicyTreatedAsNone")]
    [InlineData("v=DMARC1; p=reject; sp=x; rua=mailto:d@example.com", "DmarcPolicyTreatedAsNone")]
    [InlineData("v=DMARC1; p=reject; np=x", "DmarcRecordIgnored")]
    [InlineData("v=DMARC1; adkim=s", "DmarcRecordIgnored")]
    [InlineData("v=DMARC1; p=none; rua=mailto:d@example.com", "DmarcPolicyNone")]
    [InlineData("v=DMARC1; p=reject; sp=none", "DmarcSubdomainPolicyWeaker")]
    [InlineData("v=DMARC1; p=quarantine; np=none", "DmarcNonexistentPolicyWeaker")]
    [InlineData("v=DMARC1; p=none; sp=reject; np=none", "DmarcNonexistentPolicyWeaker")]
    [InlineData("v=DMARC1; p=none; sp=reject; np=quarantine", "DmarcNonexistentPolicyWeaker")]
    [InlineData("v=DMARC1; p=reject", "DmarcAggregateReportsMissing")]
    [InlineData("v=DMARC1; p=reject; fo=1", "DmarcFailureOptionsUnused")]
    [InlineData("v=DMARC1; p=reject; pct=20", "DmarcPercentageBelow100")]
    [InlineData("v=DMARC1; p=reject; t=y", "DmarcTestingMode")]
    [InlineData("v=DMARC1; p=none; t=y", "DmarcTestingWithoutEffect")]
    [InlineData("v=DMARC1; p=reject; adkim=s", "DmarcStrictAlignment")]
    [InlineData("v=DMARC1; p=reject; aspf=s", "DmarcStrictSpfWithoutRecord")]
    [InlineData("v=DMARC1; p=reject; psd=y", "DmarcPublicSuffixMisused")]
    [InlineData("v=DMARC1; p=reject; psd=y; ruf=mailto:d@example.com", "DmarcPublicSuffixFailureReports")]
    [InlineData("v=DMARC1; p=reject; ptc=100", "DmarcTagMisspelt")]
    [InlineData("v=dmarc1; p=reject", "DmarcVersionWrongCase")]
    public async Task Says_what_a_record_gets_wrong(string record, string code) =>
        Assert.Contains(code, Codes(await InspectAsync(With(record))));

    /// <summary>A wildcard that leads nowhere is no alias of the name itself, and can be taken by others all the same.</summary>
    [Theory]
    [InlineData(true, "MailDomainWildcardDangling")]
    [InlineData(false, "DmarcAliasDangling")]
    public async Task A_wildcard_that_leads_nowhere_is_told(bool isWildcard, string code)
    {
        FakeResolver zone = new FakeResolver().Mx("example.com", "mx.example.com").Alias("_dmarc.example.com", "gone.vendor.test");
        zone = isWildcard ? zone.Alias("_dmarc.probe.example.com", "gone.vendor.test") : zone;

        Assert.Equal(code, Assert.Single(Codes(await InspectAsync(zone)), each => each.EndsWith("Dangling", StringComparison.Ordinal)));
    }

    /// <summary>Below the domain of the record, that p is none says nothing where sp or np applies.</summary>
    [Theory]
    [InlineData("p=none; sp=quarantine; np=reject", true, false, false)]
    [InlineData("p=none; sp=quarantine", true, false, false)]
    [InlineData("p=none; np=reject", true, true, false)]
    [InlineData("p=none", true, true, true)]
    [InlineData("p=none; sp=none; np=none", true, true, true)]
    [InlineData("p=none; sp=reject; t=y", true, false, false)]
    public async Task A_policy_of_none_is_told_where_it_applies(string tags, bool atDomain, bool below, bool atMissing)
    {
        FakeResolver zone = With("v=DMARC1; " + tags + "; rua=mailto:d@example.com").Address("sub.example.com", "192.0.2.9");

        Assert.Equal(atDomain, Codes(await InspectAsync(zone)).Contains("DmarcPolicyNone"));
        Assert.Equal(below, Codes(await InspectAsync(zone, "sub.example.com")).Contains("DmarcPolicyNone"));
        Assert.Equal(atMissing, Codes(await InspectAsync(zone, "nope.example.com")).Contains("DmarcPolicyNone"));
    }

    [Theory]
    [InlineData("p=reject; t=y", "receivers apply quarantine instead of reject.")]
    [InlineData("p=reject; sp=reject; t=y", "receivers apply quarantine instead of reject.")]
    [InlineData("p=quarantine; np=reject; t=y", "receivers apply p=none; np=quarantine instead of p=quarantine; np=reject.")]
    [InlineData("p=none; sp=reject; t=y", "receivers apply sp=quarantine instead of sp=reject.")]
    public async Task Test_mode_names_what_each_tag_comes_to(string tags, string words) =>
        Assert.Contains((await InspectAsync(With("v=DMARC1; " + tags))).Findings, finding => finding.Message.Contains(words, StringComparison.Ordinal));

    [Theory]
    [InlineData("hosted.vendor.example", "DmarcRecordAlias")]
    [InlineData("gone.vendor.example", "DmarcAliasDangling")]
    public async Task Says_where_an_alias_leads(string target, string code)
    {
        FakeResolver resolver = new FakeResolver()
            .Mx("example.com", "mx.example.com").Address("mx.example.com", "192.0.2.25")
            .Alias("_dmarc.example.com", target)
            .Txt("hosted.vendor.example", Clean);

        Finding finding = Assert.Single((await InspectAsync(resolver)).Findings, finding => finding.Code == code);
        Assert.Contains(target, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=DMARC1; p=quarantine; sp=reject; np=reject; rua=mailto:d@example.com", "Weaker")]
    [InlineData("v=DMARC1; p=reject; ruf=mailto:d@example.com; fo=1", "FailureOptionsUnused")]
    [InlineData("v=DMARC1; p=reject; psd=n", "PublicSuffix")]
    [InlineData("v=DMARC1; p=reject; psd=n", "OrganizationSplit")]
    [InlineData("v=DMARC1; p=reject; sp=quarantine; np=none", "SubdomainPolicyIgnored")]
    [InlineData("v=DMARC1; p=reject; pct=100", "PercentageBelow100")]
    public async Task Is_silent_where_nothing_is_wrong(string record, string code) =>
        Assert.DoesNotContain(Codes(await InspectAsync(With(record))), each => each.Contains(code, StringComparison.Ordinal));

    [Fact]
    public async Task The_gravest_finding_comes_first_and_points_into_the_record()
    {
        DmarcRecordResult result = await InspectAsync(With("v=DMARC1; pct=50; p=none; rua=joe@example.com"));

        Assert.Equal(Severity.Error, result.Findings[0].Severity);
        Assert.Equal(result.Findings.OrderByDescending(finding => finding.Severity), result.Findings);
        Assert.Equal(10, result.Findings.Single(finding => finding.Code == "DmarcPercentageBelow100").Position);
    }

    [Fact]
    public async Task A_wildcard_of_the_parent_puts_no_record_at_the_domain()
    {
        // *.example.com answers for the name itself and for all below it.
        FakeResolver resolver = new FakeResolver()
            .Txt("news.example.com", Clean)
            .Txt("_dmarc.news.example.com", Clean)
            .Txt("_dmarc.probe.news.example.com", Clean);

        Assert.DoesNotContain("DmarcRecordAtDomain", Codes(await InspectAsync(resolver, "news.example.com", true)));
        Assert.Contains("DmarcRecordAtDomain", Codes(await InspectAsync(resolver.Txt("_dmarc.example.org", Clean).Txt("example.org", Clean), "example.org", true)));
    }

    [Fact]
    public async Task Policies_that_nobody_looks_at_are_not_called_weak_as_well()
    {
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc.example.com", Clean)
            .Txt("_dmarc.news.example.com", "v=DMARC1; p=reject; sp=none; np=none; rua=mailto:d@example.com");
        string[] codes = Codes(await InspectAsync(resolver, "news.example.com"));

        Assert.Contains("DmarcSubdomainPolicyIgnored", codes);
        Assert.DoesNotContain(codes, code => code.Contains("Weaker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_name_of_a_record_stands_for_its_domain()
    {
        DmarcRecordResult result = await InspectAsync(With(Clean), "_dmarc.example.com");

        Assert.Equal("example.com", result.Domain);
        Assert.Equal(Clean, result.Record);
        Assert.Equal(["DmarcPrefixRemoved"], Codes(result));
    }

    [Fact]
    public async Task Says_that_there_is_no_record_and_what_to_publish()
    {
        DmarcRecordResult result = await InspectAsync(new FakeResolver().Address("example.com", "192.0.2.1"));

        Finding finding = Assert.Single(result.Findings);
        Assert.Equal("DmarcRecordMissing", finding.Code);
        Assert.Contains("_dmarc.example.com", finding.Remedy, StringComparison.Ordinal);
        Assert.Null(result.Record);
        Assert.Null(result.EffectivePolicy);
    }

    [Fact]
    public async Task Says_that_the_domain_does_not_exist()
    {
        DmarcRecordResult result = await InspectAsync(new FakeResolver());

        Assert.Equal(DmarcRecordStatus.DomainNotFound, result.Status);
        Assert.Contains("DmarcDomainMissing", Codes(result));
    }

    [Fact]
    public async Task Says_that_there_are_several_records()
    {
        DmarcRecordResult result = await InspectAsync(new FakeResolver().Txt("_dmarc.example.com", Clean, "v=DMARC1; p=none"));

        Assert.Equal(DmarcRecordStatus.Multiple, result.Status);
        Assert.Contains("DmarcRecordMultiple", Codes(result));
        Assert.Null(result.EffectivePolicy);
    }

    [Fact]
    public async Task Says_that_a_look_up_failed()
    {
        DmarcRecordResult result = await InspectAsync(new FakeResolver().Fails("_dmarc.example.com", DnsStatus.Timeout));

        Assert.Equal((DmarcRecordStatus.DnsFailure, DnsFailure.Timeout), (result.Status, result.DnsFailure));
        Assert.Equal("DmarcDnsFailure", result.Findings[0].Code);
        Assert.Contains("Timeout", result.Findings[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("DmarcRecordMissing", Codes(result));
    }

    [Fact]
    public async Task Says_that_a_look_up_above_the_record_failed() =>
        Assert.Contains("DmarcWalkIncomplete", Codes(await InspectAsync(With(Clean).Fails("_dmarc.com", DnsStatus.ServFail))));

    [Fact]
    public async Task Says_that_existence_is_not_known() => Assert.Contains(
        "DmarcExistenceUnknown",
        Codes(await InspectAsync(With("v=DMARC1; p=none; np=reject").Fails("sub.example.com", DnsStatus.ServFail), "sub.example.com")));

    [Fact]
    public async Task Says_whose_record_applies()
    {
        DmarcRecordResult result = await InspectAsync(
            With("v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@example.com").Address("sub.example.com", "192.0.2.1"),
            "sub.example.com");

        Assert.Contains("DmarcRecordInherited", Codes(result));
        Assert.Equal(DmarcPolicy.Quarantine, result.EffectivePolicy);
        Assert.Equal("sp", result.PolicyTag);
        Assert.Equal("example.com", result.OrganizationalDomain);
    }

    [Fact]
    public async Task Finds_a_record_at_the_domain_itself() =>
        Assert.Contains("DmarcRecordAtDomain", Codes(await InspectAsync(new FakeResolver().Txt("example.com", "v=spf1 -all", Clean))));

    [Theory]
    [InlineData("_dmarc._dmarc.example.com")]
    [InlineData("_dmarc.example.com.example.com")]
    public async Task Finds_a_record_at_a_doubled_name(string name)
    {
        DmarcRecordResult result = await InspectAsync(new FakeResolver().Txt(name, Clean));

        Finding finding = Assert.Single(result.Findings, each => each.Code == "DmarcRecordAtDoubledName");
        Assert.Contains(name, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_other_texts_beside_the_record() => Assert.Contains(
        "DmarcOtherTextAtName",
        Codes(await InspectAsync(new FakeResolver().Txt("_dmarc.example.com", Clean, "v=spf1 -all"))));

    [Fact]
    public async Task Finds_a_wildcard_that_answers_with_a_record()
    {
        DmarcRecordResult result = await InspectAsync(new FakeResolver().Txt("*.example.com", Clean));

        Assert.Contains("DmarcWildcardRecord", Codes(result));
        Assert.DoesNotContain("DmarcRecordAtDoubledName", Codes(result));
    }

    [Fact]
    public async Task Finds_a_wildcard_that_takes_the_effect_from_np() => Assert.Contains(
        "DmarcWildcardHidesNonexistence",
        Codes(await InspectAsync(With("v=DMARC1; p=quarantine; np=reject").Txt("*.example.com", "hello"))));

    [Fact]
    public async Task Asks_wrong_names_only_when_told_to()
    {
        FakeResolver with = With(Clean);
        FakeResolver without = With(Clean);
        await InspectAsync(with);
        await InspectAsync(without, probe: false);

        // Two of them ask whether the domain of rua takes mail: one of these a cache has the answer to, the other is for the host of its MX.
        Assert.Equal(9, with.Queries.Count);
        Assert.Equal(5, without.Queries.Count);
    }

    [Fact]
    public async Task A_long_name_without_a_record_is_told_of_the_names_that_are_skipped() =>
        Assert.Contains("DmarcWalkSkipsNames", Codes(await InspectAsync(With(Clean), "a.b.c.d.e.f.g.example.com")));

    [Fact]
    public async Task A_record_that_no_longer_name_finds_is_told_of()
    {
        DmarcRecordResult result = await InspectAsync(
            new FakeResolver().Txt("_dmarc.a.b.c.d.e.f.example.com", Clean),
            "a.b.c.d.e.f.example.com");

        Assert.Contains("DmarcLabelLimit", Codes(result));
    }

    [Fact]
    public async Task sp_below_the_organisation_is_told_of_as_without_effect() => Assert.Contains(
        "DmarcSubdomainPolicyIgnored",
        Codes(await InspectAsync(With(Clean).Txt("_dmarc.sub.example.com", "v=DMARC1; p=none; sp=reject"), "sub.example.com")));

    [Fact]
    public async Task An_organisation_of_its_own_below_another_is_told_of() => Assert.Contains(
        "DmarcOrganizationSplit",
        Codes(await InspectAsync(With(Clean).Txt("_dmarc.sub.example.com", "v=DMARC1; p=none; psd=n"), "sub.example.com")));

    [Fact]
    public async Task A_public_suffix_without_psd_is_told_of() => Assert.Contains(
        "DmarcPublicSuffixUnmarked",
        Codes(await InspectAsync(new FakeResolver().Txt("_dmarc.co.uk", Clean), "co.uk")));

    [Fact]
    public async Task Strict_SPF_with_a_record_to_pass_is_only_noted()
    {
        string[] codes = Codes(await InspectAsync(With("v=DMARC1; p=reject; aspf=s").Txt("example.com", "v=spf1 mx -all")));

        Assert.Contains("DmarcStrictAlignment", codes);
        Assert.DoesNotContain("DmarcStrictSpfWithoutRecord", codes);
    }

    [Theory]
    [InlineData("absent", "DmarcDestinationUnauthorized", ReportAuthorizationStatus.NotAuthorized)]
    [InlineData("no domain", "DmarcDestinationDomainMissing", ReportAuthorizationStatus.NotAuthorized)]
    [InlineData("failure", "DmarcDestinationCheckFailed", ReportAuthorizationStatus.DnsFailure)]
    [InlineData("redirected", "DmarcDestinationRedirected", ReportAuthorizationStatus.Authorized)]
    [InlineData("refused", "DmarcDestinationRedirectRefused", ReportAuthorizationStatus.RedirectRefused)]
    [InlineData("agreed", null, ReportAuthorizationStatus.Authorized)]
    public async Task Says_whether_a_destination_takes_the_reports(string state, string? code, ReportAuthorizationStatus expected)
    {
        const string Name = "example.com._report._dmarc.reports.example.net";
        FakeResolver resolver = With("v=DMARC1; p=reject; rua=mailto:d@reports.example.net");
        resolver = state == "no domain" ? resolver : resolver.Mx("reports.example.net", "mx.example.net").Address("mx.example.net", "192.0.2.26");
        resolver = state switch
        {
            "failure" => resolver.Fails(Name, DnsStatus.ServFail),
            "redirected" => resolver.Txt(Name, "v=DMARC1; rua=mailto:other@reports.example.net"),
            "refused" => resolver.Txt(Name, "v=DMARC1; rua=mailto:other@example.org"),
            "agreed" => resolver.Txt(Name, "v=DMARC1"),
            _ => resolver,
        };
        DmarcRecordResult result = await InspectAsync(resolver);

        DmarcReportAuthorization authorization = Assert.Single(result.ReportAuthorization);
        Assert.Equal(expected, authorization.Status);
        Assert.Equal(Name, authorization.QueryName);
        string[] expectedCodes = [.. new[] { code, authorization.Authorized == false ? "DmarcAggregateReportsMissing" : null }.OfType<string>()];
        Assert.Equal(expectedCodes, Codes(result));
    }

    [Fact]
    public async Task Says_that_a_destination_cannot_be_asked()
    {
        string label = new('a', 60);
        string domain = string.Join(".", label, label, label, "example.com");
        string host = string.Join(".", label, "example.net");
        FakeResolver resolver = new FakeResolver()
            .Txt("_dmarc." + domain, "v=DMARC1; p=reject; rua=mailto:d@" + host)
            .Mx(host, "mx.example.net");

        Assert.Contains("DmarcDestinationNameTooLong", Codes(await InspectAsync(resolver, domain)));
    }

    [Fact]
    public async Task A_destination_below_the_organisation_that_is_one_of_its_own_must_agree()
    {
        FakeResolver resolver = With("v=DMARC1; p=reject; rua=mailto:d@dept.example.com").Txt("_dmarc.dept.example.com", "v=DMARC1; p=none; psd=n");
        DmarcRecordResult result = await InspectAsync(resolver);

        Assert.Equal(ReportAuthorizationStatus.NotAuthorized, Assert.Single(result.ReportAuthorization).Status);
    }

    [Fact]
    public async Task Destinations_are_asked_once_the_record_is_known_and_all_at_once()
    {
        FakeResolver resolver = With("v=DMARC1; p=reject; rua=mailto:d@a.example.net,mailto:d@b.example.org; ruf=mailto:d@c.example.net");
        DmarcRecordResult result = await InspectAsync(resolver);

        Assert.Equal(["rua", "rua", "ruf"], result.ReportAuthorization.Select(each => each.Tag));
        Assert.Equal(3, resolver.Queries.Count(query => query.Name.Contains("._report._dmarc.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Reads_a_text_without_any_look_up()
    {
        DmarcRecordResult result = new DmarcRecordInspector(null).InspectText("v=DMARC1; p=reject; t=y; ptc=1", DomainName.Parse("example.com"));

        Assert.Equal(DmarcRecordStatus.Found, result.Status);
        Assert.Equal(DmarcPolicy.Quarantine, result.EffectivePolicy);
        Assert.Equal("example.com", result.Domain);
        Assert.Contains("DmarcTagMisspelt", Codes(result));
        Assert.Equal(DmarcRecordStatus.Invalid, new DmarcRecordInspector(null).InspectText("hello").Status);
    }

    [Fact]
    public async Task Without_a_resolver_no_domain_can_be_inspected() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new DmarcRecordInspector(null).InspectAsync(DomainName.Parse("example.com")));

    [Fact]
    public void An_input_that_is_no_name_is_a_result_too()
    {
        DmarcRecordResult result = DmarcRecordResult.ForInvalidDomainName("a b", "'a b' is not a domain name.");

        Assert.Equal(DmarcRecordStatus.InvalidDomainName, result.Status);
        Assert.Equal("'a b' is not a domain name.", Assert.Single(result.Findings).Message);
    }
}

using Dmarc.Advice.Audit;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Audit;

/// <summary>The findings of many domains in one table tell which domain, selector and term they are about.</summary>
public class FindingSubjectTests
{
    [Theory]
    [InlineData("")]
    [InlineData("mta-sts")]
    [InlineData("tlsrpt")]
    [InlineData("dkim")]
    public async Task Each_part_names_the_domain(string without)
    {
        FakeResolver resolver = PostureBed.Sound("spf", "dmarc", without)
            .Txt("contoso.com", "v=spf1 ptr include:nobody.example -all")
            .Txt("_dmarc.contoso.com", "v=DMARC1; p=none; x=y");
        MailDomainResult result = await PostureBed.InspectAsync(resolver);

        Assert.NotEmpty(result.Findings);
        IEnumerable<Finding> parts = new[]
        {
            result.Mx?.Findings, result.MtaSts?.Findings, result.TlsRpt?.Findings, result.Bimi?.Findings, result.Dane?.Findings, result.Spf?.Findings,
            result.Dmarc?.Findings,
        }.SelectMany(findings => findings ?? []);
        Assert.All(result.Findings.Concat(parts), finding => Assert.Equal("contoso.com", finding.Domain));
        Assert.All(result.Dkim, key => Assert.All(key.Findings, finding => Assert.Equal(key.Selector, finding.Selector)));
        Assert.All(result.NextSteps, step => Assert.Equal("contoso.com", step.Domain));
        Assert.All(result.GradeReasons, reason => Assert.Equal("contoso.com", reason.Domain));
    }

    [Theory]
    [InlineData("v=spf1 ptr -all", "SpfPtr", "ptr")]
    [InlineData("v=spf1 -all a:b.example", "SpfTermsAfterAll", "a:b.example")]
    [InlineData("v=spf1 ip4:192.0.2.300 -all", "SpfIPv4AddressInvalid", "ip4:192.0.2.300")]
    [InlineData("v=spf1 -all redirect=b.example", "SpfRedirectIgnored", "redirect=b.example")]
    public async Task A_finding_about_a_term_names_it(string record, string code, string term)
    {
        SpfResult result = await new SpfAnalyzer(new FakeResolver().Txt("contoso.com", record)).AnalyzeAsync(DomainName.Parse("contoso.com"));

        Finding finding = Assert.Single(result.Findings, finding => finding.Code == code);
        Assert.Equal(("contoso.com", term), (finding.Domain, finding.Term));
    }

    [Fact]
    public void A_finding_about_a_tag_names_it()
    {
        DmarcRecordResult result = new DmarcRecordInspector(null).InspectText("v=DMARC1; p=none; aspf=x; rua=mailto:d@contoso.com", DomainName.Parse("contoso.com"));

        Assert.Contains(result.Findings, finding => finding is { Term: "aspf", Domain: "contoso.com" });
    }

    /// <summary>Strangers choose terms and selectors.</summary>
    [Fact]
    public void What_it_is_about_is_shown_with_escapes()
    {
        Finding finding = new("X", Severity.Warning, "x") { Domain = "a\u001b", Selector = "b\u001b", Term = "c\u001b", Source = "d\u001b" };

        Assert.Equal((@"a\u001B", @"b\u001B", @"c\u001B", @"d\u001B"), (finding.Domain, finding.Selector, finding.Term, finding.Source));
    }
}

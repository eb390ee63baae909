using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Aggregate;

/// <summary>What a report says about itself is held against RFC 9990, element by element.</summary>
public class ReportHeaderRulesTests
{
    [Theory]
    [InlineData("<p>reject</p>", "<p>maybe</p>", "p")]
    [InlineData("<sp>reject</sp>", "<sp>maybe</sp>", "sp")]
    [InlineData("<sp>reject</sp>", "<sp>reject</sp><np>maybe</np>", "np")]
    [InlineData("<adkim>r</adkim>", "<adkim>maybe</adkim>", "adkim")]
    [InlineData("<aspf>r</aspf>", "<aspf>maybe</aspf>", "aspf")]
    [InlineData("<pct>100</pct>", "<pct>maybe</pct>", "pct")]
    [InlineData("<pct>100</pct>", "<testing>maybe</testing>", "testing")]
    [InlineData("<pct>100</pct>", "<discovery_method>maybe</discovery_method>", "discovery_method")]
    public void A_value_outside_its_set_is_told_with_its_element(string usual, string other, string element)
    {
        ReadResult result = ReadResult.OfXml(Xml(Record()).Replace(usual, other, StringComparison.Ordinal));

        string message = Assert.Single(result.Findings, finding => finding.Code == "ReportValueUnknown").Message;
        Assert.Contains($"'maybe' of {element} is", message, StringComparison.Ordinal);
        Assert.Equal(2, result.Messages);
    }

    [Theory]
    [InlineData("<pct>100</pct>", "<pct></pct>")]
    [InlineData("<pct>100</pct>", "<testing></testing>")]
    [InlineData("<pct>100</pct>", "<testing>y</testing>")]
    [InlineData("<pct>100</pct>", "<discovery_method>treewalk</discovery_method>")]
    public void A_value_of_its_set_or_none_is_not(string usual, string other) =>
        Assert.DoesNotContain("ReportValueUnknown", ReadResult.OfXml(Xml(Record()).Replace(usual, other, StringComparison.Ordinal)).Codes);

    [Theory]
    [InlineData("<report_id>id-1</report_id>", "<report_id></report_id>", "ReportValueMissing")]
    [InlineData("<org_name>Reporter</org_name><email>dmarc@reporter.example</email>", "", "ReportValueMissing")]
    [InlineData("<p>reject</p>", "", "ReportValueMissing")]
    [InlineData("<domain>example.com</domain><adkim>", "<domain></domain><adkim>", "ReportDomainMissing")]
    [InlineData("<begin>1700000000</begin>", "<begin>soon</begin>", "ReportTimeInvalid")]
    [InlineData("<end>1700086399</end>", "<end>soon</end>", "ReportTimeInvalid")]
    [InlineData("<begin>1700000000</begin>", "", "ReportTimeMissing")]
    [InlineData("<end>1700086399</end>", "<end/>", "ReportTimeMissing")]
    [InlineData("<end>1700086399</end>", "<end>1699999999</end>", "ReportTimeReversed")]
    public void What_is_missing_or_wrong_is_told(string usual, string other, string code) =>
        Assert.Contains(code, ReadResult.OfXml(Xml(Record()).Replace(usual, other, StringComparison.Ordinal)).Codes);

    [Fact]
    public void A_report_may_end_when_it_begins() =>
        Assert.DoesNotContain("ReportTimeReversed", ReadResult.OfXml(Xml(Record()).Replace("1700086399", "1700000000", StringComparison.Ordinal)).Codes);

    [Fact]
    public void An_unknown_outcome_of_SPF_is_told() =>
        Assert.Contains("ReportValueUnknown", ReadResult.OfXml(Xml(Record(spf: "maybe"))).Row.Findings.Select(finding => finding.Code));
}

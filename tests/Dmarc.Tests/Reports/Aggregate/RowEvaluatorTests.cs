using Dmarc.Reports.Aggregate;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports.Aggregate;

/// <summary>What is worked out anew, and what is said where the receiver's evaluation differs (RFC 9989 §4.4).</summary>
public class RowEvaluatorTests
{
    [Theory]
    [InlineData("§4.4.1 same domain", "r", "example.com", "example.com", true)]
    [InlineData("§4.4.1 relaxed, subdomain", "r", "mail.example.com", "example.com", true)]
    [InlineData("§4.4.1 relaxed, sibling", "r", "a.example.com", "b.example.com", true)]
    [InlineData("§4.4.1 strict, subdomain", "s", "mail.example.com", "example.com", false)]
    [InlineData("§4.4.1 strict, equal", "s", "EXAMPLE.com", "example.COM", true)]
    [InlineData("§4.4.1 other domain", "r", "example.net", "example.com", false)]
    [InlineData("public suffix is not shared", "r", "a.co.uk", "b.co.uk", false)]
    [InlineData("mode absent means relaxed", "", "mail.example.com", "example.com", true)]
    public void Dkim_and_spf_alignment(string because, string mode, string domain, string from, bool aligned)
    {
        string xml = Xml(Record(from: from, auth: DkimEntry(domain) + SpfEntry(domain)))
            .Replace("<adkim>r</adkim><aspf>r</aspf>", $"<adkim>{mode}</adkim><aspf>{mode}</aspf>", StringComparison.Ordinal);
        AggregateReportRow row = ReadResult.OfXml(xml).Row;

        Assert.True(aligned == row.ComputedDkimAligned, because);
        Assert.True(aligned == row.ComputedSpfAligned, because);
        Assert.True(aligned == row.ComputedPassed, because);
    }

    [Theory]
    [InlineData("fail")]
    [InlineData("none")]
    [InlineData("neutral")]
    [InlineData("temperror")]
    [InlineData("hardfail")]
    public void Only_pass_authenticates(string result) =>
        Assert.False(ReadResult.OfXml(Xml(Record(auth: DkimEntry("example.com", result) + SpfEntry("example.com", result)))).Row.ComputedPassed);

    /// <summary>Mail whose SPF is aligned was not forwarded, though the receiver says that SPF failed.</summary>
    [Theory]
    [InlineData("forwarder.example", true)]
    [InlineData("example.com", false)]
    public void Forwarded_is_what_only_the_signature_saves(string mailFrom, bool isForwarded)
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(dkim: "pass", spf: "fail", auth: DkimEntry("example.com") + SpfEntry(mailFrom)))).Row;

        Assert.Equal(isForwarded, row.Findings.Any(finding => finding.Code == "ReportForwarded"));
    }

    [Theory]
    [InlineData("a signature of another domain", "fail", "fail", "ReportDkimOtherDomain")]
    [InlineData("an aligned signature evaluated as fail", "fail", "fail", "ReportDkimFailDespitePass")]
    [InlineData("no signature, yet pass", "pass", "fail", "ReportDkimPassDespiteNone")]
    [InlineData("SPF of another domain", "fail", "fail", "ReportSpfOtherDomain")]
    [InlineData("aligned SPF evaluated as fail", "fail", "fail", "ReportSpfFailDespitePass")]
    [InlineData("no SPF, yet pass", "fail", "pass", "ReportSpfPassDespiteNone")]
    [InlineData("forwarded", "pass", "fail", "ReportForwarded")]
    public void Disagreements_are_explained(string situation, string dkim, string spf, string code)
    {
        string auth = situation switch
        {
            "a signature of another domain" => DkimEntry("esp.example"),
            "an aligned signature evaluated as fail" => DkimEntry("mail.example.com"),
            "no signature, yet pass" => SpfEntry("esp.example", "fail"),
            "SPF of another domain" => SpfEntry("esp.example"),
            "aligned SPF evaluated as fail" => SpfEntry("bounce.example.com"),
            "no SPF, yet pass" => DkimEntry("esp.example", "fail"),
            _ => DkimEntry("example.com") + SpfEntry("forwarder.example"),
        };
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(dkim: dkim, spf: spf, auth: auth))).Row;

        Assert.Contains(code, row.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Strict_mode_is_named_as_the_reason()
    {
        string xml = Xml(Record(dkim: "fail", spf: "fail", auth: DkimEntry("mail.example.com") + SpfEntry("bounce.example.com")))
            .Replace("<adkim>r</adkim><aspf>r</aspf>", "<adkim>s</adkim><aspf>s</aspf>", StringComparison.Ordinal);
        AggregateReportRow row = ReadResult.OfXml(xml).Row;

        Assert.Contains("A DKIM signature passed for 'mail.example.com', but strict alignment asks for exactly the From domain 'example.com'.", row.Findings.Select(finding => finding.Message));
        Assert.Contains("ReportSpfStrict", row.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Overrides_and_unexplained_dispositions_are_told()
    {
        ReadResult result = ReadResult.OfXml(Xml(
            Record(dkim: "fail", auth: "", reason: "<reason><type>local_policy</type><comment>arc=pass</comment></reason>"),
            Record(dkim: "fail", auth: ""),
            Record(dkim: "fail", auth: "", disposition: "reject")));

        Assert.Contains("ReportOverridden", result.Rows[0].Findings.Select(finding => finding.Code));
        Assert.DoesNotContain("ReportDispositionUnexplained", result.Rows[0].Findings.Select(finding => finding.Code));
        Assert.Contains("ReportDispositionUnexplained", result.Rows[1].Findings.Select(finding => finding.Code));
        Assert.Empty(result.Rows[2].Findings);
    }

    [Theory]
    [InlineData("<envelope_from>example.com</envelope_from>", false)]
    [InlineData("<envelope_from></envelope_from>", true)]
    [InlineData("", true)]
    public void Helo_counts_only_for_the_null_sender(string envelope, bool aligned) =>
        Assert.Equal(aligned, ReadResult.OfXml(Xml(Record(identifiers: envelope, auth: SpfEntry("mx.example.com", "pass", "helo")))).Row.ComputedSpfAligned);

    [Fact]
    public void Without_a_From_domain_nothing_is_computed()
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(from: "not a domain"))).Row;

        Assert.Null(row.ComputedPassed);
        Assert.Null(row.ComputedDkimAligned);
        Assert.Contains("ReportHeaderFromInvalid", row.Findings.Select(finding => finding.Code));
        Assert.True(row.Passed);
    }

    [Fact]
    public void A_row_as_it_should_be_has_no_findings() =>
        Assert.Empty(ReadResult.OfXml(Xml(Record(spf: "pass", auth: DkimEntry("example.com") + SpfEntry("bounce.example.com")))).Row.Findings);

    [Theory]
    [InlineData("quarantined with a pass of DKIM", "quarantine", "pass", "fail", true)]
    [InlineData("rejected with a pass of SPF", "reject", "fail", "pass", true)]
    [InlineData("rejected with both", "reject", "pass", "pass", true)]
    [InlineData("nothing done", "none", "pass", "pass", false)]
    [InlineData("passed as RFC 9990 has it", "pass", "pass", "pass", false)]
    [InlineData("rejected with neither", "reject", "fail", "fail", false)]
    [InlineData("quarantined with neither", "quarantine", "fail", "fail", false)]
    public void A_pass_that_was_not_delivered(string because, string disposition, string dkim, string spf, bool isFound) =>
        Assert.True(isFound == ReadResult.OfXml(Xml(Record(disposition: disposition, dkim: dkim, spf: spf))).Row.Findings
            .Any(finding => finding.Code == "ReportPassNotDelivered"), because);

    [Theory]
    [InlineData("", "filter")]
    [InlineData("<reason><type>local_policy</type></reason>", "local_policy")]
    [InlineData("<reason><type>local_policy</type><comment>arc=fail</comment></reason>", "ARC")]
    public void What_can_explain_a_pass_that_was_not_delivered_is_told(string reason, string word)
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(disposition: "quarantine", reason: reason))).Row;
        Dmarc.Text.Finding finding = Assert.Single(row.Findings, each => each.Code == "ReportPassNotDelivered");

        Assert.Contains(word, finding.Message, StringComparison.Ordinal);
        Assert.Contains("192.0.2.1", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<reason>forwarded</reason>", "forwarded", 0)]
    [InlineData("<reason> Mailing_List <comment>a list</comment></reason>", "Mailing_List: a list", 0)]
    [InlineData("<reason><![CDATA[sampled_out]]></reason>", "sampled_out", 0)]
    [InlineData("<reason>because</reason>", "because", 0)]
    [InlineData("<reason><type>other</type>forwarded</reason>", "other: forwarded", 0)]
    [InlineData("<reason><comment>a list</comment>because</reason>", "a list", 1)]
    [InlineData("<reason>forwarded<type>other</type></reason>", "other", 0)]
    [InlineData("<reason>forwarded other</reason>", "forwarded other", 0)]
    [InlineData("<reason/><reason><type/><comment/></reason>", "", 0)]
    public void The_kind_of_a_reason_may_stand_without_an_element(string reason, string read, int warnings)
    {
        ReadResult result = ReadResult.OfXml(Xml(Record(reason: reason)));

        Assert.Equal(read, string.Join("; ", result.Row.OverrideReasons));
        Assert.Equal(warnings, result.Findings.Count(finding => finding.Severity == Dmarc.Text.Severity.Warning));
    }

    [Theory]
    [InlineData("the domain itself has p", "example.com", "reject", "none", "none", true)]
    [InlineData("the domain itself has not sp", "example.com", "none", "reject", "none", false)]
    [InlineData("a subdomain has sp", "a.example.com", "none", "reject", "none", true)]
    [InlineData("a subdomain has not p", "a.example.com", "reject", "none", "none", false)]
    [InlineData("a subdomain without sp has p", "a.example.com", "reject", "", "none", true)]
    [InlineData("case and final dot mean nothing", "Example.COM.", "none", "reject", "none", false)]
    [InlineData("milder than reject", "a.example.com", "none", "reject", "quarantine", true)]
    [InlineData("exactly as asked", "a.example.com", "none", "quarantine", "quarantine", false)]
    [InlineData("milder than quarantine", "a.example.com", "none", "quarantine", "none", true)]
    [InlineData("harsher than none", "a.example.com", "reject", "none", "quarantine", true)]
    public void The_policy_that_a_disposition_is_held_against(string because, string from, string p, string sp, string disposition, bool isUnexplained)
    {
        string xml = Xml(Record(from: from, disposition: disposition, dkim: "fail", spf: "fail", auth: DkimEntry("esp.example", "fail")))
            .Replace("<p>reject</p><sp>reject</sp>", $"<p>{p}</p><sp>{sp}</sp>", StringComparison.Ordinal);

        Assert.True(isUnexplained == ReadResult.OfXml(xml).Row.Findings.Any(finding => finding.Code == "ReportDispositionUnexplained"), because);
    }

    [Theory]
    [InlineData("pass", "fail", true, true, false)]
    [InlineData("fail", "pass", true, false, true)]
    [InlineData("pass", "pass", true, true, true)]
    [InlineData("fail", "fail", false, false, false)]
    public void Either_mechanism_is_enough(string dkim, string spf, bool passed, bool dkimAligned, bool spfAligned)
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(dkim: dkim, spf: spf, auth: DkimEntry("example.com", dkim) + SpfEntry("example.com", spf)))).Row;

        Assert.Equal((passed, dkimAligned, spfAligned), (row.Passed, row.DkimAligned, row.SpfAligned));
        Assert.Equal((passed, dkimAligned, spfAligned), (row.ComputedPassed, row.ComputedDkimAligned, row.ComputedSpfAligned));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Totals;
using Dmarc.Standards;
using Dmarc.Tests.Reports.Writing;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Rows: every element of RFC 9990 and RFC 7489, and values outside their sets.</summary>
public class AggregateRowTests
{
    [Fact]
    public void RFC_9990_report_is_read_whole()
    {
        AggregateReportRow row = ReadResult.OfXml(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0" xmlns:x="urn:example:x">
              <version>1.0</version>
              <report_metadata>
                <org_name>受信者株式会社</org_name><email>dmarc@reporter.example</email>
                <extra_contact_info lang="en">https://reporter.example/dmarc</extra_contact_info>
                <report_id>3v98abbp8ya9n3va8yr8oa3ya</report_id>
                <date_range><begin>302832000</begin><end>302918399</end></date_range>
                <error lang="en">one lookup failed</error><generator>Example DMARC v1.2</generator>
              </report_metadata>
              <policy_published>
                <domain>example.com</domain><p>quarantine</p><sp>none</sp><np>reject</np><adkim>s</adkim><aspf>r</aspf>
                <discovery_method>treewalk</discovery_method><fo>1:d</fo><testing>y</testing>
              </policy_published>
              <extension><x:node><x:arc-override>never</x:arc-override></x:node></extension>
              <record>
                <row><source_ip>2001:DB8::0:1</source_ip><count>12345678901</count>
                  <policy_evaluated><disposition>pass</disposition><dkim>pass</dkim><spf>fail</spf>
                    <reason><type>policy_test_mode</type><comment>t=y</comment></reason><reason><type>other</type></reason></policy_evaluated></row>
                <identifiers><header_from>example.com</header_from><envelope_from/><envelope_to>rcpt.example</envelope_to></identifiers>
                <auth_results>
                  <dkim><domain>example.com</domain><selector>abc123</selector><result>pass</result></dkim>
                  <dkim><domain>list.example</domain><selector>l</selector><result>policy</result><human_result lang="en">weak key</human_result></dkim>
                  <spf><domain>list.example</domain><scope>mfrom</scope><result>policy</result><human_result>local</human_result></spf>
                </auth_results>
                <x:note>kept</x:note>
              </record>
            </feedback>
            """).Row;

        Assert.Equal("受信者株式会社", row.OrganizationName);
        Assert.Equal("dmarc@reporter.example", row.OrganizationEmail);
        Assert.Equal("https://reporter.example/dmarc", row.ExtraContactInfo);
        Assert.Equal("3v98abbp8ya9n3va8yr8oa3ya", row.ReportId);
        Assert.Equal(new DateTime(1979, 8, 7, 0, 0, 0, DateTimeKind.Utc), row.Begin);
        Assert.Equal(DateTimeKind.Utc, row.End!.Value.Kind);
        Assert.Equal("Example DMARC v1.2", row.Generator);
        Assert.Equal(["one lookup failed"], row.ReportErrors);
        Assert.Equal(ReportSchema.Rfc9990, row.Schema);
        Assert.Equal("example.com", row.Domain);
        Assert.Equal(ReportedPolicy.Quarantine, row.Policy);
        Assert.Equal(ReportedPolicy.None, row.SubdomainPolicy);
        Assert.Equal(ReportedPolicy.Reject, row.NonexistentSubdomainPolicy);
        Assert.Equal(ReportedAlignmentMode.Strict, row.DkimAlignmentMode);
        Assert.Equal(ReportedAlignmentMode.Relaxed, row.SpfAlignmentMode);
        Assert.Null(row.Percentage);
        Assert.Equal("1:d", row.FailureOptions);
        Assert.True(row.Testing);
        Assert.Equal(ReportedDiscoveryMethod.TreeWalk, row.DiscoveryMethod);
        Assert.Equal("2001:db8::1", row.SourceIP);
        Assert.Equal(12345678901, row.Count);
        Assert.Equal(ReportedDisposition.Pass, row.Disposition);
        Assert.Equal(ReportedOutcome.Pass, row.DkimResult);
        Assert.Equal(ReportedOutcome.Fail, row.SpfResult);
        Assert.Equal(
            [new OverrideReason(AggregateWords.ReasonType("policy_test_mode"), "t=y"), new OverrideReason(AggregateWords.ReasonType("other"), "")],
            row.OverrideReasons);
        Assert.Equal(("example.com", "", "rcpt.example"), (row.HeaderFrom, row.EnvelopeFrom, row.EnvelopeTo));
        Assert.Equal(
            [
                new ReportedDkim("example.com", "abc123", AggregateWords.DkimResult("pass"), ""),
                new ReportedDkim("list.example", "l", AggregateWords.DkimResult("policy"), "weak key"),
            ],
            row.Dkim);
        Assert.Equal([new ReportedSpf("list.example", AggregateWords.Scope("mfrom"), AggregateWords.SpfResult("policy"), "local")], row.Spf);
        Assert.Equal([new ReportExtension("note", "urn:example:x", "kept")], row.Extensions);
        Assert.Equal([new ReportExtension("node/arc-override", "urn:example:x", "never")], row.GetReport().Extensions);
        Assert.True(row.Passed);
        Assert.Equal("test", row.Path);
    }

    [Theory]
    [InlineData(" xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\"", "<version>1.0</version>", ReportSchema.Rfc9990)]
    [InlineData(" xmlns=\"http://dmarc.org/dmarc-xml/0.1\"", "", ReportSchema.Rfc7489)]
    [InlineData("", "<version>1.0</version>", ReportSchema.Rfc7489)]
    [InlineData("", "", ReportSchema.Draft)]
    [InlineData(" xmlns=\"urn:another\"", "", ReportSchema.Draft)]
    public void Edition_is_told_by_namespace_and_version(string attributes, string version, ReportSchema expected) =>
        Assert.Equal(expected, ReadResult.OfXml($"<feedback{attributes}>{version}{Metadata}{PolicyPublished}{Record()}</feedback>").Row.Schema);

    [Fact]
    public void Prefixed_names_are_read()
    {
        string xml = Xml(Record()).Replace("<feedback>", "<feedback xmlns:d=\"urn:ietf:params:xml:ns:dmarc-2.0\">", StringComparison.Ordinal);
        xml = Regex.Replace(xml, "<(/?)([a-z])", "<$1d:$2");

        Assert.Equal((2, "example.com"), (ReadResult.OfXml(xml).Row.Count, ReadResult.OfXml(xml).Row.Domain));
    }

    [Fact]
    public void Values_outside_the_sets_are_kept_as_text()
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(
            disposition: "delivered",
            dkim: "maybe",
            spf: "Pass",
            reason: "<reason><type>because</type></reason>",
            auth: DkimEntry("example.com", "invalid") + SpfEntry("example.com", "hardfail", "envelope")))).Row;

        Assert.Equal((ReportedDisposition.Unknown, "delivered"), (row.Disposition, row.DispositionText));
        Assert.Equal((ReportedOutcome.Unknown, "maybe"), (row.DkimResult, row.DkimResultText));
        Assert.Equal((ReportedOutcome.Pass, "", "Pass"), (row.SpfResult, row.SpfResultText, row.WrittenSpfResult.Text));
        Assert.Equal((OverrideReasonType.Unknown, "because"), (row.OverrideReasons[0].Type, row.OverrideReasons[0].TypeText));
        Assert.Equal((AuthenticationResult.Unknown, "invalid"), (row.Dkim[0].Result, row.Dkim[0].ResultText));
        Assert.Equal((AuthenticationResult.Unknown, "hardfail"), (row.Spf[0].Result, row.Spf[0].ResultText));
        Assert.Equal((ReportedSpfScope.Unknown, "envelope"), (row.Spf[0].Scope, row.Spf[0].ScopeText));
        Assert.Equal(6, row.Findings.Count(finding => finding.Code == "ReportValueUnknown"));
    }

    [Theory]
    [InlineData("12.0", 12, null)]
    [InlineData("1.000", 0, "1.000")]
    [InlineData("12.00", 12, null)]
    [InlineData("1,000", 0, "1,000")]
    [InlineData(" 7 ", 7, null)]
    [InlineData("9223372036854775807", long.MaxValue, null)]
    [InlineData("9223372036854775808", 0, "9223372036854775808")]
    [InlineData("-1", 0, "-1")]
    [InlineData("many", 0, "many")]
    [InlineData("1e3", 0, "1e3")]
    [InlineData("0x10", 0, "0x10")]
    [InlineData("+3", 0, "+3")]
    [InlineData("\uFF13", 0, "\uFF13")]
    [InlineData("\u200B3", 0, "\u200B3")]
    [InlineData("\0", 0, "\uFFFD")]
    [InlineData("1\0002", 0, "1\uFFFD002")]
    [InlineData("&#0;", 0, "\uFFFD")]
    [InlineData("1&#0;", 0, "1\uFFFD")]
    [InlineData("", 0, "")]
    [InlineData("99999999999999999999999", 0, "99999999999999999999999")]
    public void Counts_are_numbers_or_kept_as_text(string text, long count, string? kept)
    {
        ReadResult result = ReadResult.OfXml(Xml(Record(count: text)));
        AggregateReportRow row = result.Row;

        Assert.Equal((count, kept), (row.Count, row.CountText));
        Assert.Equal(kept is not null, row.Findings.Any(finding => finding.Code == "ReportCountInvalid"));

        // What is not known is said at the row, in the warnings of the file, and by an empty field of an export.
        Assert.Equal(kept is not null, result.Findings.Any(finding => finding is { Code: "ReportRecordsIncomplete", Severity: Severity.Warning }));
        using ExportBed bed = new();
        bed.Export("x.ndjson", [row]);
        Assert.Contains(kept is null ? "\"count\":" + count : "\"count\":null", bed.Read("x.ndjson"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<dkim>pass</dkim><spf>fail</spf>", false)]
    [InlineData("<dkim>fail</dkim><spf>fail</spf>", false)]
    [InlineData("<dkim>pass</dkim>", false)]
    [InlineData("<spf>Pass</spf>", false)]
    [InlineData("<dkim>fail</dkim>", true)]
    [InlineData("<spf>fail</spf>", true)]
    [InlineData("<dkim/><spf/>", true)]
    [InlineData("<dkim>fail</dkim><spf>perhaps</spf>", true)]
    [InlineData("", true)]
    public void Records_without_an_evaluation_are_told(string outcome, bool isTold)
    {
        string xml = Regex.Replace(Xml(Record(), Record()), "<disposition>.*?</policy_evaluated>", outcome + "</policy_evaluated>");
        ReadResult result = ReadResult.OfXml(xml);

        Assert.Equal(2, result.Rows.Count);
        Assert.Equal(isTold ? 1 : 0, result.Findings.Count(finding => finding is { Code: "ReportRecordsUnevaluated", Severity: Severity.Warning }));
        Assert.All(result.Findings.Where(finding => finding.Code == "ReportRecordsUnevaluated"), finding => Assert.StartsWith("2 records do not", finding.Message, StringComparison.Ordinal));
    }

    /// <summary>What the report does not say is not known, and counts as neither; a word that is none of the standard's is no pass.</summary>
    [Theory]
    [InlineData("<dkim>pass</dkim><spf>fail</spf>", true, false, true)]
    [InlineData("<dkim>fail</dkim><spf>fail</spf>", false, false, false)]
    [InlineData("<dkim>pass</dkim>", true, null, true)]
    [InlineData("<spf>pass</spf>", null, true, true)]
    [InlineData("<dkim>fail</dkim>", false, null, null)]
    [InlineData("<dkim/><spf>fail</spf>", null, false, null)]
    [InlineData("<dkim>none</dkim><spf>neutral</spf>", false, false, false)]
    [InlineData("<dkim>fail</dkim><spf>perhaps</spf>", false, null, null)]
    [InlineData("", null, null, null)]
    public void What_a_record_does_not_evaluate_is_not_known(string outcome, bool? dkim, bool? spf, bool? passed)
    {
        AggregateReportRow row = ReadResult.OfXml(Regex.Replace(Xml(Record(count: "5")), "<disposition>.*?</policy_evaluated>", outcome + "</policy_evaluated>")).Row;
        ReportSummarizer summarizer = new([]);
        summarizer.Add(row);
        ReportMeasure total = Assert.Single(summarizer.GetMeasures());
        SourceEvidence evidence = new(row.SourceIP, row.HeaderFrom, row.Report.OrganizationalDomains);
        evidence.Add(row);
        RolloutObservations observations = new(row.Domain);
        observations.Add(row);

        Assert.Equal((dkim, spf, passed), (row.DkimAligned, row.SpfAligned, row.Passed));
        (long Passed, long Failed, long Unknown) counts = passed is null ? (0, 0, 5) : passed == true ? (5, 0, 0) : (0, 5, 0);
        Assert.Equal((5, counts), (total.Messages, (total.Passed, total.Failed, total.Unevaluated)));
        Assert.Equal(passed is null ? null : passed == true ? 1 : 0, total.PassRate);
        Assert.Equal((5, counts), (evidence.Messages, (evidence.Passed, evidence.Failed, evidence.Unevaluated)));
        Assert.Equal((counts.Passed + counts.Failed, counts.Passed), (observations.Messages, observations.Passed));
        Assert.DoesNotContain(passed is null ? row.Findings : [], finding => finding.Code is "ReportDispositionUnexplained" or "ReportPassNotDelivered");
    }

    [Theory]
    [InlineData("<source_ip>192.0.2.1</source_ip>", 1, 0)]
    [InlineData("<source_ip>192.0.2.1</source_ip><count>5</count><source_ip>192.0.2.2</source_ip>", 2, 1)]
    [InlineData("<source_ip>192.0.2.1</source_ip><count>5</count><source_ip>192.0.2.1</source_ip>", 2, 1)]
    public void A_second_source_in_a_row_is_another_row_that_is_told(string before, int rows, int told)
    {
        string xml = Xml(Record(ip: "192.0.2.1")).Replace("<source_ip>192.0.2.1</source_ip>", before + (rows == 1 ? "<source_ip>192.0.2.1</source_ip>" : ""), StringComparison.Ordinal);
        ReadResult result = ReadResult.OfXml(xml);

        Assert.Equal(rows, result.Rows.Count);
        Assert.All(result.Rows, row => Assert.True(row.Count > 0));
        Assert.Equal(told, result.Findings.Count(finding => finding is { Code: "ReportRowsMisplaced", Severity: Severity.Warning }));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.000.002.001", "192.000.002.001", false)]
    [InlineData("010.0.0.1", "010.0.0.1", false)]
    [InlineData("0x0a.0.0.1", "0x0a.0.0.1", false)]
    [InlineData("167772161", "167772161", false)]
    [InlineData("2001:0DB8:0:0:0:0:0:1", "2001:db8::1", true)]
    [InlineData("[2001:db8::1]", "2001:db8::1", true)]
    [InlineData("[192.0.2.1]", "192.0.2.1", true)]
    [InlineData("IPv6:2001:db8::1", "2001:db8::1", true)]
    [InlineData("[ipv6:2001:DB8:0::1]", "2001:db8::1", true)]
    [InlineData("[IPv6:::ffff:192.0.2.1]", "192.0.2.1", true)]
    [InlineData("fe80::1%eth0", "fe80::1", true)]
    [InlineData("[fe80::1%25eth0]", "fe80::1", true)]
    [InlineData("fe80::1%", "fe80::1%", false)]
    [InlineData("192.0.2.1%eth0", "192.0.2.1%eth0", false)]
    [InlineData("IPv6:192.0.2.1", "IPv6:192.0.2.1", false)]
    [InlineData("[127.1]", "[127.1]", false)]
    [InlineData("[2001:db8::1]:25", "[2001:db8::1]:25", false)]
    [InlineData("[2001:db8::1", "[2001:db8::1", false)]
    [InlineData("[]", "[]", false)]
    [InlineData("192.0.2.1:25", "192.0.2.1:25", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("127.1", "127.1", false)]
    [InlineData("192.0.2.256", "192.0.2.256", false)]
    [InlineData("unknown", "unknown", false)]
    [InlineData("", "", false)]
    public void Sources_are_canonical_or_kept(string text, string expected, bool valid)
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(ip: text))).Row;

        Assert.Equal(expected, row.SourceIP);
        Assert.Equal(!valid, row.Findings.Any(finding => finding.Code == "ReportSourceInvalid"));
    }

    [Theory]
    [InlineData("1538413632", "2018-10-01T17:07:12Z")]
    [InlineData("1538413632.9", "2018-10-01T17:07:12Z")]
    [InlineData("2018-10-01T17:07:12Z", "2018-10-01T17:07:12Z")]
    [InlineData("2018-10-01T19:07:12+02:00", "2018-10-01T17:07:12Z")]
    [InlineData("yesterday", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("", null)]
    public void Times_are_utc_or_kept_as_text(string text, string? expected)
    {
        ReadResult result = ReadResult.OfXml(Xml(Record()).Replace("1700000000", text, StringComparison.Ordinal));

        Assert.Equal(expected, result.Row.Begin?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Assert.Equal(expected is null ? text : "", result.Row.GetReport().BeginText);
        Assert.Equal(text, result.Row.GetReport().WrittenBegin.Text);
        Assert.Equal(expected is null && text.Length > 0, result.Codes.Contains("ReportTimeInvalid"));
        Assert.Equal(text.Length == 0, result.Codes.Contains("ReportTimeMissing"));
    }

    [Fact]
    public void Reversed_times_and_errors_of_the_reporter_are_told()
    {
        ReadResult result = ReadResult.OfXml(Xml(Record())
            .Replace("1700086399", "1600000000", StringComparison.Ordinal)
            .Replace("<date_range>", "<error>a</error><error>b</error><date_range>", StringComparison.Ordinal));

        Assert.Contains("ReportTimeReversed", result.Codes);
        Assert.Equal(2, result.Codes.Count(code => code == "ReportReporterError"));
        Assert.Equal("a; b", result.Row.ReportErrors.ToString());
    }

    [Fact]
    public void Sections_in_any_order_give_complete_rows()
    {
        ReadResult result = ReadResult.OfXml($"<feedback>{Record()}{Record(ip: "192.0.2.2")}{PolicyPublished}{Metadata}{Record(ip: "192.0.2.3")}</feedback>");

        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.3"], result.Rows.Select(row => row.SourceIP));
        Assert.All(result.Rows, row => Assert.Equal(("Reporter", "example.com"), (row.OrganizationName, row.Domain)));
    }

    [Fact]
    public void Records_held_back_for_a_missing_policy_still_come()
    {
        ReadResult result = ReadResult.OfXml($"<feedback>{Record()}{Metadata}{Record()}</feedback>");

        Assert.Equal(2, result.Rows.Count);
        Assert.Contains("ReportValueMissing", result.Codes);
    }

    [Fact]
    public void A_report_without_name_takes_the_domain_of_its_address()
    {
        ReadResult result = ReadResult.OfXml(Xml(Record()).Replace("<org_name>Reporter</org_name>", "<org_name></org_name>", StringComparison.Ordinal));

        Assert.Equal("reporter.example", result.Row.OrganizationName);
        Assert.Contains("ReportValueMissing", result.Codes);
    }

    [Fact]
    public void Empty_elements_are_absent_values()
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(reason: "<reason/>", auth: "<dkim/><spf></spf>"))
            .Replace("<sp>reject</sp>", "<sp></sp>", StringComparison.Ordinal)).Row;

        Assert.Null(row.SubdomainPolicy);
        Assert.Empty(row.OverrideReasons);
        Assert.Empty(row.Dkim);
        Assert.Empty(row.Spf);
        Assert.Null(row.EnvelopeFrom);
    }

    [Fact]
    public void Comments_cdata_and_stray_text_between_elements_do_no_harm()
    {
        AggregateReportRow row = ReadResult.OfXml(Xml("<!-- c -->stray" + Record(from: "<![CDATA[exam]]>ple<!-- x -->.com") + "<?php x?>11")).Row;

        Assert.Equal("example.com", row.HeaderFrom);
    }

    [Fact]
    public void Rows_print_in_one_line_and_so_do_their_parts()
    {
        AggregateReportRow row = ReadResult.OfXml(Xml(Record(reason: "<reason><type>other</type><comment>why</comment></reason>", auth: DkimEntry("example.com") + SpfEntry("b.example.com")))).Row;

        Assert.Equal("192.0.2.1 2 example.com pass", row.ToString());
        Assert.Equal("pass example.com (s=s1)", row.Dkim.ToString());
        Assert.Equal("pass b.example.com (mfrom)", row.Spf.ToString());
        Assert.Equal("other: why", row.OverrideReasons.ToString());
    }

    [Fact]
    public void Equal_texts_of_rows_are_one_string()
    {
        ReadResult result = ReadResult.OfXml(Xml(Record(), Record()));

        Assert.Same(result.Rows[0].HeaderFrom, result.Rows[1].HeaderFrom);
        Assert.Same(result.Rows[0].SourceIP, result.Rows[1].SourceIP);
        Assert.Same(result.Rows[0].GetReport(), result.Rows[1].GetReport());
    }

    [Theory]
    [InlineData("seconds", "1700000000", false)]
    [InlineData("milliseconds", "1700000000000", true)]
    [InlineData("milliseconds with a fraction", "1700000000000.5", true)]
    [InlineData("microseconds", "1700000000000000", true)]
    [InlineData("nanoseconds", "1700000000000000000", true)]
    public void Times_are_told_by_their_size(string unit, string text, bool isTold)
    {
        ReadResult result = ReadResult.OfXml(Xml(Record()).Replace("1700000000", text, StringComparison.Ordinal));

        Assert.True(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc) == result.Row.Begin, unit);
        Assert.Equal(isTold, result.Codes.Contains("ReportTimeUnit"));
    }

    [Theory]
    [InlineData("32503679999", "2999-12-31 23:59:59")]
    [InlineData("32503680000", "1971-01-12 04:48:00")]
    public void The_last_second_and_the_first_millisecond(string text, string time) =>
        Assert.Equal(time, ReadResult.OfXml(Xml(Record()).Replace("1700000000", text, StringComparison.Ordinal)).Row.Begin?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
}

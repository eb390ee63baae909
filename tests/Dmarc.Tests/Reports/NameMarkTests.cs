using Dmarc.Domains;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Characters that nobody sees are part of no name, in no report, and are told.</summary>
public class NameMarkTests
{
    public static TheoryData<string> Marks =>
    [
        "\uFEFF", "\u200B", "\u00AD", "\u200E", "\u200F", "\u202A", "\u202E", "\u2066", "\u2069", "\u2060", "\u061C", "\u200C", "\u200D", "\u034F", "\u3164", "\U000E0041", "\uFEFF\u200B \uFEFF",
    ];

    [Theory]
    [MemberData(nameof(Marks))]
    public void A_name_of_a_row_has_no_marks(string mark)
    {
        foreach (Func<string, (string Xml, Func<AggregateReportRow, string?> Read)> element in new Func<string, (string, Func<AggregateReportRow, string?>)>[]
        {
            name => (Record(from: name), row => row.HeaderFrom),
            name => (Record(identifiers: "<envelope_from>" + name + "</envelope_from>"), row => row.EnvelopeFrom),
            name => (Record(identifiers: "<envelope_to>" + name + "</envelope_to>"), row => row.EnvelopeTo),
            name => (Record(auth: DkimEntry(name)), row => row.Dkim[0].Domain),
            name => (Record(auth: DkimEntry("example.com", selector: name)), row => row.Dkim[0].Selector),
            name => (Record(auth: SpfEntry(name)), row => row.Spf[0].Domain),
        })
        {
            foreach (string name in Places(mark))
            {
                (string xml, Func<AggregateReportRow, string?> read) = element(name);
                AggregateReportRow row = ReadResult.OfXml(Xml(xml)).Row;

                Assert.Equal("example.com", read(row));
                Assert.Contains(row.Findings, finding => finding.Code == "ReportNameMarks");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public void A_policy_domain_has_no_marks(string mark)
    {
        foreach (string name in Places(mark))
        {
            AggregateReportRow row = ReadResult.OfXml(Xml(Record()).Replace("<domain>example.com</domain><adkim>", "<domain>" + name + "</domain><adkim>", StringComparison.Ordinal)).Row;

            Assert.Equal("example.com", row.Domain);
            Assert.Contains(row.GetReport().Findings, finding => finding.Code == "ReportNameMarks");
        }
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public void A_name_of_a_TLS_report_has_no_marks(string mark)
    {
        foreach (string name in Places(mark))
        {
            TlsReportRow row = ReadResult.OfText(
                "{\"organization-name\":\"T\",\"date-range\":{\"start-datetime\":\"2024-01-09T00:00:00Z\",\"end-datetime\":\"2024-01-09T23:59:59Z\"},\"report-id\":\"1\",\"policies\":[{\"policy\":"
                + "{\"policy-type\":\"sts\",\"policy-domain\":\"" + name + "\"},\"failure-details\":[{\"result-type\":\"validation-failure\",\"receiving-mx-hostname\":\"" + name + "\"}]}]}",
                ReportTypes.Tls).TlsRow;

            Assert.Equal(("example.com", "example.com"), (row.PolicyDomain, row.ReceivingMxHostname));
            Assert.Contains(row.Findings, finding => finding.Code == "ReportNameMarks");
        }
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public void A_name_of_a_failure_report_has_no_marks(string mark)
    {
        foreach (string name in Places(mark))
        {
            FailureReport report = ReadResult.OfText(
                Failure.FailureReportTests.Mail("Feedback-Type: auth-failure\nReported-Domain: " + name + "\nDKIM-Domain: " + name + "\nOriginal-Mail-From: <a@" + name + ">"),
                ReportTypes.Failure).Failure;

            Assert.Equal(("example.com", "example.com", "example.com"), (report.ReportedDomain, report.DkimDomain, report.OriginalMailFrom!.Domain));
            Assert.Single(report.Findings, finding => finding.Code == "ReportNameMarks");
        }
    }

    [Fact]
    public void A_name_without_marks_has_no_finding()
    {
        foreach (string name in new[] { "example.com", "b\u00FCcher.example", "\u0915\u094D\u200D\u0937.example", "\u2764\uFE0F.example", "ex\u0002ample.com" })
        {
            Assert.DoesNotContain(ReadResult.OfXml(Xml(Record(from: name)).Replace("\u0002", "", StringComparison.Ordinal)).Row.Findings, finding => finding.Code == "ReportNameMarks");
        }
    }

    /// <summary>What is typed may have them at its ends, as a file with a byte order mark in its middle gives; inside, the character is named.</summary>
    [Theory]
    [MemberData(nameof(Marks))]
    public void A_domain_that_is_typed_may_have_them_around_it(string mark)
    {
        foreach (string text in new[] { mark + "example.com", "example.com" + mark, "<" + mark + "example.com" + mark + ">", "a@" + mark + "example.com" })
        {
            Assert.True(DomainInput.TryRead(text, out DomainName? name, out string error), error);
            Assert.Equal("example.com", name.ToString());
        }

        string inside = "exam" + mark.Split(' ')[0] + "ple.com";
        Assert.False(DomainInput.TryRead(inside, out _, out string reason));
        Assert.Contains(InvisibleText.NameFirst(mark)!, reason, StringComparison.Ordinal);
        Assert.False(DomainName.TryParse(inside, out _));
        Assert.False(DomainName.TryParse(mark + "example.com", out _));
    }

    private static IEnumerable<string> Places(string mark) => [mark + "example.com", "example.com" + mark, mark + "example.com" + mark, .. mark.Contains(' ', StringComparison.Ordinal) ? [] : new[] { "exam" + mark + "ple.com" }];
}

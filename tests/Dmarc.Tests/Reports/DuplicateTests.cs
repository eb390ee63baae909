using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Tests.Reports.Tls;
using Dmarc.Text;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>Copies are told by organisation, identifier, policy domain and time (RFC 9990 §3.1.1.3), and no report is one of itself.</summary>
public class DuplicateTests
{
    private readonly ReportDeduplicator _known = new();

    [Theory]
    [InlineData("a true copy", "", "", 0, "ReportDuplicate")]
    [InlineData("the organisation in capitals", "Reporter", "REPORTER", 0, "ReportDuplicate")]
    [InlineData("the domain in capitals", "<domain>example.com<", "<domain>Example.COM<", 0, "ReportDuplicate")]
    [InlineData("milliseconds", "1700000000", "1700000000000", 0, "ReportDuplicate")]
    [InlineData("another organisation", "Reporter", "Other", 1, null)]
    [InlineData("another identifier", "id-1", "id-2", 1, null)]
    [InlineData("another domain", "<domain>example.com<", "<domain>example.net<", 1, null)]
    [InlineData("another begin", "1700000000", "1699999999", 1, "ReportSameIdOtherTime")]
    [InlineData("another end", "1700086399", "1700086400", 1, "ReportSameIdOtherTime")]
    public void A_second_report(string because, string from, string to, int rows, string? code)
    {
        string first = Xml(Record());
        string second = from.Length == 0 ? first : first.Replace(from, to, StringComparison.Ordinal);

        Assert.Equal(1, Add(first, "a.xml").Rows);
        (int added, List<ReportNotice> notices) = Add(second, "b.xml");
        Assert.True(rows == added, because);
        Assert.Equal(code, notices.SingleOrDefault()?.Finding.Code);
        Assert.All(notices, notice => Assert.Equal("b.xml", notice.Path));
    }

    [Fact]
    public void Unicode_and_ASCII_forms_of_the_domain_are_the_same()
    {
        string first = Xml(Record()).Replace("<domain>example.com<", "<domain>bücher.example<", StringComparison.Ordinal);
        _ = Add(first, "a.xml");

        Assert.Equal(0, Add(first.Replace("bücher.example", "xn--bcher-kva.example", StringComparison.Ordinal), "b.xml").Rows);
    }

    [Fact]
    public void The_same_identifier_for_many_times_is_told_once()
    {
        int told = 0;
        for (int day = 0; day < 5; day++)
        {
            string report = Xml(Record()).Replace("1700000000", (1700000000 + day).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            (int rows, List<ReportNotice> notices) = Add(report, day + ".xml");
            Assert.Equal(1, rows);
            told += notices.Count;
        }

        Assert.Equal(1, told);
    }

    [Fact]
    public void A_report_without_an_identifier_is_never_a_copy()
    {
        string report = Xml(Record()).Replace("<report_id>id-1</report_id>", "", StringComparison.Ordinal);

        Assert.Equal(1, Add(report, "a.xml").Rows);
        Assert.Equal(1, Add(report, "b.xml").Rows);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_second_pass_over_a_damaged_file_is_no_copy(int damaged)
    {
        string[] records = [Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"), Record(ip: "192.0.2.3")];
        records[damaged] = records[damaged].Replace("<selector>s1", "<selector>x&y", StringComparison.Ordinal);
        string report = Xml(records);

        Assert.Equal(3, Add(report, "a.xml").Rows);
        (int again, List<ReportNotice> notices) = Add(report, "b.xml");
        Assert.Equal(0, again);
        Assert.Equal("ReportDuplicate", Assert.Single(notices).Finding.Code);
    }

    [Fact]
    public void One_document_with_the_same_report_twice_gives_all_rows_and_says_so()
    {
        string report = Xml(Record());
        (int rows, List<ReportNotice> notices) = Add(report + report.Substring(report.IndexOf("<feedback>", StringComparison.Ordinal)), "a.xml");

        Assert.Equal(2, rows);
        Assert.Equal("ReportTwiceInDocument", Assert.Single(notices).Finding.Code);
    }

    [Theory]
    [InlineData("a true copy", "", "", 0, "ReportDuplicate")]
    [InlineData("another time", "2024-01-09T00", "2024-01-08T00", 1, "ReportSameIdOtherTime")]
    [InlineData("another domain", "a.example", "b.example", 1, null)]
    [InlineData("another identifier", "\"report-id\":\"", "\"report-id\":\"x", 1, null)]
    public void A_second_TLS_report(string because, string from, string to, int rows, string? code)
    {
        string first = TlsReportTests.Report("{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"a.example\"},\"summary\":{\"total-successful-session-count\":5,\"total-failure-session-count\":0}}");
        string second = from.Length == 0 ? first : first.Replace(from, to, StringComparison.Ordinal);
        Assert.True(from.Length == 0 || second != first, because);

        Assert.Equal(1, Add(first, "a.json").Rows);
        (int added, List<ReportNotice> notices) = Add(second, "b.json");
        Assert.True(rows == added, because);
        Assert.Equal(code, notices.SingleOrDefault()?.Finding.Code);
    }

    /// <summary>Two reports with one identifier that share a domain: they are told apart by their domains, but what they share may be counted twice.</summary>
    [Theory]
    [InlineData("a.example b.example", "b.example c.example", "TlsReportPolicyTwice")]
    [InlineData("a.example", "a.example b.example", "TlsReportPolicyTwice")]
    [InlineData("a.example b.example", "c.example", null)]
    public void A_second_TLS_report_of_a_domain_beside_others(string first, string second, string? code)
    {
        Assert.Equal(first.Split(' ').Length, Add(Tls(first), "a.json").Rows);
        (int rows, List<ReportNotice> notices) = Add(Tls(second), "b.json");

        Assert.Equal(second.Split(' ').Length, rows);
        Assert.Equal(code, notices.SingleOrDefault()?.Finding.Code);
    }

    [Fact]
    public void A_whole_copy_of_a_damaged_report_gives_the_rows_that_were_missing()
    {
        string whole = Xml(Record(ip: "192.0.2.1"), Record(ip: "192.0.2.2"), Record(ip: "192.0.2.3"));
        Assert.Equal(1, Add(whole.Substring(0, whole.IndexOf("192.0.2.2", StringComparison.Ordinal)), "a.xml").Rows);
        (int rows, List<ReportNotice> notices) = Add(whole, "b.xml");

        Assert.Equal(2, rows);
        ReportNotice notice = Assert.Single(notices);
        Assert.Equal(("b.xml", "ReportDamagedCompleted", Severity.Warning), (notice.Path, notice.Finding.Code, notice.Finding.Severity));
        Assert.Contains("'a.xml'", notice.Finding.Message, StringComparison.Ordinal);
        Assert.Contains("2 rows", notice.Finding.Message, StringComparison.Ordinal);
        Assert.Equal(0, Add(whole, "c.xml").Rows);
    }

    private static string Tls(string domains) => TlsReportTests.Report(string.Join(",", domains.Split(' ').Select(domain =>
        "{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"" + domain + "\"},\"summary\":{\"total-successful-session-count\":5,\"total-failure-session-count\":0}}")));

    private (int Rows, List<ReportNotice> Notices) Add(string report, string name)
    {
        CopyReading reading = CopyReading.Of(_known, Encoding.UTF8.GetBytes(report), name);
        return (reading.Rows.Count, reading.Notices);
    }
}

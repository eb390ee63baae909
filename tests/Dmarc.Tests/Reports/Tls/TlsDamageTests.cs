using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Text;

namespace Dmarc.Tests.Reports.Tls;

/// <summary>Damaged TLS reports (RFC 8460 §4.4): rows are told by the names of members, and what is not certain is left out and told.</summary>
public class TlsDamageTests
{
    private static readonly string Whole = TlsReportTests.Report(Policy("a.example", 10) + "," + Policy("b.example", 20));

    [Theory]
    [InlineData("a bracket of a failure missing", "{\"result-type\"", "\"result-type\"")]
    [InlineData("a bracket of the failures missing", "\"failure-details\":[", "\"failure-details\":")]
    [InlineData("the end of a policy missing", "}]},{", "}],{")]
    [InlineData("a bracket too many", "\"summary\":{", "\"summary\":{{")]
    [InlineData("a name without its end", "\"failure-details\"", "\"failure-details")]
    [InlineData("failures under another name", "failure-details", "failure-detials")]
    [InlineData("totals under another name", "\"summary\"", "\"sumary\"")]
    [InlineData("policies under another name", "\"policies\"", "\"polices\"")]
    [InlineData("failures beside the policies", "\"failure-details\":[{", "\"x\":[{")]
    public void No_row_is_lost(string because, string from, string to)
    {
        int at = Whole.IndexOf(from, StringComparison.Ordinal);
        ReadResult result = ReadResult.OfText(Whole.Remove(at, from.Length).Insert(at, to), ReportTypes.Tls);

        Assert.True(result.Problems.Count == 0, because);
        Assert.Equal(
            [("a.example", "192.0.2.10", 11L), ("a.example", "192.0.2.11", 12), ("b.example", "192.0.2.20", 21), ("b.example", "192.0.2.21", 22)],
            result.TlsRows.Select(row => (row.PolicyDomain, row.SendingMtaIP, row.FailedSessions)));
        Assert.Equal([10L, 20L], result.TlsRows.Where(row => row.TotalSuccessfulSessions > 0).Select(row => row.TotalSuccessfulSessions));
        Assert.Contains(result.Findings, finding => finding.Severity > Severity.Information);
    }

    [Theory]
    [InlineData("no colon", ":11}", "11}")]
    [InlineData("something behind the number", ":11}", ":11x}")]
    public void A_number_that_is_not_certain_costs_its_row_only(string because, string from, string to)
    {
        ReadResult result = ReadResult.OfText(Whole.Replace(from, to, StringComparison.Ordinal).Replace("]}]}", "]}]", StringComparison.Ordinal), ReportTypes.Tls);

        Assert.True(result.TlsRows.All(row => row.FailedSessions is 12 or 21 or 22), because);
        Assert.Equal(3, result.TlsRows.Count);
        Assert.Contains("TlsReportRowsLeftOut", result.Codes);
    }

    /// <summary>A slash makes the name of a member look like that of an extension.</summary>
    [Theory]
    [InlineData("send/ing-mta-ip")]
    [InlineData("sending-mta/-ip")]
    [InlineData("/sending-mta-ip")]
    [InlineData("sending-mta-ip/")]
    public void A_slash_in_the_name_of_a_member_is_told(string name)
    {
        ReadResult result = ReadResult.OfText(Whole.Replace("sending-mta-ip", name, StringComparison.Ordinal), ReportTypes.Tls);

        Assert.Equal(4, result.TlsRows.Count);
        Assert.Contains(result.Findings, finding => finding.Severity > Severity.Information);
        Assert.DoesNotContain(
            ReadResult.OfText(Whole.Replace("\"result-type\"", "\"vendor/colour\":1,\"result-type\"", StringComparison.Ordinal), ReportTypes.Tls).Findings,
            finding => finding.Severity > Severity.Information);
    }

    [Fact]
    public void A_number_that_is_missing_is_told_for_the_file()
    {
        ReadResult result = ReadResult.OfText(Whole.Replace(",\"failed-session-count\":11", "", StringComparison.Ordinal), ReportTypes.Tls);

        Assert.Equal(4, result.TlsRows.Count);
        Assert.Contains("TlsReportRowsIncomplete", result.Codes);
        Assert.DoesNotContain("TlsReportRowsIncomplete", ReadResult.OfText(Whole, ReportTypes.Tls).Codes);
    }

    /// <summary>JSON has no control characters but in escapes (RFC 8259 §7): a stray one costs no row, and none stays in a value unseen.</summary>
    [Theory]
    [InlineData("between members", ",\"summary\"", "\0,\"summary\"", true)]
    [InlineData("in a word", "certificate-expired", "certificate\u0001-expired", true)]
    [InlineData("in a domain", "a.example", "a\0.example", false)]
    [InlineData("in a number", ":11}", ":1\01}", false)]
    [InlineData("behind a number", ":11}", ":11\0}", false)]
    public void A_control_character_is_told(string because, string from, string to, bool isCertain)
    {
        int at = Whole.IndexOf(from, StringComparison.Ordinal);
        ReadResult result = ReadResult.OfText(Whole.Remove(at, from.Length).Insert(at, to), ReportTypes.Tls);

        Assert.Equal(4, result.TlsRows.Count);
        Assert.Equal(isCertain, result.TlsRows.Sum(row => row.FailedSessions) == 66 && result.TlsRows.Count(row => row.PolicyDomain == "a.example") == 2);
        Assert.Contains(result.Findings, finding => finding is { Code: "TlsReportControlCharacters", Severity: Severity.Warning });
        Assert.True(isCertain != result.Codes.Contains("TlsReportRowsIncomplete"), because);
        Assert.All(result.TlsRows, row => Assert.DoesNotContain(row.PolicyDomain + row.ResultTypeText, char.IsControl));
    }

    [Fact]
    public void Padding_behind_the_report_is_no_damage() =>
        Assert.Empty(ReadResult.OfText(Whole + "\0\0\0\0", ReportTypes.Tls).Findings);

    [Fact]
    public void A_domain_that_is_none_is_told_for_the_file() =>
        Assert.Contains("TlsReportRowsIncomplete", ReadResult.OfText(Whole.Replace("a.example", "a..example", StringComparison.Ordinal), ReportTypes.Tls).Codes);

    [Theory]
    [InlineData("\"organization-name\"")]
    [InlineData("\"policies\"")]
    public void A_report_that_breaks_off_before_its_first_row_is_an_error(string until)
    {
        ReadResult result = ReadResult.OfText(Whole.Substring(0, Whole.IndexOf(until, StringComparison.Ordinal) + until.Length + 4), ReportTypes.Tls);

        Assert.Empty(result.TlsRows);
        Assert.Equal(ReportErrorIds.Unreadable, result.Problem.ErrorId);
    }

    private static string Policy(string domain, int number) =>
        "{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"" + domain + "\"},\"summary\":{\"total-successful-session-count\":" + number
        + ",\"total-failure-session-count\":" + ((2 * number) + 3) + "},\"failure-details\":["
        + Failure(number) + "," + Failure(number + 1) + "]}";

    private static string Failure(int number) =>
        "{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"192.0.2." + number + "\",\"failed-session-count\":" + (number + 1) + "}";
}

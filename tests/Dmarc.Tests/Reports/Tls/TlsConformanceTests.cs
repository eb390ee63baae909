using Dmarc.Reports;
using Dmarc.Reports.Tls;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Reports.Tls;

/// <summary>The TLS reports of the conformance data; every value was read off the files by eye.</summary>
public class TlsConformanceTests
{
    [ConformanceTheory]
    [InlineData("parsedmarc/rfc8460.json")]
    [InlineData("dmarc-report-viewer/rfc-example.json")]
    public void RFC_8460_Appendix_B(string file)
    {
        IReadOnlyList<TlsReportRow> rows = Read(file).TlsRows;

        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal("Company-X", row.OrganizationName));
        Assert.All(rows, row => Assert.Equal("company-y.example", row.PolicyDomain));
        Assert.All(rows, row => Assert.Equal(TlsPolicyType.Sts, row.PolicyType));
        Assert.All(rows, row => Assert.Equal(["*.mail.company-y.example"], row.MxHosts));
        Assert.Equal(["version: STSv1", "mode: testing", "mx: *.mail.company-y.example", "max_age: 86400"], rows[0].PolicyString);
        Assert.Equal(new DateTime(2016, 4, 1, 0, 0, 0, DateTimeKind.Utc), rows[0].Begin);
        Assert.Equal(new DateTime(2016, 4, 1, 23, 59, 59, DateTimeKind.Utc), rows[0].End);
        Assert.Equal("sts-reporting@company-x.example", rows[0].ContactInfo);
        Assert.Equal("5065427c-23d3-47ca-b6e0-946ea0e8c4be", rows[0].ReportId);
        Assert.Equal([5326, 0, 0], rows.Select(row => row.TotalSuccessfulSessions));
        Assert.Equal([303, 0, 0], rows.Select(row => row.TotalFailedSessions));
        Assert.Equal([100, 200, 3], rows.Select(row => row.FailedSessions));
        Assert.Equal([TlsResultType.CertificateExpired, TlsResultType.StartTlsNotSupported, TlsResultType.ValidationFailure], rows.Select(row => row.ResultType!.Value));
        Assert.Equal(["2001:db8:abcd:12::1", "2001:db8:abcd:13::1", "198.51.100.62"], rows.Select(row => row.SendingMtaIP));
        Assert.Equal(["", "203.0.113.56", "203.0.113.58"], rows.Select(row => row.ReceivingIP));
        Assert.Equal("https://reports.company-x.example/report_info?id=5065427c-23d3#StarttlsNotSupported", rows[1].AdditionalInformation);
        Assert.Equal("X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED", rows[2].FailureReasonCode);
        Assert.All(rows, row => Assert.Empty(row.Findings));
    }

    [ConformanceFact]
    public void A_report_of_Google_by_mail()
    {
        ReadResult result = Read("parsedmarc/google.com_smtp_tls_report.eml");

        TlsReportRow row = result.TlsRow;
        Assert.Equal("Google Inc.", row.OrganizationName);
        Assert.Equal("cardinalhealth.ca", row.PolicyDomain);
        Assert.Equal(TlsPolicyType.NoPolicyFound, row.PolicyType);
        Assert.Equal(48, row.TotalSuccessfulSessions);
        Assert.Equal(0, row.FailedSessions);
        Assert.Null(row.ResultType);
        Assert.EndsWith("!google.com!cardinalhealth.ca!1725321600!1725407999!001.json.gz", row.Path, StringComparison.Ordinal);
        Assert.Empty(result.Problems);
    }

    [ConformanceFact]
    public void A_report_of_Microsoft_with_TLSA_records_in_a_text()
    {
        IReadOnlyList<TlsReportRow> rows = Read("dmarc-report-viewer/microsoft.json").TlsRows;

        Assert.Equal([1, 2], rows.Select(row => row.PolicyNumber));
        Assert.Equal([TlsPolicyType.Sts, TlsPolicyType.Tlsa], rows.Select(row => row.PolicyType));
        Assert.Equal(4, rows.Sum(row => row.TotalSuccessfulSessions));
        Assert.Equal(
            ["3 1 1 6007EEE553E85D8DF007A845D19EC343283D4E416E9A33F9EF3040C8B7C285BC", "3 1 1 837C773D54C2E2BD71871A3FC352BE8214D5646CBAE5E3091401A7274717998B"],
            rows[1].PolicyString);
    }

    [ConformanceFact]
    public void A_report_of_Mail_ru_whose_failures_are_more_than_its_total()
    {
        IReadOnlyList<TlsReportRow> rows = Read("parsedmarc/mail.ru.json").TlsRows;

        Assert.Equal(["bad https response code: 404", "bad https response code: 500"], rows.Select(row => row.FailureReasonCode));
        Assert.Equal(1, rows.Sum(row => row.TotalFailedSessions));
        Assert.Equal(2, rows.Sum(row => row.FailedSessions));
        Assert.All(rows, row => Assert.Equal("b28254de-7b2e-be36-bb5c-4c3b92da8b25@mail.ru", row.ReportId));
        Assert.Contains(rows[0].Findings, finding => finding.Code == "TlsReportCountsDiffer");
    }

    [ConformanceFact]
    public void A_report_without_contact()
    {
        ReadResult result = Read("dmarc-report-viewer/no-contact.json");

        Assert.Equal("", result.TlsRow.ContactInfo);
        Assert.Equal("server.com", result.TlsRow.PolicyDomain);
        Assert.Contains("TlsReportMemberMissing", result.Codes);
    }

    [ConformanceTheory]
    [InlineData("dmarc-report-viewer/google.json", 1, 1, 0)]
    [InlineData("dmarc-report-viewer/no-policy.json", 1, 1, 0)]
    [InlineData("dmarc-report-viewer/no_ip_and_mx.json", 1, 0, 3)]
    [InlineData("parsedmarc/smtp_tls.json", 2, 0, 3)]
    public void Sums(string file, int rows, long successful, long failed)
    {
        ReadResult result = Read(file);

        Assert.Equal(rows, result.TlsRows.Count);
        Assert.Equal(successful, result.TlsRows.Sum(row => row.TotalSuccessfulSessions));
        Assert.Equal(failed, result.TlsRows.Sum(row => row.TotalFailedSessions));
        Assert.Equal(failed, result.TlsRows.Sum(row => row.FailedSessions));
        Assert.Empty(result.Problems);
    }

    private static ReadResult Read(string file) => ReadResult.OfFile(TestFiles.Conformance(["reports", "tls", .. file.Split('/')]), ReportTypes.Tls);
}

using System.Text;
using Dmarc.Reports;
using Dmarc.Reports.Reading;
using Dmarc.Reports.Tls;
using Dmarc.Text;

namespace Dmarc.Tests.Reports.Tls;

/// <summary>Every member of a TLS report, and every damage to one that is known.</summary>
public class TlsReportTests
{
    private const string Policy = "{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"a.example\"},\"summary\":{\"total-successful-session-count\":5,\"total-failure-session-count\":2}}";

    public static TheoryData<string, string, string> Details => new()
    {
        { "\"result-type\":\"starttls-not-supported\"", nameof(TlsReportRow.ResultType), "StartTlsNotSupported" },
        { "\"result-type\":\"certificate-host-mismatch\"", nameof(TlsReportRow.ResultType), "CertificateHostMismatch" },
        { "\"result-type\":\"certificate-expired\"", nameof(TlsReportRow.ResultType), "CertificateExpired" },
        { "\"result-type\":\"certificate-not-trusted\"", nameof(TlsReportRow.ResultType), "CertificateNotTrusted" },
        { "\"result-type\":\"validation-failure\"", nameof(TlsReportRow.ResultType), "ValidationFailure" },
        { "\"result-type\":\"tlsa-invalid\"", nameof(TlsReportRow.ResultType), "TlsaInvalid" },
        { "\"result-type\":\"dnssec-invalid\"", nameof(TlsReportRow.ResultType), "DnssecInvalid" },
        { "\"result-type\":\"dane-required\"", nameof(TlsReportRow.ResultType), "DaneRequired" },
        { "\"result-type\":\"sts-policy-fetch-error\"", nameof(TlsReportRow.ResultType), "StsPolicyFetchError" },
        { "\"result-type\":\"sts-policy-invalid\"", nameof(TlsReportRow.ResultType), "StsPolicyInvalid" },
        { "\"result-type\":\"STS-WebPKI-invalid\"", nameof(TlsReportRow.ResultType), "StsWebPkiInvalid" },
        { "\"result-type\":\"cosmic-rays\"", nameof(TlsReportRow.ResultType), "Unknown" },
        { "\"result-type\":\"cosmic-rays\"", nameof(TlsReportRow.ResultTypeText), "cosmic-rays" },
        { "\"sending-mta-ip\":\"2001:DB8::0001\"", nameof(TlsReportRow.SendingMtaIP), "2001:db8::1" },
        { "\"sending-mta-ip\":\"[IPv6:2001:DB8::0001]\"", nameof(TlsReportRow.SendingMtaIP), "2001:db8::1" },
        { "\"sending-mta-ip\":\"fe80::1%3\"", nameof(TlsReportRow.SendingMtaIP), "fe80::1" },
        { "\"sending-mta-ip\":\"not one\"", nameof(TlsReportRow.SendingMtaIP), "not one" },
        { "\"receiving-ip\":\"192.0.2.1\"", nameof(TlsReportRow.ReceivingIP), "192.0.2.1" },
        { "\"receiving-ip\":\"[192.0.2.1]\"", nameof(TlsReportRow.ReceivingIP), "192.0.2.1" },
        { "\"receiving-ip\":\"192.0.2.1:25\"", nameof(TlsReportRow.ReceivingIP), "192.0.2.1:25" },
        { "\"receiving-ip\":\"010.0.0.1\"", nameof(TlsReportRow.ReceivingIP), "010.0.0.1" },
        { "\"receiving-mx-hostname\":\"mx.a.example\"", nameof(TlsReportRow.ReceivingMxHostname), "mx.a.example" },
        { "\"receiving-mx-helo\":\"helo.a.example\"", nameof(TlsReportRow.ReceivingMxHelo), "helo.a.example" },
        { "\"failed-session-count\":7", nameof(TlsReportRow.FailedSessions), "7" },
        { "\"failed-session-count\":\"7\"", nameof(TlsReportRow.FailedSessions), "7" },
        { "\"failed-session-count\":7.0", nameof(TlsReportRow.FailedSessions), "7" },
        { "\"failed-session-count\":1e2", nameof(TlsReportRow.FailedSessions), "100" },
        { "\"failed-session-count\":12.5E1", nameof(TlsReportRow.FailedSessions), "125" },
        { "\"failed-session-count\":1e18", nameof(TlsReportRow.FailedSessions), "1000000000000000000" },
        { "\"failed-session-count\":1e19", nameof(TlsReportRow.FailedSessions), "0" },
        { "\"failed-session-count\":1e-2", nameof(TlsReportRow.FailedSessions), "0" },
        { "\"failed-session-count\":-1e2", nameof(TlsReportRow.FailedSessions), "0" },
        { "\"failed-session-count\":-7", nameof(TlsReportRow.FailedSessions), "0" },
        { "\"failed-session-count\":\"many\"", nameof(TlsReportRow.FailedSessions), "0" },
        { "\"failed-session-count\":null", nameof(TlsReportRow.FailedSessions), "0" },
        { "\"additional-information\":\"https://a.example/\\u00e9\"", nameof(TlsReportRow.AdditionalInformation), "https://a.example/é" },
        { "\"failure-reason-code\":\"x\\ny\\\"z\\\\\"", nameof(TlsReportRow.FailureReasonCode), "x\ny\"z\\" },
        { "\"failure_reason_code\":404", nameof(TlsReportRow.FailureReasonCode), "404" },
        { "\"own\":{\"a\":[1,true,null,\"x\"]}", nameof(TlsReportRow.Extensions), "failure-details/own=a: 1 true x" },
    };

    [Theory]
    [MemberData(nameof(Details))]
    public void A_member_of_a_failure_is_read(string members, string property, string expected)
    {
        TlsReportRow row = Read(Report("{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"a.example\"},\"failure-details\":[{" + members + "}]}")).TlsRow;

        Assert.Equal(expected, typeof(TlsReportRow).GetProperty(property)!.GetValue(row)?.ToString() ?? "");
    }

    [Theory]
    [InlineData(Policy, "", 0)]
    [InlineData(Policy + ",7", "1 entry of the member 'policies' is not an object and was not read.", 1)]
    [InlineData("null," + Policy + ",\"x\",[" + Policy + "]", "3 entries of the member 'policies' are not objects and were not read.", 1)]
    public void Entries_that_are_no_objects_are_told(string policies, string expected, int warnings)
    {
        ReadResult result = Read(Report(policies));

        Assert.Single(result.TlsRows);
        Assert.Equal(warnings, result.TlsRow.Report.Findings.Count(finding => finding.Code == "TlsReportEntriesNotRead"));
        Assert.Equal(expected, string.Concat(result.TlsRow.Report.Findings.Where(finding => finding.Code == "TlsReportEntriesNotRead").Select(finding => finding.Message)));
    }

    public static TheoryData<string, string, string> Policies => new()
    {
        { "\"policy-type\":\"tlsa\"", nameof(TlsReportRow.PolicyType), "Tlsa" },
        { "\"policy-type\":\"no-policy-found\"", nameof(TlsReportRow.PolicyType), "NoPolicyFound" },
        { "\"policy-type\":\"dane\"", nameof(TlsReportRow.PolicyType), "Unknown" },
        { "\"policy-type\":\"dane\"", nameof(TlsReportRow.PolicyTypeText), "dane" },
        { "\"policy-string\":\"version: STSv1\"", nameof(TlsReportRow.PolicyString), "version: STSv1" },
        { "\"policy-string\":[\"a\",\"b\"]", nameof(TlsReportRow.PolicyString), "a; b" },
        { "\"policy-string\":null", nameof(TlsReportRow.PolicyString), "" },
        { "\"policy-string\":[\"[\\\"3 1 1 AB\\\",\\\"3 1 1 CD\\\"]\"]", nameof(TlsReportRow.PolicyString), "3 1 1 AB; 3 1 1 CD" },
        { "\"policy-string\":[\"[broken\"]", nameof(TlsReportRow.PolicyString), "[broken" },
        { "\"mx-host\":\"*.a.example\"", nameof(TlsReportRow.MxHosts), "*.a.example" },
        { "\"mx-host\":[\"a\",\"b\"]", nameof(TlsReportRow.MxHosts), "a; b" },
        { "\"mx-host-pattern\":[\"a\"]", nameof(TlsReportRow.MxHosts), "a" },
        { "\"policyDomain\":\"b.example\"", nameof(TlsReportRow.PolicyDomain), "b.example" },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_member_of_a_policy_is_read(string members, string property, string expected)
    {
        TlsReportRow row = Read(Report("{\"policy\":{" + members + "},\"summary\":{}}")).TlsRow;

        Assert.Equal(expected, typeof(TlsReportRow).GetProperty(property)!.GetValue(row)?.ToString());
    }

    [Theory]
    [InlineData("\"2024-01-09T00:00:00Z\"", "2024-01-09 00:00:00")]
    [InlineData("\"2024-01-09T02:00:00+02:00\"", "2024-01-09 00:00:00")]
    [InlineData("\"2024-01-09\"", "2024-01-09 00:00:00")]
    [InlineData("1704758400", "2024-01-09 00:00:00")]
    [InlineData("\"yesterday\"", null)]
    [InlineData("null", null)]
    public void A_time_is_read_or_is_a_finding(string begin, string? expected)
    {
        ReadResult result = Read("{\"organization-name\":\"T\",\"report-id\":\"1\",\"contact-info\":\"c\",\"date-range\":{\"start-datetime\":" + begin + ",\"end-datetime\":\"2024-01-10T00:00:00Z\"},\"policies\":[" + Policy + "]}");

        Assert.Equal(expected, result.TlsRow.Begin?.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(expected is null ? 1 : 0, result.Findings.Count);
    }

    [Theory]
    [InlineData("{\"policies\":[@]}", "'organization-name'")]
    [InlineData("{\"organization-name\":\"T\",\"policies\":[@]}", "'report-id'")]
    [InlineData("{\"report-id\":\"1\",\"policies\":@}", "'organization-name'")]
    public void A_missing_member_is_a_finding_and_no_loss(string report, string member)
    {
        ReadResult result = Read(report.Replace("@", Policy, StringComparison.Ordinal));

        Assert.Equal(5, result.TlsRow.TotalSuccessfulSessions);
        Assert.Contains(result.Findings, finding => finding.Code == "TlsReportMemberMissing" && finding.Message.Contains(member, StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_without_reasons_has_its_total_as_failed()
    {
        TlsReportRow row = Read(Report(Policy)).TlsRow;

        Assert.Equal((5L, 2L, 2L, null), (row.TotalSuccessfulSessions, row.TotalFailedSessions, row.FailedSessions, row.ResultType));
        Assert.Empty(row.Findings);
    }

    [Theory]
    [InlineData("\"policies\":[]")]
    [InlineData("\"policies\":null")]
    [InlineData("\"contact-info\":\"x\"")]
    public void A_report_without_policies_is_said_to_have_none(string member)
    {
        ReadResult result = Read("{\"organization-name\":\"T\"," + member + "}");

        Assert.Empty(result.TlsRows);
        Assert.Contains(result.Findings, finding => finding is { Code: "TlsReportNoPolicies", Severity: Severity.Warning });
    }

    [Fact]
    public void A_report_that_ends_before_it_begins() =>
        Assert.Contains("TlsReportTimeReversed", Read("{\"organization-name\":\"T\",\"date-range\":{\"start-datetime\":\"2024-01-02T00:00:00Z\",\"end-datetime\":\"2024-01-01T00:00:00Z\"},\"policies\":[" + Policy + "]}").Codes);

    [Theory]
    [InlineData("bare")]
    [InlineData("mark")]
    [InlineData("UTF-16")]
    [InlineData("UTF-16 array without mark")]
    [InlineData("UTF-16 array without mark, big-endian")]
    [InlineData("gzip")]
    [InlineData("zip")]
    [InlineData("base64")]
    [InlineData("mail")]
    [InlineData("array")]
    public void A_report_is_read_from(string form)
    {
        string json = Report(Policy);
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        byte[] content = form switch
        {
            "mark" => [0xEF, 0xBB, 0xBF, .. bytes],
            "UTF-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(json)],
            "UTF-16 array without mark" => Encoding.Unicode.GetBytes("[" + json + "]"),
            "UTF-16 array without mark, big-endian" => Encoding.BigEndianUnicode.GetBytes("[" + json + "]"),
            "gzip" => Gzip(bytes),
            "zip" => Zip(bytes),
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)),
            "mail" => Encoding.UTF8.GetBytes(
                "From: a@b.example\nTLS-Report-Domain: a.example\nContent-Type: multipart/report; report-type=tlsrpt; boundary=b\n\n--b\nContent-Type: text/plain\n\nA report\n--b\n"
                + "Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(Gzip(bytes), Base64FormattingOptions.InsertLineBreaks) + "\n--b--\n"),
            "array" => Encoding.UTF8.GetBytes("[" + json + "]"),
            _ => bytes,
        };
        ReadResult result = ReadResult.OfBytes(content, null, ReportTypes.Tls);

        Assert.Equal("a.example", result.TlsRow.PolicyDomain);
        Assert.Empty(result.Problems);
        Assert.Equal([ReportTypes.Tls], ReadResult.OfBytes(content).Others);
    }

    [Fact]
    public void Several_reports_one_after_the_other()
    {
        ReadResult result = Read(Report(Policy) + "\n" + Report(Policy).Replace("\"1\"", "\"2\"", StringComparison.Ordinal));

        Assert.Equal(["1", "2"], result.TlsRows.Select(row => row.ReportId));
        ReportDeduplicator known = new();
        Assert.True(known.IsNew(result.TlsRows[0], out _));
        Assert.True(known.IsNew(result.TlsRows[0], out _));
        Assert.True(known.IsNew(result.TlsRows[1], out _));
        Assert.False(known.IsNew(Read(Report(Policy)).TlsRow, out ReportNotice? notice));
        Assert.Equal("ReportDuplicate", notice!.Finding.Code);
    }

    [Theory]
    [InlineData("{\"organization-name\":\"T\",\"report-id\":\"1\",\"policies\":[@,]}", "")]
    [InlineData("{\"organization-name\":\"T\" \"report-id\":\"1\" \"policies\":[@ @]", "TlsReportCutOff")]
    [InlineData("{\"organization-name\":\"T\",\"report-id\":\"1\",\"policies\":[@", "TlsReportCutOff")]
    [InlineData("{\"organization-name\":\"T\",\"report-id\":\"1\",\"policies\":[@,{\"policy\":{\"policy-dom", "TlsReportCutOff")]
    [InlineData("{\"organization-name\":\"T\",\"report-id\":\"1\",\"policies\":[@}}]", "TlsReportDamaged")]
    [InlineData("{\"organization-name\":\"T,\n\"report-id\":\"1\",\"policies\":[@]}", "TlsReportDamaged")]
    [InlineData("{organization-name:\"T\",\"report-id\":\"1\",\"policies\":[@]}", "TlsReportDamaged")]
    [InlineData("{\"organization-name\":,\"report-id\":\"1\",\"policies\":[@]}", "TlsReportDamaged")]
    [InlineData("{\"organization-name\":\"T\",\"report-id\":\"1\",\"policies\":[@]} trailing", "TlsReportDamaged")]
    [InlineData("{\"organization-name\":\"\\ud83d\\uXYZW\",\"report-id\":\"1\",\"policies\":[@]}", "TlsReportDamaged")]
    [InlineData("{\"organization-name\":\"T\",\"report-id\":\"1\",§\"policies\":[@]}", "TlsReportDamaged")]
    public void Damaged_JSON_gives_what_can_be_told(string report, string code)
    {
        ReadResult result = Read(report.Replace("@", Policy, StringComparison.Ordinal));

        Assert.Equal("a.example", result.TlsRows[0].PolicyDomain);
        Assert.Equal(5, result.TlsRows[0].TotalSuccessfulSessions);
        Assert.Equal("1", result.TlsRows[0].ReportId);
        Assert.Empty(result.Problems);
        if (code.Length == 0)
        {
            Assert.DoesNotContain("TlsReportDamaged", result.Codes);
        }
        else
        {
            Assert.Contains(code, result.Codes);
        }
    }

    [Theory]
    [InlineData("{\"policies\":\"none\"", "TlsReportNoPolicies")]
    [InlineData("{\"policies\":{}}", "TlsReportMemberMissing")]
    public void Odd_values_are_no_loss(string json, string code) => Assert.Contains(code, Read(json).Findings.Concat(Read(json).TlsRows.SelectMany(row => row.Findings)).Select(finding => finding.Code));

    [Fact]
    public void Other_JSON_is_no_report()
    {
        Assert.Single(Read("{\"name\":\"x\"}").Problems);
        Assert.Single(Read("{\"name\":\"policies\", \"deep\": {\"policies\": []}}").Problems);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        ReadResult result = Read("{\"organization-name\":\"T\",\"policies\":[" + Policy + ",{\"policy\":" + string.Concat(Enumerable.Repeat("[", 100_000)));

        Assert.Equal(ReportErrorIds.LimitExceeded, result.Problem.ErrorId);
        Assert.Equal("a.example", result.TlsRows[0].PolicyDomain);
    }

    [Fact]
    public void Rows_are_bounded_and_those_before_the_limit_are_given()
    {
        ReadResult result = ReadResult.OfText(Report(string.Join(",", Enumerable.Repeat(Policy, 20))), ReportTypes.Tls, new ReportReadLimits { MaxTlsRows = 8 });

        Assert.Equal(8, result.TlsRows.Count);
        Assert.Equal(ReportErrorIds.LimitExceeded, result.Problem.ErrorId);
        Assert.Contains("MaxTlsRows", result.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(8, result.Problem.RowsBefore);
    }

    [Fact]
    public void Texts_are_bounded_together_and_rows_before_the_limit_are_given()
    {
        string failure = "{\"result-type\":\"certificate-expired\",\"failed-session-count\":1,\"additional-information\":\"" + new string('x', 5_000) + "\"}";
        string policy = Policy.Replace("\"summary\"", "\"failure-details\":[" + string.Join(",", Enumerable.Repeat(failure, 100)) + "],\"summary\"", StringComparison.Ordinal);
        ReportReadLimits limits = new() { MaxHeldBytes = 1_000_000 };

        // 100 texts of 5,000 characters; that of the next report begins anew.
        Assert.Equal(100, ReadResult.OfText(Report(policy), ReportTypes.Tls, new ReportReadLimits { MaxHeldBytes = 1_100_000 }).TlsRows.Count);
        ReadResult result = ReadResult.OfText(Report(policy), ReportTypes.Tls, limits);

        Assert.InRange(result.TlsRows.Count, 90, 99);
        Assert.Equal(ReportErrorIds.LimitExceeded, result.Problem.ErrorId);
        Assert.Contains("MaxHeldBytes", result.Problem.Message, StringComparison.Ordinal);
        Assert.Contains("TLS report", result.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_without_anything_are_told_of_so_many_times_only()
    {
        ReadResult result = Read(string.Concat(Enumerable.Repeat("{\"organization-name\":\"T\"}", 1_000)));

        Assert.Equal(100, result.Codes.Count(code => code == "TlsReportNoPolicies"));
        Assert.Contains("900", Assert.Single(result.Findings, finding => finding.Code == "TlsReportMoreReports").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_of_several_reports_has_the_limits_for_itself()
    {
        ReadResult result = ReadResult.OfText(
            string.Concat(Enumerable.Range(1, 20).Select(number => Report(Policy).Replace("\"1\"", "\"" + number + "\"", StringComparison.Ordinal))),
            ReportTypes.Tls,
            new ReportReadLimits { MaxTlsRows = 3, MaxHeldBytes = 1_000 });

        Assert.Equal(20, result.TlsRows.Count);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void Values_and_lists_are_bounded()
    {
        string hosts = string.Join(",", Enumerable.Repeat("\"" + new string('x', 500) + "\"", 50));
        ReadResult result = ReadResult.OfText(
            Report("{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"a.example\",\"mx-host\":[" + hosts + "]},\"summary\":{}}"),
            ReportTypes.Tls,
            new ReportReadLimits { MaxValueLength = 100, MaxEntriesPerRecord = 10 });

        Assert.Equal(10, result.TlsRow.MxHosts.Count);
        Assert.All(result.TlsRow.MxHosts, host => Assert.Equal(100, host.Length));
        Assert.Contains("TlsReportValuesShortened", result.Codes);
        Assert.Contains(result.TlsRow.Findings, finding => finding.Code == "TlsReportEntriesDropped");
    }

    internal static string Report(string policies) =>
        "{\"organization-name\":\"T\",\"date-range\":{\"start-datetime\":\"2024-01-09T00:00:00Z\",\"end-datetime\":\"2024-01-09T23:59:59Z\"},\"contact-info\":\"c@t.example\",\"report-id\":\"1\",\"policies\":[" + policies + "]}";

    private static ReadResult Read(string json) => ReadResult.OfText(json, ReportTypes.Tls);

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(content, 0, content.Length);
        }

        return packed.ToArray();
    }

    private static byte[] Zip(byte[] content)
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.ZipArchive archive = new(packed, System.IO.Compression.ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry("report.json").Open();
            entry.Write(content, 0, content.Length);
        }

        return packed.ToArray();
    }
}

using System.Collections;
using System.Reflection;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Tls;
using Dmarc.Tests.Reports.Writing;
using Dmarc.Views;
using static Dmarc.Tests.Reports.SampleReport;

namespace Dmarc.Tests.Reports;

/// <summary>What a report writes is shown once: as a value, and as text only where the value does not say it. Files have it as before.</summary>
public sealed class WrittenWordTests : IDisposable
{
    private const string Feedback =
        "From: a@b.example\nSubject: Report\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\n\n"
        + "--x\nContent-Type: message/feedback-report\n\nFeedback-Type: {0}\nVersion: 1\nUser-Agent: t\nAuth-Failure: {1}\n"
        + "Identity-Alignment: {2}\nDelivery-Result: {3}\nArrival-Date: {4}\nSource-IP: 192.0.2.1\nReported-Domain: a.example\n"
        + "--x\nContent-Type: text/rfc822-headers\n\nFrom: c@a.example\n\n--x--\n";

    private const string Tls =
        "{{\"organization-name\":\"O\",\"date-range\":{{\"start-datetime\":\"{0}\",\"end-datetime\":\"2026-01-02T00:00:00Z\"}},\"contact-info\":\"c\",\"report-id\":\"r\","
        + "\"policies\":[{{\"policy\":{{\"policy-type\":\"{1}\",\"policy-domain\":\"a.example\"}},\"summary\":{{\"total-successful-session-count\":1,"
        + "\"total-failure-session-count\":1}},\"failure-details\":[{{\"result-type\":\"{2}\",\"failed-session-count\":1}}]}}]}}";

    private readonly ExportBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void No_text_stands_beside_a_value_that_says_it()
    {
        object[] shown =
        [
            ReadResult.OfXml(Xml(Record(disposition: "Reject", dkim: "PASS", spf: "fail", auth: DkimEntry("a.example", "Pass") + SpfEntry("a.example", "softfail", "mfrom")))).Row,
            Failure("auth-failure", "dmarc (p=reject)", "dkim, spf", "Reject", "Thu, 1 Jan 2026 00:00:00 +0000"),
            TlsRow("2026-01-01T00:00:00Z", "STS", "certificate-expired"),
        ];

        Assert.All(shown.SelectMany(Texts), text => Assert.Equal("", text));
    }

    [Fact]
    public void What_a_value_does_not_say_stands_beside_it()
    {
        FailureReport failure = Failure("complaint", "none of ours", "dkim, arc", "lost", "soon");
        TlsReportRow tls = TlsRow("soon", "dane", "cosmic-rays");

        Assert.Equal(
            ("complaint", "none of ours", "dkim, arc", "lost", "soon"),
            (failure.FeedbackTypeText, failure.AuthFailureText, failure.IdentityAlignmentText, failure.DeliveryResultText, failure.ArrivalDateText));
        Assert.Equal(UnalignedMechanism.Dkim, failure.IdentityAlignment);
        Assert.Equal(("dane", "cosmic-rays", "soon"), (tls.PolicyTypeText, tls.ResultTypeText, tls.GetReport().BeginText));
    }

    /// <summary>Files have always had the words of failure and TLS reports as they are written.</summary>
    [Theory]
    [InlineData("auth-failure", "dmarc", "sts", "certificate-expired")]
    [InlineData("Auth-Failure", "DMARC", "STS", "Certificate-Expired")]
    [InlineData("complaint", "none of ours", "dane", "cosmic-rays")]
    public void Files_have_the_words_as_they_are_written(string feedback, string auth, string policy, string result)
    {
        _bed.Export("f.csv", [Failure(feedback, auth, "DKIM", "Spam", "soon")]);
        _bed.Export("t.csv", [TlsRow("2026-01-01T00:00:00Z", policy, result)]);

        Assert.Contains($",{feedback},{auth},DKIM,Spam,192.0.2.1,", _bed.Read("f.csv"), StringComparison.Ordinal);
        Assert.Contains($",a.example,1,{policy},", _bed.Read("t.csv"), StringComparison.Ordinal);
        Assert.Contains($",{result},1,", _bed.Read("t.csv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auth-failure", "dmarc", "certificate-expired")]
    [InlineData("auth-failure", "bodyhash", "starttls-not-supported")]
    [InlineData("complaint", "none of ours", "cosmic-rays")]
    public void A_copy_from_another_session_shows_the_same(string feedback, string auth, string result)
    {
        foreach (object item in new object[] { Failure(feedback, auth, "spf", "spam", "Thu, 1 Jan 2026 00:00:00 +0000"), TlsRow("2026-01-01T00:00:00Z", "sts", result) })
        {
            Assert.Equal(ReportItemText.Of(item)!.Result, ReportItemText.Of(item.GetType().Name, path => Copy(item, path))!.Result);
        }
    }

    /// <summary>What a copy has: enums as numbers.</summary>
    private static object? Copy(object item, string path)
    {
        object? value = item;
        foreach (string name in path.Split('.'))
        {
            value = value?.GetType().GetProperty(name)?.GetValue(value);
        }

        return value is Enum member ? Convert.ToInt32(member, System.Globalization.CultureInfo.InvariantCulture) : value;
    }

    private static FailureReport Failure(params string[] values) =>
        ReadResult.OfText(string.Format(System.Globalization.CultureInfo.InvariantCulture, Feedback, values), ReportTypes.Failure).Failure;

    private static TlsReportRow TlsRow(params string[] values) =>
        ReadResult.OfText(string.Format(System.Globalization.CultureInfo.InvariantCulture, Tls, values), ReportTypes.Tls).TlsRows[0];

    /// <summary>All properties called …Text of an object, of what its report says and of the entries of its lists.</summary>
    private static IEnumerable<string?> Texts(object item)
    {
        foreach (PropertyInfo property in item.GetType().GetProperties())
        {
            if (property.Name.EndsWith("Text", StringComparison.Ordinal))
            {
                yield return property.GetValue(item)?.ToString() ?? "";
            }
            else if (property.GetValue(item) is IEnumerable and not string)
            {
                foreach (string? text in ((IEnumerable)property.GetValue(item)!).OfType<object>().Where(entry => entry is ReportedDkim or ReportedSpf or OverrideReason).SelectMany(Texts))
                {
                    yield return text;
                }
            }
        }

        object? report = item.GetType().GetMethod("GetReport")?.Invoke(item, null);
        foreach (string? text in report is null ? [] : Texts(report))
        {
            yield return text;
        }
    }
}

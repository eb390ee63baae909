using Dmarc.Reports.Aggregate;
using Dmarc.Standards;

namespace Dmarc.Tests.Reports;

/// <summary>Rows made without XML.</summary>
internal static class MadeRows
{
    public static AggregateReport Report(
        string domain = "example.com",
        string organization = "Reporter",
        string id = "id-1",
        string begin = "2026-01-01T00:00:00Z",
        string? end = null,
        ReportedPolicy? policy = ReportedPolicy.None,
        ReportedPolicy? subdomainPolicy = null,
        bool? testing = null,
        int? percentage = null,
        string path = "test.xml") => new(path, TwoLabels.Instance)
        {
            Domain = domain,
            OrganizationName = organization,
            ReportId = id,
            WrittenBegin = Time(begin),
            WrittenEnd = Time(end) ?? Time(begin)?.AddDays(1).AddSeconds(-1),
            WrittenPolicy = policy,
            WrittenSubdomainPolicy = subdomainPolicy,
            WrittenTesting = testing,
            WrittenPercentage = percentage,
        };

    public static AggregateReportRow Row(
        AggregateReport? report = null,
        string ip = "192.0.2.1",
        long count = 1,
        bool dkim = false,
        bool spf = false,
        ReportedDisposition disposition = ReportedDisposition.None,
        string? from = null,
        string? envelopeFrom = null,
        ReportedDkim[]? signatures = null,
        ReportedSpf[]? checks = null,
        params OverrideReasonType[] reasons)
    {
        report ??= Report();
        RecordValues values = new();
        values.Clear();
        values.SourceIP = ip;
        values.Count = count;
        values.CountText = null;
        values.DkimResult = dkim ? ReportedOutcome.Pass : ReportedOutcome.Fail;
        values.SpfResult = spf ? ReportedOutcome.Pass : ReportedOutcome.Fail;
        values.Disposition = disposition;
        values.HeaderFrom = from ?? report.Domain;
        values.EnvelopeFrom = envelopeFrom;
        foreach (ReportedDkim signature in signatures ?? [])
        {
            values.Dkim.Add(signature);
        }

        foreach (ReportedSpf check in checks ?? [])
        {
            values.Spf.Add(check);
        }

        foreach (OverrideReasonType reason in reasons)
        {
            values.OverrideReasons.Add(new OverrideReason(reason, ""));
        }

        return new AggregateReportRow(report, values);
    }

    public static ReportedDkim Signature(string domain, AuthenticationResult result = AuthenticationResult.Pass) =>
        new(domain, "s", result, "");

    public static ReportedSpf Check(string domain, AuthenticationResult result = AuthenticationResult.Pass, string scope = "mfrom") =>
        new(domain, AggregateWords.Scope(scope), result, "");

    public static DateTime? Time(string? text) => text is null
        ? null
        : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}

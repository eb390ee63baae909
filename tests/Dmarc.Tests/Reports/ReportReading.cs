using System.Text;
using Dmarc.Domains;
using Dmarc.Reports;
using Dmarc.Reports.Aggregate;
using Dmarc.Reports.Failure;
using Dmarc.Reports.Reading;
using Dmarc.Reports.Tls;
using Dmarc.Text;

namespace Dmarc.Tests.Reports;

/// <summary>Organizational Domains of two labels, or three below "co.uk": enough for tests.</summary>
internal sealed class TwoLabels : IOrganizationalDomainSource
{
    public static TwoLabels Instance { get; } = new();

    public DomainName GetOrganizationalDomain(DomainName name)
    {
        int labels = name.ToString().EndsWith(".co.uk", StringComparison.Ordinal) ? 3 : 2;
        return name.LabelCount <= labels ? name : name.KeepLast(labels);
    }
}

/// <summary>What came out of one reading.</summary>
internal sealed record ReadResult(IReadOnlyList<AggregateReportRow> Rows, IReadOnlyList<Finding> Findings, IReadOnlyList<ReportProblem> Problems)
{
    public IReadOnlyList<TlsReportRow> TlsRows { get; init; } = [];

    public IReadOnlyList<FailureReport> Failures { get; init; } = [];

    /// <summary>The kinds of reports that were met and not asked for.</summary>
    public IReadOnlyList<ReportTypes> Others { get; init; } = [];

    public FailureReport Failure => Assert.Single(Failures);

    public TlsReportRow TlsRow => Assert.Single(TlsRows);

    public long Messages => Rows.Sum(row => row.Count);

    public AggregateReportRow Row => Assert.Single(Rows);

    public ReportProblem Problem => Assert.Single(Problems);

    public IEnumerable<string> Codes => Findings.Select(finding => finding.Code);

    public static ReadResult Of(IEnumerable<ReportReadItem> items)
    {
        List<AggregateReportRow> rows = [];
        List<Finding> findings = [];
        List<ReportProblem> problems = [];
        List<TlsReportRow> tls = [];
        List<FailureReport> failures = [];
        List<ReportTypes> others = [];
        foreach (ReportReadItem item in items)
        {
            if (item.Row is not null)
            {
                rows.Add(item.Row);
            }

            if (item.TlsRow is not null)
            {
                tls.Add(item.TlsRow);
            }

            if (item.FailureReport is not null)
            {
                failures.Add(item.FailureReport);
            }

            if (item.Notice is not null)
            {
                findings.Add(item.Notice.Finding);
                others.AddRange(item.Notice.OtherType is { } type ? [type] : []);
            }

            if (item.Problem is not null)
            {
                problems.Add(item.Problem);
            }
        }

        return new ReadResult(rows, findings, problems) { TlsRows = tls, Failures = failures, Others = others };
    }

    public static ReadResult OfBytes(byte[] bytes, ReportReadLimits? limits = null, ReportTypes types = ReportTypes.Aggregate) =>
        Of(new DmarcReportReader(TwoLabels.Instance, limits, types).ReadBytes(bytes, "test"));

    public static ReadResult OfText(string text, ReportTypes types, ReportReadLimits? limits = null) => OfBytes(Encoding.UTF8.GetBytes(text), limits, types);

    public static ReadResult OfFile(string path, ReportTypes types) => Of(new DmarcReportReader(TwoLabels.Instance, null, types).ReadFile(path));

    public static ReadResult OfXml(string xml, ReportReadLimits? limits = null) => OfBytes(Encoding.UTF8.GetBytes(xml), limits);
}

/// <summary>Reports made to measure.</summary>
internal static class SampleReport
{
    public const string Metadata =
        "<report_metadata><org_name>Reporter</org_name><email>dmarc@reporter.example</email><report_id>id-1</report_id>"
        + "<date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>";

    public const string PolicyPublished =
        "<policy_published><domain>example.com</domain><adkim>r</adkim><aspf>r</aspf><p>reject</p><sp>reject</sp><pct>100</pct></policy_published>";

    public static string Xml(params string[] records) => Wrap(string.Concat(records));

    public static string Wrap(string inner) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback>\n<version>1.0</version>\n" + Metadata + "\n" + PolicyPublished + "\n" + inner + "</feedback>\n";

    public static string Record(
        string ip = "192.0.2.1",
        string count = "2",
        string disposition = "none",
        string dkim = "pass",
        string spf = "fail",
        string reason = "",
        string from = "example.com",
        string identifiers = "",
        string? auth = null) =>
        $"<record><row><source_ip>{ip}</source_ip><count>{count}</count><policy_evaluated><disposition>{disposition}</disposition>"
        + $"<dkim>{dkim}</dkim><spf>{spf}</spf>{reason}</policy_evaluated></row><identifiers><header_from>{from}</header_from>{identifiers}"
        + $"</identifiers><auth_results>{auth ?? DkimEntry("example.com")}</auth_results></record>\n";

    public static string DkimEntry(string domain, string result = "pass", string selector = "s1") =>
        $"<dkim><domain>{domain}</domain><selector>{selector}</selector><result>{result}</result></dkim>";

    public static string SpfEntry(string domain, string result = "pass", string scope = "mfrom") =>
        $"<spf><domain>{domain}</domain><scope>{scope}</scope><result>{result}</result></spf>";
}

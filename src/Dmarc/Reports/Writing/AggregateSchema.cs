using Dmarc.Reports.Aggregate;
using Dmarc.Standards;

namespace Dmarc.Reports.Writing;

/// <summary>The fields of rows of aggregate reports.</summary>
internal sealed class AggregateSchema : ExportSchema<AggregateReportRow>
{
    private AggregateSchema()
        : base(
        [
            new("org_name", row => ExportValue.Of(row.OrganizationName)),
            new("org_email", row => ExportValue.Of(row.OrganizationEmail)),
            new("report_id", row => ExportValue.Of(row.ReportId)),
            new("begin", row => ExportValue.Of(row.Begin)),
            new("end", row => ExportValue.Of(row.End)),
            new("domain", row => ExportValue.Of(row.Domain)),
            new("policy", row => ExportValue.Of(row.Policy)),
            new("subdomain_policy", row => ExportValue.Of(row.SubdomainPolicy)),
            new("nonexistent_subdomain_policy", row => ExportValue.Of(row.NonexistentSubdomainPolicy)),
            new("percentage", row => ExportValue.Of(row.Percentage)),
            new("testing", row => ExportValue.Of(row.Testing)),
            new("dkim_alignment_mode", row => ExportValue.Of(row.DkimAlignmentMode)),
            new("spf_alignment_mode", row => ExportValue.Of(row.SpfAlignmentMode)),
            new("failure_options", row => ExportValue.Of(row.FailureOptions)),
            new("discovery_method", row => ExportValue.Of(row.DiscoveryMethod)),
            new("schema", row => ExportValue.Of<ReportSchema>(row.Schema)),
            new("generator", row => ExportValue.Of(row.Generator)),
            new("source_ip", row => ExportValue.Of(row.SourceIP)),
            new("count", row => ExportValue.Of(row.CountText is null ? row.Count : null)),
            new("disposition", row => ExportValue.Of<ReportedDisposition>(row.Disposition)),
            new("passed", row => ExportValue.Of(row.Passed)),
            new("dkim_aligned", row => ExportValue.Of(row.DkimAligned)),
            new("spf_aligned", row => ExportValue.Of(row.SpfAligned)),
            new("computed_passed", row => ExportValue.Of(row.ComputedPassed)),
            new("computed_dkim_aligned", row => ExportValue.Of(row.ComputedDkimAligned)),
            new("computed_spf_aligned", row => ExportValue.Of(row.ComputedSpfAligned)),
            new("header_from", row => ExportValue.Of(row.HeaderFrom)),
            new("envelope_from", row => ExportValue.Of(row.EnvelopeFrom)),
            new("envelope_to", row => ExportValue.Of(row.EnvelopeTo)),
            new("override_types", row => ExportValue.Of(row.OverrideReasons, reason => ExportWords<OverrideReasonType>.Get(reason.Type))),
            new("override_comments", row => ExportValue.Of(row.OverrideReasons, reason => reason.Comment)),
            new("dkim_domains", row => ExportValue.Of(row.Dkim, dkim => dkim.Domain)),
            new("dkim_selectors", row => ExportValue.Of(row.Dkim, dkim => dkim.Selector)),
            new("dkim_results", row => ExportValue.Of(row.Dkim, dkim => dkim.Result.ToWord())),
            new("spf_domains", row => ExportValue.Of(row.Spf, spf => spf.Domain)),
            new("spf_scopes", row => ExportValue.Of(row.Spf, spf => spf.Scope is ReportedSpfScope scope ? ExportWords<ReportedSpfScope>.Get(scope) : "")),
            new("spf_results", row => ExportValue.Of(row.Spf, spf => spf.Result.ToWord())),
            new("findings", row => ExportValue.Of(row.Findings, finding => finding.Code)),
            new("path", row => ExportValue.Of(row.Path)),
        ])
    {
    }

    public static AggregateSchema Instance { get; } = new();

    public override string Type => "aggregate";

    public override DateTime? Time(object row) => ((AggregateReportRow)row).Begin;

    public override string Domain(object row) => ((AggregateReportRow)row).Domain;

    public override string Reporter(object row) => ((AggregateReportRow)row).OrganizationName;
}

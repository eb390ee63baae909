using Dmarc.Reports.Aggregate;
using Dmarc.Standards;

namespace Dmarc.Reports.Writing;

/// <summary>The fields of rows of aggregate reports.</summary>
internal static class AggregateSchema
{
    public static ExportSchema<AggregateReportRow> Instance { get; } = new(
        "aggregate",
        row => row.Begin,
        row => row.Domain,
        row => row.OrganizationName,
        ("org_name", row => ExportValue.Of(row.OrganizationName)),
        ("org_email", row => ExportValue.Of(row.OrganizationEmail)),
        ("report_id", row => ExportValue.Of(row.ReportId)),
        ("begin", row => ExportValue.Of(row.Begin)),
        ("end", row => ExportValue.Of(row.End)),
        ("domain", row => ExportValue.Of(row.Domain)),
        ("policy", row => ExportValue.Of(row.Policy)),
        ("subdomain_policy", row => ExportValue.Of(row.SubdomainPolicy)),
        ("nonexistent_subdomain_policy", row => ExportValue.Of(row.NonexistentSubdomainPolicy)),
        ("percentage", row => ExportValue.Of(row.Percentage)),
        ("testing", row => ExportValue.Of(row.Testing)),
        ("dkim_alignment_mode", row => ExportValue.Of(row.DkimAlignmentMode)),
        ("spf_alignment_mode", row => ExportValue.Of(row.SpfAlignmentMode)),
        ("failure_options", row => ExportValue.Of(row.FailureOptions)),
        ("discovery_method", row => ExportValue.Of(row.DiscoveryMethod)),
        ("schema", row => ExportValue.Of<ReportSchema>(row.Schema)),
        ("generator", row => ExportValue.Of(row.Generator)),
        ("source_ip", row => ExportValue.Of(row.SourceIP)),
        ("count", row => ExportValue.Of(row.CountText is null ? row.Count : null)),
        ("disposition", row => ExportValue.Of<ReportedDisposition>(row.Disposition)),
        ("passed", row => ExportValue.Of(row.Passed)),
        ("dkim_aligned", row => ExportValue.Of(row.DkimAligned)),
        ("spf_aligned", row => ExportValue.Of(row.SpfAligned)),
        ("computed_passed", row => ExportValue.Of(row.ComputedPassed)),
        ("computed_dkim_aligned", row => ExportValue.Of(row.ComputedDkimAligned)),
        ("computed_spf_aligned", row => ExportValue.Of(row.ComputedSpfAligned)),
        ("header_from", row => ExportValue.Of(row.HeaderFrom)),
        ("envelope_from", row => ExportValue.Of(row.EnvelopeFrom)),
        ("envelope_to", row => ExportValue.Of(row.EnvelopeTo)),
        ("override_types", row =>
            ExportValue.Of(row.OverrideReasons, reason => ExportWords<OverrideReasonType>.Get(reason.Type))),
        ("override_comments", row => ExportValue.Of(row.OverrideReasons, reason => reason.Comment)),
        ("dkim_domains", row => ExportValue.Of(row.Dkim, dkim => dkim.Domain)),
        ("dkim_selectors", row => ExportValue.Of(row.Dkim, dkim => dkim.Selector)),
        ("dkim_results", row => ExportValue.Of(row.Dkim, dkim => dkim.Result.ToWord())),
        ("spf_domains", row => ExportValue.Of(row.Spf, spf => spf.Domain)),
        ("spf_scopes", row =>
            ExportValue.Of(row.Spf, spf => spf.Scope is { } scope ? ExportWords<ReportedSpfScope>.Get(scope) : "")),
        ("spf_results", row => ExportValue.Of(row.Spf, spf => spf.Result.ToWord())),
        ("findings", row => ExportValue.Of(row.Findings, finding => finding.Code)),
        ("path", row => ExportValue.Of(row.Path)));
}

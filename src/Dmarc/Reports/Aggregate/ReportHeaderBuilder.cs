namespace Dmarc.Reports.Aggregate;

/// <summary>Gathers the report's own data while it is read.</summary>
internal sealed class ReportHeaderBuilder(AggregateReport report)
{
    public bool HasMetadata { get; set; }

    public bool HasPolicy { get; set; }

    /// <summary>True if the policy comes from the previous report, until the report's own one is read.</summary>
    public bool IsInherited { get; set; }

    /// <summary>True once an element introduced by RFC 9990 was read.</summary>
    public bool HasRfc9990Elements { get; set; }

    /// <summary>True once an element removed by RFC 9990 was read.</summary>
    public bool HasRfc7489Elements { get; set; }

    public List<string> Errors { get; } = [];

    public List<ReportExtension> Extensions { get; } = [];

    /// <summary>Applies the gathered data to the report.</summary>
    public void Apply()
    {
        if (report.OrganizationName.Length == 0 && report.OrganizationEmail.LastIndexOf('@') is >= 0 and int at)
        {
            report.OrganizationName = report.OrganizationEmail.Substring(at + 1).TrimEnd('>', ' ');
            report.OrganizationNameIsFromEmail = true;
        }

        report.ReportErrors = Errors.ToPrintableList();
        report.Extensions = Extensions.ToPrintableList();
        report.Schema = Schema();
    }

    private ReportSchema Schema() =>
        report.Namespace == ReportVocabulary.Rfc9990Namespace || (HasRfc9990Elements && !HasRfc7489Elements) ? ReportSchema.Rfc9990
        : report.Namespace == ReportVocabulary.Rfc7489Namespace || report.Version.Length > 0 ? ReportSchema.Rfc7489
        : HasMetadata || HasPolicy ? ReportSchema.Draft
        : ReportSchema.Unknown;
}

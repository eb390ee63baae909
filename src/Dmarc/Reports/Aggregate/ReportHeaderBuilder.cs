using Dmarc.Text;

namespace Dmarc.Reports.Aggregate;

/// <summary>Gathers what a report says about itself while it is read.</summary>
internal sealed class ReportHeaderBuilder(AggregateReport report)
{
    public bool HasMetadata { get; set; }

    public bool HasPolicy { get; set; }

    /// <summary>True if the policy is that of the report before, until the report's own one comes.</summary>
    public bool IsInherited { get; set; }

    /// <summary>True once an element was met that RFC 9990 brought in.</summary>
    public bool HasRfc9990Elements { get; set; }

    /// <summary>True once an element was met that RFC 9990 took out.</summary>
    public bool HasRfc7489Elements { get; set; }

    public List<string> Errors { get; } = [];

    public EntryBuffer<ReportExtension> Extensions { get; } = new();

    /// <summary>Brings the report up to date with what was gathered.</summary>
    public void Apply()
    {
        if (report.OrganizationName.Length == 0 && report.OrganizationEmail.LastIndexOf('@') is >= 0 and int at)
        {
            report.OrganizationName = report.OrganizationEmail.Substring(at + 1).TrimEnd('>', ' ');
            report.OrganizationNameIsFromEmail = true;
        }

        report.ReportErrors = Errors.ToPrintableList();
        report.Extensions = Extensions.ToList();
        report.Schema = Schema();
    }

    private ReportSchema Schema() =>
        report.Namespace == ReportVocabulary.Rfc9990Namespace || (HasRfc9990Elements && !HasRfc7489Elements) ? ReportSchema.Rfc9990
        : report.Namespace == ReportVocabulary.Rfc7489Namespace || report.Version.Length > 0 ? ReportSchema.Rfc7489
        : HasMetadata || HasPolicy ? ReportSchema.Draft
        : ReportSchema.Unknown;
}

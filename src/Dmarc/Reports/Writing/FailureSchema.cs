using Dmarc.Reports.Failure;

namespace Dmarc.Reports.Writing;

/// <summary>The fields of failure reports. The message itself, which is private mail, is left out.</summary>
internal sealed class FailureSchema : ExportSchema<FailureReport>
{
    private FailureSchema()
        : base(
        [
            new("reporter", report => ExportValue.Of(report.Reporter?.ToString())),
            new("report_date", report => ExportValue.Of(report.ReportDate)),
            new("report_message_id", report => ExportValue.Of(report.ReportMessageId)),
            new("feedback_type", report => ExportValue.Of(report.WrittenFeedbackType.Text)),
            new("auth_failure", report => ExportValue.Of(report.WrittenAuthFailure.Text)),
            new("identity_alignment", report => ExportValue.Of(report.WrittenIdentityAlignment.Text)),
            new("delivery_result", report => ExportValue.Of(report.WrittenDeliveryResult.Text)),
            new("source_ip", report => ExportValue.Of(report.SourceIP)),
            new("source_port", report => ExportValue.Of(report.SourcePort)),
            new("arrival_date", report => ExportValue.Of(report.ArrivalDate)),
            new("incidents", report => ExportValue.Of(report.Incidents)),
            new("domain", report => ExportValue.Of(report.ReportedDomain)),
            new("reported_uris", report => ExportValue.Of(report.ReportedUris, uri => uri)),
            new("header_from", report => ExportValue.Of(report.HeaderFrom)),
            new("original_mail_from", report => ExportValue.Of(report.OriginalMailFrom?.ToString())),
            new("original_recipients", report => ExportValue.Of(report.OriginalRecipients, address => address.ToString())),
            new("original_envelope_id", report => ExportValue.Of(report.OriginalEnvelopeId)),
            new("message_id", report => ExportValue.Of(report.MessageId)),
            new("reporting_mta", report => ExportValue.Of(report.ReportingMta)),
            new("user_agent", report => ExportValue.Of(report.UserAgent)),
            new("dkim_domain", report => ExportValue.Of(report.DkimDomain)),
            new("dkim_identity", report => ExportValue.Of(report.DkimIdentity)),
            new("dkim_selector", report => ExportValue.Of(report.DkimSelector)),
            new("findings", report => ExportValue.Of(report.Findings, finding => finding.Code)),
            new("path", report => ExportValue.Of(report.Path)),
        ])
    {
    }

    public static FailureSchema Instance { get; } = new();

    public override string Type => "failure";

    public override DateTime? Time(object row) => (((FailureReport)row).ArrivalDate ?? ((FailureReport)row).ReportDate)?.UtcDateTime;

    public override string Domain(object row) =>
        ((FailureReport)row).ReportedDomain is { Length: > 0 } domain ? domain : ((FailureReport)row).HeaderFrom;

    public override string Reporter(object row) =>
        ((FailureReport)row).Reporter?.ToString() is { Length: > 0 } reporter ? reporter : ((FailureReport)row).ReportingMta;
}

using Dmarc.Reports.Failure;

namespace Dmarc.Reports.Writing;

/// <summary>The fields of failure reports. The message itself, which is private mail, is left out.</summary>
internal static class FailureSchema
{
    public static ExportSchema<FailureReport> Instance { get; } = new(
        "failure",
        report => (report.ArrivalDate ?? report.ReportDate)?.UtcDateTime,
        report => report.ReportedDomain.Length > 0 ? report.ReportedDomain : report.HeaderFrom,
        report => report.Reporter?.ToString() is { Length: > 0 } reporter ? reporter : report.ReportingMta,
        ("reporter", report => ExportValue.Of(report.Reporter?.ToString())),
        ("report_date", report => ExportValue.Of(report.ReportDate)),
        ("report_message_id", report => ExportValue.Of(report.ReportMessageId)),
        ("feedback_type", report => ExportValue.Of(report.WrittenFeedbackType.Text)),
        ("auth_failure", report => ExportValue.Of(report.WrittenAuthFailure.Text)),
        ("identity_alignment", report => ExportValue.Of(report.WrittenIdentityAlignment.Text)),
        ("delivery_result", report => ExportValue.Of(report.WrittenDeliveryResult.Text)),
        ("source_ip", report => ExportValue.Of(report.SourceIP)),
        ("source_port", report => ExportValue.Of(report.SourcePort)),
        ("arrival_date", report => ExportValue.Of(report.ArrivalDate)),
        ("incidents", report => ExportValue.Of(report.Incidents)),
        ("domain", report => ExportValue.Of(report.ReportedDomain)),
        ("reported_uris", report => ExportValue.Of(report.ReportedUris, uri => uri)),
        ("header_from", report => ExportValue.Of(report.HeaderFrom)),
        ("original_mail_from", report => ExportValue.Of(report.OriginalMailFrom?.ToString())),
        ("original_recipients", report => ExportValue.Of(report.OriginalRecipients, address => address.ToString())),
        ("original_envelope_id", report => ExportValue.Of(report.OriginalEnvelopeId)),
        ("message_id", report => ExportValue.Of(report.MessageId)),
        ("reporting_mta", report => ExportValue.Of(report.ReportingMta)),
        ("user_agent", report => ExportValue.Of(report.UserAgent)),
        ("dkim_domain", report => ExportValue.Of(report.DkimDomain)),
        ("dkim_identity", report => ExportValue.Of(report.DkimIdentity)),
        ("dkim_selector", report => ExportValue.Of(report.DkimSelector)),
        ("findings", report => ExportValue.Of(report.Findings, finding => finding.Code)),
        ("path", report => ExportValue.Of(report.Path)));
}

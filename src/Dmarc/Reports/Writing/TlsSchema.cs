using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Writing;

/// <summary>The fields of rows of TLS reports.</summary>
internal static class TlsSchema
{
    public static ExportSchema<TlsReportRow> Instance { get; } = new(
        "tls",
        row => row.Begin,
        row => row.PolicyDomain,
        row => row.OrganizationName,
        ("org_name", row => ExportValue.Of(row.OrganizationName)),
        ("contact_info", row => ExportValue.Of(row.ContactInfo)),
        ("report_id", row => ExportValue.Of(row.ReportId)),
        ("begin", row => ExportValue.Of(row.Begin)),
        ("end", row => ExportValue.Of(row.End)),
        ("domain", row => ExportValue.Of(row.PolicyDomain)),
        ("policy_number", row => ExportValue.Of(row.PolicyNumber)),
        ("policy_type", row => ExportValue.Of(row.WrittenPolicyType.Text)),
        ("policy_string", row => ExportValue.Of(row.PolicyString, line => line)),
        ("mx_hosts", row => ExportValue.Of(row.MxHosts, host => host)),
        ("total_successful_sessions", row => ExportValue.Of(row.TotalSuccessfulSessions)),
        ("total_failed_sessions", row => ExportValue.Of(row.TotalFailedSessions)),
        ("result_type", row => ExportValue.Of(row.ResultType is null ? null : row.WrittenResultType.Text)),
        ("failed_sessions", row => ExportValue.Of(row.FailedSessions)),
        ("sending_mta_ip", row => ExportValue.Of(row.SendingMtaIP)),
        ("receiving_mx_hostname", row => ExportValue.Of(row.ReceivingMxHostname)),
        ("receiving_mx_helo", row => ExportValue.Of(row.ReceivingMxHelo)),
        ("receiving_ip", row => ExportValue.Of(row.ReceivingIP)),
        ("additional_information", row => ExportValue.Of(row.AdditionalInformation)),
        ("failure_reason_code", row => ExportValue.Of(row.FailureReasonCode)),
        ("findings", row => ExportValue.Of(row.Findings, finding => finding.Code)),
        ("path", row => ExportValue.Of(row.Path)));
}

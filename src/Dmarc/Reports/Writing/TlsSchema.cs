using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Writing;

/// <summary>The fields of rows of TLS reports.</summary>
internal sealed class TlsSchema : ExportSchema<TlsReportRow>
{
    private TlsSchema()
        : base(
        [
            new("org_name", row => ExportValue.Of(row.OrganizationName)),
            new("contact_info", row => ExportValue.Of(row.ContactInfo)),
            new("report_id", row => ExportValue.Of(row.ReportId)),
            new("begin", row => ExportValue.Of(row.Begin)),
            new("end", row => ExportValue.Of(row.End)),
            new("domain", row => ExportValue.Of(row.PolicyDomain)),
            new("policy_number", row => ExportValue.Of(row.PolicyNumber)),
            new("policy_type", row => ExportValue.Of(row.WrittenPolicyType.Text)),
            new("policy_string", row => ExportValue.Of(row.PolicyString, line => line)),
            new("mx_hosts", row => ExportValue.Of(row.MxHosts, host => host)),
            new("total_successful_sessions", row => ExportValue.Of(row.TotalSuccessfulSessions)),
            new("total_failed_sessions", row => ExportValue.Of(row.TotalFailedSessions)),
            new("result_type", row => ExportValue.Of(row.ResultType is null ? null : row.WrittenResultType.Text)),
            new("failed_sessions", row => ExportValue.Of(row.FailedSessions)),
            new("sending_mta_ip", row => ExportValue.Of(row.SendingMtaIP)),
            new("receiving_mx_hostname", row => ExportValue.Of(row.ReceivingMxHostname)),
            new("receiving_mx_helo", row => ExportValue.Of(row.ReceivingMxHelo)),
            new("receiving_ip", row => ExportValue.Of(row.ReceivingIP)),
            new("additional_information", row => ExportValue.Of(row.AdditionalInformation)),
            new("failure_reason_code", row => ExportValue.Of(row.FailureReasonCode)),
            new("findings", row => ExportValue.Of(row.Findings, finding => finding.Code)),
            new("path", row => ExportValue.Of(row.Path)),
        ])
    {
    }

    public static TlsSchema Instance { get; } = new();

    public override string Type => "tls";

    public override DateTime? Time(object row) => ((TlsReportRow)row).Begin;

    public override string Domain(object row) => ((TlsReportRow)row).PolicyDomain;

    public override string Reporter(object row) => ((TlsReportRow)row).OrganizationName;
}

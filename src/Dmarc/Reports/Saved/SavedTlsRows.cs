using Dmarc.Reports.Tls;
using Row = Dmarc.Reports.Tls.TlsReportRow;

namespace Dmarc.Reports.Saved;

/// <summary>Restores rows of TLS reports from copies.</summary>
internal static class SavedTlsRows
{
    public static readonly string[] Required =
    [
        nameof(Row.OrganizationName), nameof(Row.ReportId), nameof(Row.Begin), nameof(Row.End),
        nameof(Row.PolicyDomain), nameof(Row.PolicyType), nameof(Row.ResultType), nameof(Row.TotalSuccessfulSessions),
        nameof(Row.TotalFailedSessions), nameof(Row.FailedSessions), nameof(Row.ReceivingMxHostname),
    ];

    /// <summary>True for an object with the characteristic properties of a TLS report row, if not all.</summary>
    public static bool IsRow(ISavedObject item) =>
        item.Has(nameof(Row.PolicyDomain)) && item.Has(nameof(Row.FailedSessions));

    public static TlsReportRow Read(SavedValues saved)
    {
        TlsReport report = new(saved.Text(nameof(Row.Path)))
        {
            OrganizationName = saved.Text(nameof(Row.OrganizationName)),
            ContactInfo = saved.Text(nameof(Row.ContactInfo)),
            ReportId = saved.Text(nameof(Row.ReportId)),
            WrittenBegin = saved.Seconds(nameof(Row.Begin)),
            WrittenEnd = saved.Seconds(nameof(Row.End)),
        };
        return new TlsReportRow(report)
        {
            PolicyNumber = (int)Math.Min(int.MaxValue, saved.OptionalNumber(nameof(Row.PolicyNumber)) ?? 0),
            WrittenPolicyType = saved.Word<TlsPolicyType>(nameof(Row.PolicyType), TlsWords.PolicyTypes.Write),
            PolicyDomain = saved.Text(nameof(Row.PolicyDomain)),
            PolicyString = saved.Texts(nameof(Row.PolicyString)),
            MxHosts = saved.Texts(nameof(Row.MxHosts)),
            TotalSuccessfulSessions = saved.Number(nameof(Row.TotalSuccessfulSessions)),
            TotalFailedSessions = saved.Number(nameof(Row.TotalFailedSessions)),
            WrittenResultType = saved.OptionalWord<TlsResultType>(nameof(Row.ResultType), TlsWords.ResultTypes.Write),
            FailedSessions = saved.Number(nameof(Row.FailedSessions)),
            SendingMtaIP = saved.Text(nameof(Row.SendingMtaIP)),
            ReceivingMxHostname = saved.Text(nameof(Row.ReceivingMxHostname)),
            ReceivingMxHelo = saved.Text(nameof(Row.ReceivingMxHelo)),
            ReceivingIP = saved.Text(nameof(Row.ReceivingIP)),
            AdditionalInformation = saved.Text(nameof(Row.AdditionalInformation)),
            FailureReasonCode = saved.Text(nameof(Row.FailureReasonCode)),
            Findings = saved.Findings(),
        };
    }
}

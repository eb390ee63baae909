using Dmarc.Reports.Tls;

namespace Dmarc.Reports.Saved;

/// <summary>Restores rows of TLS reports from copies. Not thread-safe.</summary>
/// <param name="culture">The culture of times in a table.</param>
internal sealed class SavedTlsRows(CultureInfo culture)
{
    private static readonly string[] Required =
    [
        nameof(TlsReportRow.OrganizationName), nameof(TlsReportRow.ReportId), nameof(TlsReportRow.Begin), nameof(TlsReportRow.End),
        nameof(TlsReportRow.PolicyDomain), nameof(TlsReportRow.PolicyType), nameof(TlsReportRow.ResultType),
        nameof(TlsReportRow.TotalSuccessfulSessions),
        nameof(TlsReportRow.TotalFailedSessions), nameof(TlsReportRow.FailedSessions), nameof(TlsReportRow.ReceivingMxHostname),
    ];

    private readonly StringPool _strings = new();

    /// <summary>True for an object with the characteristic properties of a TLS report row, if not all.</summary>
    public static bool IsRow(ISavedObject item) =>
        item.Has(nameof(TlsReportRow.PolicyDomain)) && item.Has(nameof(TlsReportRow.FailedSessions));

    /// <summary>Restores a row; null if a property is missing or invalid.</summary>
    public TlsReportRow? Read(ISavedObject item, out SavedProblem? problem) =>
        new SavedValues(item, culture, _strings).Restore(Required, Read, out problem);

    private static TlsReportRow Read(SavedValues saved)
    {
        TlsReport report = new(saved.Text(nameof(TlsReportRow.Path)))
        {
            OrganizationName = saved.Text(nameof(TlsReportRow.OrganizationName)),
            ContactInfo = saved.Text(nameof(TlsReportRow.ContactInfo)),
            ReportId = saved.Text(nameof(TlsReportRow.ReportId)),
            WrittenBegin = saved.Seconds(nameof(TlsReportRow.Begin)),
            WrittenEnd = saved.Seconds(nameof(TlsReportRow.End)),
        };
        return new TlsReportRow(report)
        {
            PolicyNumber = (int)Math.Min(int.MaxValue, saved.OptionalNumber(nameof(TlsReportRow.PolicyNumber)) ?? 0),
            WrittenPolicyType = saved.Word<TlsPolicyType>(nameof(TlsReportRow.PolicyType), TlsWords.PolicyTypes.Write),
            PolicyDomain = saved.Text(nameof(TlsReportRow.PolicyDomain)),
            PolicyString = saved.Texts(nameof(TlsReportRow.PolicyString)),
            MxHosts = saved.Texts(nameof(TlsReportRow.MxHosts)),
            TotalSuccessfulSessions = saved.Number(nameof(TlsReportRow.TotalSuccessfulSessions)),
            TotalFailedSessions = saved.Number(nameof(TlsReportRow.TotalFailedSessions)),
            WrittenResultType = saved.OptionalWord<TlsResultType>(nameof(TlsReportRow.ResultType), TlsWords.ResultTypes.Write),
            FailedSessions = saved.Number(nameof(TlsReportRow.FailedSessions)),
            SendingMtaIP = saved.Text(nameof(TlsReportRow.SendingMtaIP)),
            ReceivingMxHostname = saved.Text(nameof(TlsReportRow.ReceivingMxHostname)),
            ReceivingMxHelo = saved.Text(nameof(TlsReportRow.ReceivingMxHelo)),
            ReceivingIP = saved.Text(nameof(TlsReportRow.ReceivingIP)),
            AdditionalInformation = saved.Text(nameof(TlsReportRow.AdditionalInformation)),
            FailureReasonCode = saved.Text(nameof(TlsReportRow.FailureReasonCode)),
            Findings = saved.Findings(),
        };
    }
}

using System.Globalization;
using Dmarc.Reports.Tls;
using Dmarc.Text;

namespace Dmarc.Reports.Saved;

/// <summary>Restores rows of TLS reports from copies. Not for several threads at once.</summary>
/// <param name="culture">How times are written in a table.</param>
internal sealed class SavedTlsRows(CultureInfo culture)
{
    private static readonly string[] Required =
    [
        nameof(TlsReportRow.OrganizationName), nameof(TlsReportRow.ReportId), nameof(TlsReportRow.Begin), nameof(TlsReportRow.End),
        nameof(TlsReportRow.PolicyDomain), nameof(TlsReportRow.PolicyType), nameof(TlsReportRow.ResultType), nameof(TlsReportRow.TotalSuccessfulSessions),
        nameof(TlsReportRow.TotalFailedSessions), nameof(TlsReportRow.FailedSessions), nameof(TlsReportRow.ReceivingMxHostname),
    ];

    private readonly StringPool _strings = new();

    /// <summary>True for an object that has what makes a row of a TLS report, though perhaps not all of it.</summary>
    public static bool IsRow(ISavedObject item) => item.Has(nameof(TlsReportRow.PolicyDomain)) && item.Has(nameof(TlsReportRow.FailedSessions));

    /// <summary>Restores a row; null if a property is missing or cannot be read.</summary>
    public TlsReportRow? Read(ISavedObject item, out SavedProblem? problem)
    {
        SavedValues saved = new(item, culture, _strings);
        saved.Require(Required);
        TlsReportRow? row = saved.Problem is null ? Read(saved) : null;
        problem = saved.Problem;
        return problem is null ? row : null;
    }

    private static TlsReportRow Read(SavedValues saved)
    {
        TlsPolicyType policy = saved.Member<TlsPolicyType>(nameof(TlsReportRow.PolicyType));
        TlsResultType? result = saved.OptionalMember<TlsResultType>(nameof(TlsReportRow.ResultType));
        TlsReport report = new(saved.Text(nameof(TlsReportRow.Path)))
        {
            OrganizationName = saved.Text(nameof(TlsReportRow.OrganizationName)),
            ContactInfo = saved.Text(nameof(TlsReportRow.ContactInfo)),
            ReportId = saved.Text(nameof(TlsReportRow.ReportId)),
            WrittenBegin = Time(saved, nameof(TlsReportRow.Begin)),
            WrittenEnd = Time(saved, nameof(TlsReportRow.End)),
        };
        return new TlsReportRow(report)
        {
            PolicyNumber = (int)Math.Min(int.MaxValue, saved.OptionalNumber(nameof(TlsReportRow.PolicyNumber)) ?? 0),
            WrittenPolicyType = WrittenValue.Word(policy, policy == default ? saved.Text(nameof(TlsReportRow.PolicyTypeText)) : TlsWords.PolicyTypes.Write(policy)),
            PolicyDomain = saved.Text(nameof(TlsReportRow.PolicyDomain)),
            PolicyString = saved.Texts(nameof(TlsReportRow.PolicyString)),
            MxHosts = saved.Texts(nameof(TlsReportRow.MxHosts)),
            TotalSuccessfulSessions = saved.Number(nameof(TlsReportRow.TotalSuccessfulSessions)),
            TotalFailedSessions = saved.Number(nameof(TlsReportRow.TotalFailedSessions)),
            WrittenResultType = result is { } type
                ? WrittenValue.Word<TlsResultType>(result, type == default ? saved.Text(nameof(TlsReportRow.ResultTypeText)) : TlsWords.ResultTypes.Write(type))
                : default,
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

    private static WrittenValue<DateTime?> Time(SavedValues saved, string name) => saved.OptionalTime(name) is { } time
        ? WrittenValue.Optional<DateTime>(time.UtcDateTime, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
        : default;
}

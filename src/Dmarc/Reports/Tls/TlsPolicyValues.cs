using System.Net;

namespace Dmarc.Reports.Tls;

/// <summary>The data of an entry of <c>policies</c> common to its failures, while it is read.</summary>
internal sealed class TlsPolicyValues
{
    public int Number { get; init; }

    public string Type { get; set; } = "";

    public string Domain { get; set; } = "";

    public PrintableList<string> Strings { get; set; } = [];

    public PrintableList<string> Hosts { get; set; } = [];

    public string Successful { get; set; } = "";

    public string Failed { get; set; } = "";

    public List<ReportExtension> Extensions { get; } = [];
}

/// <summary>The data of an entry of <c>failure-details</c>, while it is read.</summary>
internal sealed class TlsFailureValues
{
    public string ResultType { get; set; } = "";

    public string SendingMtaIP { get; set; } = "";

    public string ReceivingMxHostname { get; set; } = "";

    public string ReceivingMxHelo { get; set; } = "";

    public string ReceivingIP { get; set; } = "";

    public string Count { get; set; } = "";

    public string AdditionalInformation { get; set; } = "";

    public string FailureReasonCode { get; set; } = "";

    public List<ReportExtension> Extensions { get; } = [];

    /// <summary>The row of this failure.</summary>
    /// <param name="policy">A row with the policy's data.</param>
    public TlsReportRow ToRow(TlsReportRow policy)
    {
        List<Finding> findings = [];
        WrittenValue<TlsResultType> type = WrittenValue.Word(TlsWords.ResultTypes.Read(ResultType), ResultType);
        TlsReportParser.CheckKnown(findings, type.Value == TlsResultType.Unknown, type.Text, "result-type");
        return policy with
        {
            WrittenResultType = new(type.Value, type.Text, type.SaysAll),
            FailedSessions = TlsReportParser.Number(findings, Count, "failed-session-count"),
            SendingMtaIP = Address(findings, SendingMtaIP, "sending-mta-ip"),
            ReceivingMxHostname = ReceivingMxHostname,
            ReceivingMxHelo = ReceivingMxHelo,
            ReceivingIP = Address(findings, ReceivingIP, "receiving-ip"),
            AdditionalInformation = AdditionalInformation,
            FailureReasonCode = FailureReasonCode,
            Extensions = Extensions.ToPrintableList(),
            Findings = findings.ToPrintableList(),
        };
    }

    private static string Address(List<Finding> findings, string text, string member)
    {
        if (text.Length == 0)
        {
            return "";
        }

        if (SourceAddress.TryParseLiteral(text, out IPAddress? address))
        {
            return address!.ToString();
        }

        findings.Add(TlsReportFindings.ValueInvalid.Create(member, text));
        return text;
    }
}

/// <summary>The words of RFC 8460 §4.2 and §4.3, in any letter case.</summary>
internal static class TlsWords
{
    public static WordSet<TlsPolicyType> PolicyTypes { get; } = new(
        ("tlsa", TlsPolicyType.Tlsa),
        ("sts", TlsPolicyType.Sts),
        ("no-policy-found", TlsPolicyType.NoPolicyFound));

    public static WordSet<TlsResultType> ResultTypes { get; } = new(
        ("starttls-not-supported", TlsResultType.StartTlsNotSupported),
        ("certificate-host-mismatch", TlsResultType.CertificateHostMismatch),
        ("certificate-expired", TlsResultType.CertificateExpired),
        ("certificate-not-trusted", TlsResultType.CertificateNotTrusted),
        ("validation-failure", TlsResultType.ValidationFailure),
        ("tlsa-invalid", TlsResultType.TlsaInvalid),
        ("dnssec-invalid", TlsResultType.DnssecInvalid),
        ("dane-required", TlsResultType.DaneRequired),
        ("sts-policy-fetch-error", TlsResultType.StsPolicyFetchError),
        ("sts-policy-invalid", TlsResultType.StsPolicyInvalid),
        ("sts-webpki-invalid", TlsResultType.StsWebPkiInvalid));
}

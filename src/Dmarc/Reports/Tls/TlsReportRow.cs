namespace Dmarc.Reports.Tls;

/// <summary>
/// One failure of a policy in a TLS report (RFC 8460 §4.4), or a policy without failures. A policy has one row for each
/// failure, or a single row. The data of report and policy is repeated on each row, except the policy's totals: they
/// are on its first row and 0 on the others, so that they can be summed.
/// </summary>
public sealed record TlsReportRow
{
    private readonly TlsReport _report;

    internal TlsReportRow(TlsReport report) => _report = report;

    /// <summary>The reporting organisation, which sends mail to the policy's domain.</summary>
    public string OrganizationName => _report.OrganizationName;

    /// <summary>The contact of the reporting organisation; empty if missing.</summary>
    public string ContactInfo => _report.ContactInfo;

    /// <summary>The identifier of the report, unique at its organisation.</summary>
    public string ReportId => _report.ReportId;

    /// <summary>The start of the period, in UTC; null if not readable.</summary>
    public DateTime? Begin => _report.Begin;

    /// <summary>The end of the period, in UTC; null if not readable.</summary>
    public DateTime? End => _report.End;

    /// <summary>The number of the row's policy in the report, from 1.</summary>
    public int PolicyNumber { get; init; }

    /// <summary>The type of the policy that the sender applied.</summary>
    public TlsPolicyType PolicyType => WrittenPolicyType.Value;

    /// <summary>The written policy type if it is not a standard word; otherwise empty.</summary>
    public string PolicyTypeText => WrittenPolicyType.OtherText;

    /// <summary>The recipient domain of the mail.</summary>
    public string PolicyDomain { get; init; } = "";

    /// <summary>The policy: lines of an MTA-STS policy, or TLSA records.</summary>
    public PrintableList<string> PolicyString { get; init; } = [];

    /// <summary>The patterns of mail servers in the policy.</summary>
    public PrintableList<string> MxHosts { get; init; } = [];

    /// <summary>The number of successful sessions under the policy, on its first row; 0 on the others.</summary>
    public long TotalSuccessfulSessions { get; init; }

    /// <summary>The number of failed sessions under the policy, on its first row; 0 on the others.</summary>
    public long TotalFailedSessions { get; init; }

    /// <summary>Why the sessions of the row failed; null for a row without a failure.</summary>
    public TlsResultType? ResultType => WrittenResultType.Value;

    /// <summary>The written failure reason if it is not a standard word; otherwise empty.</summary>
    public string ResultTypeText => WrittenResultType.OtherText;

    /// <summary>
    /// The number of sessions failed for this reason; without a reason, the number failed under the policy. A session
    /// may fail for several reasons, so the sum may exceed <see cref="TotalFailedSessions"/>.
    /// </summary>
    public long FailedSessions { get; init; }

    /// <summary>The sending server's address, in canonical form; the written text if it is not valid.</summary>
    public string SendingMtaIP { get; init; } = "";

    /// <summary>The name of the receiving server.</summary>
    public string ReceivingMxHostname { get; init; } = "";

    /// <summary>The receiving server's HELO name.</summary>
    public string ReceivingMxHelo { get; init; } = "";

    /// <summary>The receiving server's address, in canonical form; the written text if it is not valid.</summary>
    public string ReceivingIP { get; init; } = "";

    /// <summary>More information, usually a URL. It is untrusted.</summary>
    public string AdditionalInformation { get; init; } = "";

    /// <summary>The error of the sender's software.</summary>
    public string FailureReasonCode { get; init; } = "";

    /// <summary>Non-standard members of the policy or failure, named with the objects around them.</summary>
    public PrintableList<ReportExtension> Extensions { get; init; } = [];

    /// <summary>Findings about the row. Those about the policy are on its first row.</summary>
    public PrintableList<Finding> Findings { get; init; } = [];

    /// <summary>The source file, followed by the names of containers and entries in it, joined by <c>!</c>.</summary>
    public string Path => _report.Path;

    internal WrittenValue<TlsPolicyType> WrittenPolicyType { get; init; }

    internal WrittenValue<TlsResultType?> WrittenResultType { get; init; }

    internal TlsReport Report => _report;

    /// <summary>The data of the report common to all its rows.</summary>
    public TlsReport GetReport() => _report;

    /// <summary>The organisation, the domain, and the failure or the totals.</summary>
    public override string ToString() => OrganizationName + " " + PolicyDomain + " " + (ResultType is null
        ? string.Format(CultureInfo.InvariantCulture, "{0}/{1}", TotalSuccessfulSessions, TotalSuccessfulSessions + TotalFailedSessions)
        : string.Format(CultureInfo.InvariantCulture, "{0} {1}", WrittenResultType, FailedSessions));
}

using System.Globalization;
using Dmarc.Text;

namespace Dmarc.Reports.Tls;

/// <summary>
/// One failure of a policy of a TLS report (RFC 8460 §4.4), or a policy without any. A policy gives as many rows as it has
/// failures, and one where it has none. What the report and the policy say once is repeated on each row, but for the
/// policy's totals: these stand on its first row only and are 0 on the others, so that they can be added up.
/// </summary>
public sealed record TlsReportRow
{
    private readonly TlsReport _report;

    internal TlsReportRow(TlsReport report) => _report = report;

    /// <summary>The reporting organisation: the one that sends mail to the policy's domain.</summary>
    public string OrganizationName => _report.OrganizationName;

    /// <summary>How to reach the reporting organisation; empty if the report does not say.</summary>
    public string ContactInfo => _report.ContactInfo;

    /// <summary>The report's identifier, unique at its organisation.</summary>
    public string ReportId => _report.ReportId;

    /// <summary>The start of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? Begin => _report.Begin;

    /// <summary>The end of the time covered, in UTC; null if the report gives no readable one.</summary>
    public DateTime? End => _report.End;

    /// <summary>Which policy of the report the row is about, from 1.</summary>
    public int PolicyNumber { get; init; }

    /// <summary>The kind of policy that the sender applied.</summary>
    public TlsPolicyType PolicyType => WrittenPolicyType.Value;

    /// <summary>What the report writes as the kind of policy if that is none of the standard's words; else empty.</summary>
    public string PolicyTypeText => WrittenPolicyType.OtherText;

    /// <summary>The domain that the mail was for.</summary>
    public string PolicyDomain { get; init; } = "";

    /// <summary>The policy: lines of an MTA-STS policy, or TLSA records.</summary>
    public PrintableList<string> PolicyString { get; init; } = [];

    /// <summary>The patterns of mail servers that the policy names.</summary>
    public PrintableList<string> MxHosts { get; init; } = [];

    /// <summary>How many sessions succeeded under the policy: on its first row; 0 on the others.</summary>
    public long TotalSuccessfulSessions { get; init; }

    /// <summary>How many sessions failed under the policy, for whatever reason: on its first row; 0 on the others.</summary>
    public long TotalFailedSessions { get; init; }

    /// <summary>Why the sessions of the row failed; null if the row tells of no failure.</summary>
    public TlsResultType? ResultType => WrittenResultType.Value;

    /// <summary>What the report writes as the reason for the failure if that is none of the standard's words; else empty.</summary>
    public string ResultTypeText => WrittenResultType.OtherText;

    /// <summary>
    /// How many sessions failed for this reason; where the row tells of none, how many failed under the policy. A session may
    /// fail for several reasons, so that these may add up to more than <see cref="TotalFailedSessions"/>.
    /// </summary>
    public long FailedSessions { get; init; }

    /// <summary>The address of the sending server, in its canonical text; what the report writes where that is no address.</summary>
    public string SendingMtaIP { get; init; } = "";

    /// <summary>The name of the receiving server.</summary>
    public string ReceivingMxHostname { get; init; } = "";

    /// <summary>The name that the receiving server gave itself.</summary>
    public string ReceivingMxHelo { get; init; } = "";

    /// <summary>The address of the receiving server, in its canonical text; what the report writes where that is no address.</summary>
    public string ReceivingIP { get; init; } = "";

    /// <summary>Where to learn more, mostly an address on the web. A stranger wrote it.</summary>
    public string AdditionalInformation { get; init; } = "";

    /// <summary>The error of the sender's software.</summary>
    public string FailureReasonCode { get; init; } = "";

    /// <summary>Members of the policy or failure that are in no standard; their names with those of the objects around them.</summary>
    public PrintableList<ReportExtension> Extensions { get; init; } = [];

    /// <summary>Where the row is not as the standard has it. What is wrong with the policy stands on its first row.</summary>
    public PrintableList<Finding> Findings { get; init; } = [];

    /// <summary>The file that the row was read from; the names of containers and entries in it follow, joined by <c>!</c>.</summary>
    public string Path => _report.Path;

    internal WrittenValue<TlsPolicyType> WrittenPolicyType { get; init; }

    internal WrittenValue<TlsResultType?> WrittenResultType { get; init; }

    internal TlsReport Report => _report;

    /// <summary>What the report says once for all its rows.</summary>
    public TlsReport GetReport() => _report;

    /// <summary>The organisation, the domain, and the failure or the totals.</summary>
    public override string ToString() => OrganizationName + " " + PolicyDomain + " " + (ResultType is null
        ? string.Format(CultureInfo.InvariantCulture, "{0}/{1}", TotalSuccessfulSessions, TotalSuccessfulSessions + TotalFailedSessions)
        : string.Format(CultureInfo.InvariantCulture, "{0} {1}", WrittenResultType, FailedSessions));
}

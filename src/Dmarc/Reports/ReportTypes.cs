namespace Dmarc.Reports;

/// <summary>The kinds of reports to read; can be combined.</summary>
[Flags]
public enum ReportTypes
{
    /// <summary>Aggregate reports (RFC 9990, RFC 7489): an <c>AggregateReportRow</c> for each record.</summary>
    Aggregate = 1,

    /// <summary>Failure reports (RFC 9991, RFC 6591): a <c>FailureReport</c> for each.</summary>
    Failure = 2,

    /// <summary>SMTP TLS reports (RFC 8460): a <c>TlsReportRow</c> for each policy and failure.</summary>
    Tls = 4,

    /// <summary>All kinds.</summary>
    All = Aggregate | Failure | Tls,
}

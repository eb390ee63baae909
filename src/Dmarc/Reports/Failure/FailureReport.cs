using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Reports.Failure;

/// <summary>
/// A failure report: one message that did not pass, as described by the receiver (RFC 9991, with RFC 6591 and RFC
/// 5965). A missing field is null or empty; non-standard values are kept as text.
/// </summary>
public sealed record FailureReport
{
    /// <summary>The address that sent the report: the author of the report's message; null if unknown.</summary>
    public MailAddress? Reporter { get; init; }

    /// <summary>The subject of the report's message.</summary>
    public string ReportSubject { get; init; } = "";

    /// <summary>When the report's message was written; null without a readable date.</summary>
    public DateTimeOffset? ReportDate { get; init; }

    /// <summary>The Message-ID of the report's message.</summary>
    public string ReportMessageId { get; init; } = "";

    /// <summary>Whether the report has its machine-readable part, or is text only.</summary>
    public FailureReportFormat Format { get; init; }

    /// <summary>The subject of the report.</summary>
    public FeedbackType FeedbackType => WrittenFeedbackType.Value;

    /// <summary>The written subject if it is not a standard word; otherwise empty.</summary>
    public string FeedbackTypeText => WrittenFeedbackType.OtherText;

    /// <summary>The version of the format (<c>1</c>).</summary>
    public string Version { get; init; } = "";

    /// <summary>The software that generated the report.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>The check that the message failed.</summary>
    public AuthFailureType AuthFailure => WrittenAuthFailure.Value;

    /// <summary>The written check if it is not a standard word; otherwise empty.</summary>
    public string AuthFailureText => WrittenAuthFailure.OtherText;

    /// <summary>The mechanisms without an aligned identity (RFC 9991); null if missing.</summary>
    public UnalignedMechanism? IdentityAlignment => WrittenIdentityAlignment.Value;

    /// <summary>The written mechanisms if they contain non-standard words; otherwise empty.</summary>
    public string IdentityAlignmentText => WrittenIdentityAlignment.OtherText;

    /// <summary>The delivery result of the message; null if missing.</summary>
    public DeliveryResult? DeliveryResult => WrittenDeliveryResult.Value;

    /// <summary>The written delivery result if it is not a standard word; otherwise empty.</summary>
    public string DeliveryResultText => WrittenDeliveryResult.OtherText;

    /// <summary>The results of the receiver's checks (RFC 8601).</summary>
    public PrintableList<AuthenticationResultsHeader> AuthenticationResults { get; init; } = [];

    /// <summary>
    /// The address that sent the message, in canonical form (RFC 5952; an IPv4-mapped address as IPv4); the written
    /// text if it is not an address; empty if missing.
    /// </summary>
    public string SourceIP { get; init; } = "";

    /// <summary>The port that the message was sent from (RFC 6692), 1 to 65535; null if missing.</summary>
    public int? SourcePort { get; init; }

    /// <summary>When the message arrived; null without a readable date.</summary>
    public DateTimeOffset? ArrivalDate => WrittenArrivalDate.Value;

    /// <summary>The written arrival date if it is not readable; otherwise empty.</summary>
    public string ArrivalDateText => WrittenArrivalDate.OtherText;

    /// <summary>The number of messages that the report represents (RFC 5965 §3.2); by default 1.</summary>
    public long Incidents { get; init; } = 1;

    /// <summary>The reported domain.</summary>
    public string ReportedDomain { get; init; } = "";

    /// <summary>The reported URIs.</summary>
    public PrintableList<string> ReportedUris { get; init; } = [];

    /// <summary>The domain of the message's From field, or from the receiver's results; empty if unknown.</summary>
    public string HeaderFrom { get; init; } = "";

    /// <summary>The envelope sender, with an empty address for the null sender. Null if missing.</summary>
    public MailAddress? OriginalMailFrom { get; init; }

    /// <summary>The envelope recipients.</summary>
    public PrintableList<MailAddress> OriginalRecipients { get; init; } = [];

    /// <summary>The identifier of the envelope (ENVID).</summary>
    public string OriginalEnvelopeId { get; init; } = "";

    /// <summary>The Message-ID of the failed message, if necessary from the message itself.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>The server that generated the report (<c>Reporting-MTA</c>).</summary>
    public string ReportingMta { get; init; } = "";

    /// <summary>The signing domain of the failed signature (<c>d=</c>).</summary>
    public string DkimDomain { get; init; } = "";

    /// <summary>The identity of the failed signature (<c>i=</c>).</summary>
    public string DkimIdentity { get; init; } = "";

    /// <summary>The selector of the failed signature (<c>s=</c>).</summary>
    public string DkimSelector { get; init; } = "";

    /// <summary>The key record found by the receiver (<c>DKIM-Selector-DNS</c>).</summary>
    public string DkimSelectorDns { get; init; } = "";

    /// <summary>The ADSP record found by the receiver (<c>DKIM-ADSP-DNS</c>).</summary>
    public string DkimAdspDns { get; init; } = "";

    /// <summary>The header as hashed by the receiver, decoded; null if missing.</summary>
    public string? DkimCanonicalizedHeader { get; init; }

    /// <summary>The body as hashed by the receiver, decoded; null if missing.</summary>
    public string? DkimCanonicalizedBody { get; init; }

    /// <summary>The SPF records found by the receiver.</summary>
    public PrintableList<ReportedSpfRecord> SpfDns { get; init; } = [];

    /// <summary>Non-standard fields of the report, and repetitions of fields allowed once.</summary>
    public PrintableList<FeedbackField> OtherFields { get; init; } = [];

    /// <summary>The failed message or its header; null if missing.</summary>
    public ReportedMessage? OriginalMessage { get; init; }

    /// <summary>The findings about the report.</summary>
    public PrintableList<Finding> Findings { get; init; } = [];

    /// <summary>The source file, followed by the names of containers and entries in it, joined by <c>!</c>.</summary>
    public string Path { get; init; } = "";

    internal WrittenValue<FeedbackType> WrittenFeedbackType { get; init; }

    internal WrittenValue<AuthFailureType> WrittenAuthFailure { get; init; }

    internal WrittenValue<UnalignedMechanism?> WrittenIdentityAlignment { get; init; }

    internal WrittenValue<DeliveryResult?> WrittenDeliveryResult { get; init; }

    internal WrittenValue<DateTimeOffset?> WrittenArrivalDate { get; init; }

    /// <summary>The source, the From domain and the failed check.</summary>
    public override string ToString() => SourceIP + " " + HeaderFrom + " " + WrittenAuthFailure;
}

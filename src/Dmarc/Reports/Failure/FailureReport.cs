using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Text;

namespace Dmarc.Reports.Failure;

/// <summary>
/// A failure report: one message that did not pass, as the receiver describes it (RFC 9991, with RFC 6591 and RFC 5965). A
/// field that the report leaves out is null or empty; what the receiver writes outside the standard's words is kept as text.
/// </summary>
public sealed record FailureReport
{
    /// <summary>The address that sent the report: the author of the message that carries it; null if none is known.</summary>
    public MailAddress? Reporter { get; init; }

    /// <summary>The subject of the message that carries the report.</summary>
    public string ReportSubject { get; init; } = "";

    /// <summary>When the message that carries the report was written; null if it gives no readable date.</summary>
    public DateTimeOffset? ReportDate { get; init; }

    /// <summary>The Message-ID of the message that carries the report.</summary>
    public string ReportMessageId { get; init; } = "";

    /// <summary>Whether the report has its part for machines, or is text only.</summary>
    public FailureReportFormat Format { get; init; }

    /// <summary>What the report is about.</summary>
    public FeedbackType FeedbackType => WrittenFeedbackType.Value;

    /// <summary>What the report writes as what it is about if that is none of the standard's words; else empty.</summary>
    public string FeedbackTypeText => WrittenFeedbackType.OtherText;

    /// <summary>The version of the format (<c>1</c>).</summary>
    public string Version { get; init; } = "";

    /// <summary>The software that wrote the report.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>Which check the message failed.</summary>
    public AuthFailureType AuthFailure => WrittenAuthFailure.Value;

    /// <summary>What the report writes as the check that the message failed if that is none of the standard's words; else empty.</summary>
    public string AuthFailureText => WrittenAuthFailure.OtherText;

    /// <summary>Which mechanisms gave no aligned identity (RFC 9991); null if the report leaves it out.</summary>
    public UnalignedMechanism? IdentityAlignment => WrittenIdentityAlignment.Value;

    /// <summary>What the report writes as the mechanisms that gave no aligned identity if it has other words than the standard's; else empty.</summary>
    public string IdentityAlignmentText => WrittenIdentityAlignment.OtherText;

    /// <summary>What became of the message; null if the report leaves it out.</summary>
    public DeliveryResult? DeliveryResult => WrittenDeliveryResult.Value;

    /// <summary>What the report writes as what became of the message if that is none of the standard's words; else empty.</summary>
    public string DeliveryResultText => WrittenDeliveryResult.OtherText;

    /// <summary>What the receiver's checks gave (RFC 8601).</summary>
    public PrintableList<AuthenticationResultsHeader> AuthenticationResults { get; init; } = [];

    /// <summary>
    /// The address that sent the message, in its canonical text (RFC 5952; an IPv4-mapped address as IPv4); what the report
    /// writes where that is no address; empty if it leaves it out.
    /// </summary>
    public string SourceIP { get; init; } = "";

    /// <summary>The port that the message was sent from (RFC 6692), 1 to 65535; null if the report leaves it out.</summary>
    public int? SourcePort { get; init; }

    /// <summary>When the message arrived; null if the report gives no readable date.</summary>
    public DateTimeOffset? ArrivalDate => WrittenArrivalDate.Value;

    /// <summary>When the message arrived as the report writes it if that is no readable date; else empty.</summary>
    public string ArrivalDateText => WrittenArrivalDate.OtherText;

    /// <summary>How many messages the report stands for (RFC 5965 §3.2); 1 where it does not say.</summary>
    public long Incidents { get; init; } = 1;

    /// <summary>The domain that the report is about.</summary>
    public string ReportedDomain { get; init; } = "";

    /// <summary>Addresses on the web or elsewhere that the report is about.</summary>
    public PrintableList<string> ReportedUris { get; init; } = [];

    /// <summary>The domain of the message's From field: from the message itself, else from the receiver's results; empty where neither tells.</summary>
    public string HeaderFrom { get; init; } = "";

    /// <summary>The envelope sender; its address is empty for the null sender. Null where the report leaves it out.</summary>
    public MailAddress? OriginalMailFrom { get; init; }

    /// <summary>The envelope recipients.</summary>
    public PrintableList<MailAddress> OriginalRecipients { get; init; } = [];

    /// <summary>The identifier of the envelope (ENVID).</summary>
    public string OriginalEnvelopeId { get; init; } = "";

    /// <summary>The Message-ID of the message that failed; from the message itself where only that has it.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>The server that made the report (<c>Reporting-MTA</c>).</summary>
    public string ReportingMta { get; init; } = "";

    /// <summary>The signing domain of the signature that failed (<c>d=</c>).</summary>
    public string DkimDomain { get; init; } = "";

    /// <summary>The identity of the signature that failed (<c>i=</c>).</summary>
    public string DkimIdentity { get; init; } = "";

    /// <summary>The selector of the signature that failed (<c>s=</c>).</summary>
    public string DkimSelector { get; init; } = "";

    /// <summary>The key record that the receiver found (<c>DKIM-Selector-DNS</c>).</summary>
    public string DkimSelectorDns { get; init; } = "";

    /// <summary>The ADSP record that the receiver found (<c>DKIM-ADSP-DNS</c>).</summary>
    public string DkimAdspDns { get; init; } = "";

    /// <summary>The header as the receiver hashed it, decoded; null if the report leaves it out.</summary>
    public string? DkimCanonicalizedHeader { get; init; }

    /// <summary>The body as the receiver hashed it, decoded; null if the report leaves it out.</summary>
    public string? DkimCanonicalizedBody { get; init; }

    /// <summary>The records that SPF met.</summary>
    public PrintableList<ReportedSpfRecord> SpfDns { get; init; } = [];

    /// <summary>Fields of the report that are in no standard, and repetitions of those that may stand once.</summary>
    public PrintableList<FeedbackField> OtherFields { get; init; } = [];

    /// <summary>The message that failed, or its header; null if the report carries neither.</summary>
    public ReportedMessage? OriginalMessage { get; init; }

    /// <summary>What is wrong with the report.</summary>
    public PrintableList<Finding> Findings { get; init; } = [];

    /// <summary>The file that the report was read from; the names of containers and entries in it follow, joined by <c>!</c>.</summary>
    public string Path { get; init; } = "";

    internal WrittenValue<FeedbackType> WrittenFeedbackType { get; init; }

    internal WrittenValue<AuthFailureType> WrittenAuthFailure { get; init; }

    internal WrittenValue<UnalignedMechanism?> WrittenIdentityAlignment { get; init; }

    internal WrittenValue<DeliveryResult?> WrittenDeliveryResult { get; init; }

    internal WrittenValue<DateTimeOffset?> WrittenArrivalDate { get; init; }

    /// <summary>The source, the From domain and what failed.</summary>
    public override string ToString() => SourceIP + " " + HeaderFrom + " " + WrittenAuthFailure;
}

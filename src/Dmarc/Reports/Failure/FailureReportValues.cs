using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Reports.Failure;

/// <summary>What a feedback report is about (<c>Feedback-Type</c>, RFC 5965 §7.3).</summary>
public enum FeedbackType
{
    /// <summary>No value, or one that is not registered; see the text beside it.</summary>
    Unknown,

    /// <summary>A message failed authentication (RFC 6591): what DMARC failure reports are.</summary>
    AuthFailure,

    /// <summary>A recipient complains of unwanted mail.</summary>
    Abuse,

    /// <summary>A message looks like fraud or phishing.</summary>
    Fraud,

    /// <summary>A message was taken for unwanted mail by mistake.</summary>
    NotSpam,

    /// <summary>A message carries malicious software.</summary>
    Virus,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>Which check a message failed (<c>Auth-Failure</c>, RFC 6591 §3.1, RFC 9991 §4).</summary>
public enum AuthFailureType
{
    /// <summary>No value, or one that is not registered; see the text beside it.</summary>
    Unknown,

    /// <summary>DMARC.</summary>
    Dmarc,

    /// <summary>The signature of DKIM does not verify.</summary>
    Signature,

    /// <summary>The body hash of DKIM differs.</summary>
    BodyHash,

    /// <summary>The key of DKIM is revoked.</summary>
    Revoked,

    /// <summary>SPF.</summary>
    Spf,

    /// <summary>ADSP, which nobody uses any more.</summary>
    Adsp,
}

/// <summary>What became of the message (<c>Delivery-Result</c>, RFC 6591 §3.2.2).</summary>
public enum DeliveryResult
{
    /// <summary>A value that is not in the standard; see the text beside it.</summary>
    Unknown,

    /// <summary>It was delivered.</summary>
    Delivered,

    /// <summary>It was delivered as spam.</summary>
    Spam,

    /// <summary>It was delivered, or not, under a local policy.</summary>
    Policy,

    /// <summary>It was rejected.</summary>
    Reject,

    /// <summary>Something else became of it.</summary>
    Other,
}

/// <summary>The mechanisms that gave no aligned identity (<c>Identity-Alignment</c>, RFC 9991 §4).</summary>
[Flags]
[SuppressMessage("Naming", "CA1714", Justification = "A set of mechanisms, which reads best in the singular.")]
public enum UnalignedMechanism
{
    /// <summary>Both mechanisms gave one (<c>none</c> failed).</summary>
    None = 0,

    /// <summary>DKIM gave none.</summary>
    Dkim = 1,

    /// <summary>SPF gave none.</summary>
    Spf = 2,
}

/// <summary>How a failure report was written.</summary>
public enum FailureReportFormat
{
    /// <summary>With the part for machines that RFC 5965 asks for.</summary>
    FeedbackReport,

    /// <summary>As text for people only; what it says in known words was read.</summary>
    PlainText,
}

/// <summary>A record that SPF met (<c>SPF-DNS</c>, RFC 6591 §3.2.5).</summary>
/// <param name="Type">The type of the record: <c>txt</c>, or <c>spf</c> of old; empty if the report does not say.</param>
/// <param name="Domain">The name that it stood at; empty if the report does not say.</param>
/// <param name="Record">The text of the record.</param>
public sealed record ReportedSpfRecord(string Type, string Domain, string Record)
{
    /// <summary>The name and the record.</summary>
    public override string ToString() => Domain.Length == 0 ? Record : Domain + ": " + Record;
}

/// <summary>A field of a report as it is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, unfolded.</param>
public sealed record FeedbackField(string Name, string Value)
{
    /// <summary>The field in one line.</summary>
    public override string ToString() => Name + ": " + Value;
}

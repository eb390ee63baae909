using System.Diagnostics.CodeAnalysis;

namespace Dmarc.Reports.Failure;

/// <summary>The subject of a feedback report (<c>Feedback-Type</c>, RFC 5965 §7.3).</summary>
public enum FeedbackType
{
    /// <summary>Missing or not registered; see the accompanying text.</summary>
    Unknown,

    /// <summary>A message failed authentication (RFC 6591), as in DMARC failure reports.</summary>
    AuthFailure,

    /// <summary>A recipient complains of unwanted mail.</summary>
    Abuse,

    /// <summary>A message looks like fraud or phishing.</summary>
    Fraud,

    /// <summary>A message was wrongly classified as unwanted.</summary>
    NotSpam,

    /// <summary>A message contains malicious software.</summary>
    Virus,

    /// <summary>Another subject.</summary>
    Other,
}

/// <summary>The check that a message failed (<c>Auth-Failure</c>, RFC 6591 §3.1, RFC 9991 §4).</summary>
public enum AuthFailureType
{
    /// <summary>Missing or not registered; see the accompanying text.</summary>
    Unknown,

    /// <summary>DMARC.</summary>
    Dmarc,

    /// <summary>The DKIM signature does not verify.</summary>
    Signature,

    /// <summary>The DKIM body hash differs.</summary>
    BodyHash,

    /// <summary>The DKIM key is revoked.</summary>
    Revoked,

    /// <summary>SPF.</summary>
    Spf,

    /// <summary>ADSP, which is obsolete.</summary>
    Adsp,
}

/// <summary>The delivery result of the message (<c>Delivery-Result</c>, RFC 6591 §3.2.2).</summary>
public enum DeliveryResult
{
    /// <summary>Not a standard value; see the accompanying text.</summary>
    Unknown,

    /// <summary>It was delivered.</summary>
    Delivered,

    /// <summary>It was delivered as spam.</summary>
    Spam,

    /// <summary>A local policy decided.</summary>
    Policy,

    /// <summary>It was rejected.</summary>
    Reject,

    /// <summary>Another result.</summary>
    Other,
}

/// <summary>The mechanisms without an aligned identity (<c>Identity-Alignment</c>, RFC 9991 §4).</summary>
[Flags]
[SuppressMessage("Naming", "CA1714", Justification = "A set of mechanisms, which reads best in the singular.")]
public enum UnalignedMechanism
{
    /// <summary>No mechanism failed (<c>none</c>).</summary>
    None = 0,

    /// <summary>DKIM had no aligned identity.</summary>
    Dkim = 1,

    /// <summary>SPF had no aligned identity.</summary>
    Spf = 2,
}

/// <summary>The format of a failure report.</summary>
public enum FailureReportFormat
{
    /// <summary>With the machine-readable part that RFC 5965 requires.</summary>
    FeedbackReport,

    /// <summary>As text only; known words in it were read.</summary>
    PlainText,
}

/// <summary>An SPF record found by the receiver (<c>SPF-DNS</c>, RFC 6591 §3.2.5).</summary>
/// <param name="Type">The type of the record: <c>txt</c>, or the obsolete <c>spf</c>; empty if missing.</param>
/// <param name="Domain">The name of the record; empty if missing.</param>
/// <param name="Record">The text of the record.</param>
public sealed record ReportedSpfRecord(string Type, string Domain, string Record)
{
    /// <summary>The name and the record.</summary>
    public override string ToString() => Domain.Length == 0 ? Record : Domain + ": " + Record;
}

/// <summary>A field of a report as written.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The unfolded value.</param>
public sealed record FeedbackField(string Name, string Value)
{
    /// <summary>The field in one line.</summary>
    public override string ToString() => Name + ": " + Value;
}

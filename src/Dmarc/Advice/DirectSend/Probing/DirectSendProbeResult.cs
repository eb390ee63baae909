namespace Dmarc.Advice.DirectSend.Probing;

/// <summary>The reaction of an endpoint to an anonymous sender of the domain.</summary>
public enum DirectSendProbeOutcome
{
    /// <summary>The conversation ended inconclusively.</summary>
    Unclear,

    /// <summary>It accepted sender and recipient: such mail would be admitted up to its content.</summary>
    Accepted,

    /// <summary>It refused Direct Send by name (<c>550 5.7.68</c>).</summary>
    DirectSendRejected,

    /// <summary>It refused because a connector requires another address or certificate (<c>550 5.7.51</c>).</summary>
    ConnectorRejected,

    /// <summary>It refused this machine's address for any sender (<c>5.7.606</c> to <c>5.7.649</c>, lists).</summary>
    SourceBlocked,

    /// <summary>It does not know the recipient (<c>5.1.1</c>, <c>5.1.10</c>, <c>5.4.1</c>).</summary>
    RecipientUnknown,

    /// <summary>It refused for another reason.</summary>
    Refused,

    /// <summary>It requested a later retry (a 4xx reply).</summary>
    Deferred,

    /// <summary>The connection failed or broke.</summary>
    ConnectionFailed,

    /// <summary>A reply timed out.</summary>
    Timeout,

    /// <summary>The host does not speak SMTP, or exceeded the limits.</summary>
    ProtocolError,
}

/// <summary>The result of a probe: one SMTP conversation up to RCPT TO, without a message.</summary>
public sealed record DirectSendProbeResult
{
    /// <summary>The host and port.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The outcome.</summary>
    public required DirectSendProbeOutcome Outcome { get; init; }

    /// <summary>The envelope sender.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The recipient.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>The code of the deciding reply; null if there was none.</summary>
    public int? Code { get; init; }

    /// <summary>The enhanced status code of that reply (RFC 3463), such as <c>5.7.68</c>; may be empty.</summary>
    public string EnhancedCode { get; init; } = "";

    /// <summary>The text of that reply, or the error.</summary>
    public string Reply { get; init; } = "";

    /// <summary>The transcript, <c>C:</c> for us and <c>S:</c> for the server; control characters escaped.</summary>
    public PrintableList<string> Transcript { get; init; } = PrintableList<string>.Empty;

    /// <summary>The outcome and the answer.</summary>
    public override string ToString() => Outcome + (Reply.Length == 0 ? "" : ": " + Reply);
}

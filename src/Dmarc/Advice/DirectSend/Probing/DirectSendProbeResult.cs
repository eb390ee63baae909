using Dmarc.Text;

namespace Dmarc.Advice.DirectSend.Probing;

/// <summary>What an endpoint said to an anonymous sender of the domain.</summary>
public enum DirectSendProbeOutcome
{
    /// <summary>The conversation ended in a way that says nothing.</summary>
    Unclear,

    /// <summary>It took sender and recipient: such mail would have been let in up to its content.</summary>
    Accepted,

    /// <summary>It refused Direct Send by name (<c>550 5.7.68</c>).</summary>
    DirectSendRejected,

    /// <summary>It refused, because a connector asks for another address or certificate (<c>550 5.7.51</c>).</summary>
    ConnectorRejected,

    /// <summary>It refused the address of this machine, whatever the sender (<c>5.7.606</c> to <c>5.7.649</c>, block lists).</summary>
    SourceBlocked,

    /// <summary>It does not know the recipient (<c>5.1.1</c>, <c>5.1.10</c>, <c>5.4.1</c>).</summary>
    RecipientUnknown,

    /// <summary>It refused for another reason.</summary>
    Refused,

    /// <summary>It asked to come back later (a reply of 4xx).</summary>
    Deferred,

    /// <summary>No connection could be made, or it broke.</summary>
    ConnectionFailed,

    /// <summary>An answer did not come in time.</summary>
    Timeout,

    /// <summary>What answered does not speak SMTP, or not within bounds.</summary>
    ProtocolError,
}

/// <summary>What a probe came to: one SMTP conversation up to RCPT TO, in which no message is sent.</summary>
public sealed record DirectSendProbeResult
{
    /// <summary>The host and port.</summary>
    public required string Endpoint { get; init; }

    /// <summary>What it came to.</summary>
    public required DirectSendProbeOutcome Outcome { get; init; }

    /// <summary>The envelope sender that was given.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The recipient that was given.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>The reply code of the answer that decides; null if none came.</summary>
    public int? Code { get; init; }

    /// <summary>The enhanced status code of that answer (RFC 3463), such as <c>5.7.68</c>; empty if it has none.</summary>
    public string EnhancedCode { get; init; } = "";

    /// <summary>The text of that answer, or what went wrong.</summary>
    public string Reply { get; init; } = "";

    /// <summary>What was said, <c>C:</c> by us and <c>S:</c> by the server; control characters are written as escapes.</summary>
    public PrintableList<string> Transcript { get; init; } = PrintableList<string>.Empty;

    /// <summary>The outcome and the answer.</summary>
    public override string ToString() => Outcome + (Reply.Length == 0 ? "" : ": " + Reply);
}

using System.Net;
using Dmarc.Mail;
using Dmarc.Reports;
using Dmarc.Reports.Failure;

namespace Dmarc.Advice.Messages;

/// <summary>A message to assess, and how much of it is available.</summary>
internal sealed record AssessedMessage(MailMessage Message, string Source, MessageContent Content = MessageContent.Full)
{
    /// <summary>The findings of reading it.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The sending client's address from outside the message; null if unknown.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The envelope sender from outside the message, empty for the null sender; null if unknown.</summary>
    public string? MailFrom { get; init; }

    /// <summary>The message of a failure report, with its client and envelope; private addresses are ignored.</summary>
    public static AssessedMessage From(ReportedMessage message) =>
        new(message.GetMessage(), message.Name, message.IsHeaderOnly ? MessageContent.HeaderOnly : MessageContent.Full)
    {
        ClientAddress = SourceAddress.TryParse(message.SourceIP, out IPAddress? address)
            && PublicAddress.Is(address!)
            ? address
            : null,
        MailFrom = message.MailFrom,
    };

    /// <summary>True if header and body are available, so that nobody's statements about them are needed.</summary>
    internal bool IsWhole => Content is MessageContent.Full or MessageContent.Text;
}

/// <summary>How much of a message is available.</summary>
internal enum MessageContent
{
    /// <summary>The whole message as received.</summary>
    Full,

    /// <summary>Only the header.</summary>
    HeaderOnly,

    /// <summary>The whole message as text, which may have lost details.</summary>
    Text,

    /// <summary>The header, and a body that differs from the received one, as in Outlook's .msg files.</summary>
    HeaderAndOtherBody,
}

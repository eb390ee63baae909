using System.Net;
using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Reports;
using Dmarc.Reports.Failure;
using Dmarc.Text;

namespace Dmarc.Advice.Messages;

/// <summary>A message to assess, and how much of it is there.</summary>
/// <param name="Message">The message.</param>
/// <param name="Source">Where it came from: a path, or a name.</param>
/// <param name="Content">How much of it is there.</param>
internal sealed record AssessedMessage(MailMessage Message, string Source, MessageContent Content = MessageContent.Full)
{
    /// <summary>What was noticed when it was read.</summary>
    public PrintableList<Finding> Findings { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The address of the client that sent it, where something beside the message tells it; null if nothing does.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>The envelope sender, empty for the null sender, where something beside the message tells it; null if nothing does.</summary>
    public string? MailFrom { get; init; }

    /// <summary>The message of a failure report, with what the report says of its client and envelope. A private address says nothing to anybody else.</summary>
    /// <param name="message">The message.</param>
    public static AssessedMessage From(ReportedMessage message)
    {
        if (message is null)
        {
            throw new ArgumentNullException(nameof(message));
        }

        return new AssessedMessage(message.GetMessage(), message.Name, message.IsHeaderOnly ? MessageContent.HeaderOnly : MessageContent.Full)
        {
            ClientAddress = SourceAddress.TryParse(message.SourceIP, out IPAddress? address) && PublicAddress.Is(address!) ? address : null,
            MailFrom = message.MailFrom,
        };
    }

    /// <summary>True where header and body are there, so that nothing needs to be taken from what somebody wrote about them.</summary>
    internal bool IsWhole => Content is MessageContent.Full or MessageContent.Text;
}

/// <summary>How much of a message is there.</summary>
internal enum MessageContent
{
    /// <summary>All of it, as it was received.</summary>
    Full,

    /// <summary>The header only.</summary>
    HeaderOnly,

    /// <summary>All of it as text, which may have lost something of what was received.</summary>
    Text,

    /// <summary>The header, and a body that is no longer the one that was received, as in Outlook's .msg files.</summary>
    HeaderAndOtherBody,
}

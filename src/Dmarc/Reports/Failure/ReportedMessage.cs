using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Text;

namespace Dmarc.Reports.Failure;

/// <summary>The message that a failure report is about, as far as the report carries it: all of it, or its header.</summary>
public sealed class ReportedMessage
{
    /// <summary>The most characters of the header that <see cref="Header"/> shows.</summary>
    public const int MaximumHeaderLength = 64 * 1024;

    private readonly MailMessage _message;

    internal ReportedMessage(MailMessage message, bool isHeaderOnly, string name)
    {
        _message = message;
        Name = name;
        IsHeaderOnly = isHeaderOnly || !HasBody(message);
    }

    /// <summary>The authors.</summary>
    public PrintableList<MailAddress> From => _message.From;

    /// <summary>The recipients that its header names (<c>To</c>).</summary>
    public PrintableList<MailAddress> To => _message.GetHeaders("To").SelectMany(header => MailAddress.ParseList(header.Value)).ToPrintableList();

    /// <summary>The subject with its encoded words read.</summary>
    public string Subject => _message.Subject;

    /// <summary>The date that its author gave it; null if there is no readable one.</summary>
    public DateTimeOffset? Date => _message.GetHeader("Date") is { } date ? ReceivedDate.Read(date.Value) : null;

    /// <summary>Its Message-ID.</summary>
    public string MessageId => _message.GetHeader("Message-ID")?.Value ?? "";

    /// <summary>True if the report carries the header only, so that signatures over the body cannot be checked.</summary>
    public bool IsHeaderOnly { get; }

    /// <summary>How many bytes the report carries of it.</summary>
    public int Length => _message.Raw.Length;

    /// <summary>Its header as it is written, up to 64 KiB.</summary>
    public string Header => Charsets.DecodeLenient(_message.Raw.Slice(0, Math.Min(_message.Raw.Length - _message.Body.Length, MaximumHeaderLength))).TrimEnd();

    /// <summary>What results name it by.</summary>
    internal string Name { get; }

    /// <summary>The address that sent it, as the report says; empty if it does not.</summary>
    internal string SourceIP { get; set; } = "";

    /// <summary>Its envelope sender, as the report says; null if it does not.</summary>
    internal string? MailFrom { get; set; }

    /// <summary>The message to look into.</summary>
    public MailMessage GetMessage() => _message;

    /// <summary>Its author and subject.</summary>
    public override string ToString() => _message.ToString();

    private static bool HasBody(MailMessage message)
    {
        foreach (byte octet in message.Body.Span)
        {
            if (octet is not ((byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t'))
            {
                return true;
            }
        }

        return false;
    }
}

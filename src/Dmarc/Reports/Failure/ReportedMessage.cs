using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Reports.Failure;

/// <summary>The reported message as far as the report contains it: the whole message, or its header.</summary>
public sealed class ReportedMessage
{
    /// <summary>The maximum number of characters in <see cref="Header"/>.</summary>
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

    /// <summary>The recipients in its header (<c>To</c>).</summary>
    public PrintableList<MailAddress> To =>
        _message.GetHeaders("To").SelectMany(header => MailAddress.ParseList(header.Value)).ToPrintableList();

    /// <summary>The subject with its encoded words decoded.</summary>
    public string Subject => _message.Subject;

    /// <summary>The date in its header; null without a readable one.</summary>
    public DateTimeOffset? Date => _message.GetHeader("Date") is { } date ? ReceivedDate.Read(date.Value) : null;

    /// <summary>The Message-ID.</summary>
    public string MessageId => _message.GetHeader("Message-ID")?.Value ?? "";

    /// <summary>True if the report contains only the header, so that body signatures cannot be verified.</summary>
    public bool IsHeaderOnly { get; }

    /// <summary>The number of its bytes in the report.</summary>
    public int Length => _message.Raw.Length;

    /// <summary>The header as written, up to 64 KiB.</summary>
    public string Header =>
        Charsets.DecodeLenient(
            _message.Raw.Slice(0, Math.Min(_message.Raw.Length - _message.Body.Length, MaximumHeaderLength))).TrimEnd();

    /// <summary>The name in results.</summary>
    internal string Name { get; }

    /// <summary>The sending address according to the report; empty if missing.</summary>
    internal string SourceIP { get; set; } = "";

    /// <summary>The envelope sender according to the report; null if missing.</summary>
    internal string? MailFrom { get; set; }

    /// <summary>The message for examination.</summary>
    public MailMessage GetMessage() => _message;

    /// <summary>The author and subject.</summary>
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

using System.Globalization;
using System.Text;
using Dmarc.Mail;
using Dmarc.Mail.Outlook;
using Dmarc.Mail.Pasted;

namespace Dmarc.Alignment;

/// <summary>A message that was read, or why there is none.</summary>
/// <param name="Message">The message; null where there is none.</param>
/// <param name="Problem">Why not, in a sentence; empty where there is one.</param>
public sealed record MessageReadItem(AssessedMessage? Message, string Problem = "");

/// <summary>
/// Reads the messages of whatever somebody has: a message file, one of Outlook, an mbox file, or a header as text. What it
/// is, its first bytes tell and never its name.
/// </summary>
public static class MessageFileReader
{
    /// <summary>Reads the messages of a file, one at a time.</summary>
    /// <param name="path">The path of the file.</param>
    public static IEnumerable<MessageReadItem> ReadFile(string path)
    {
        FileStream? stream = null;
        string problem = "";
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
        }

        if (stream is null)
        {
            yield return new MessageReadItem(null, Sentences.Fill(Strings.Align_FileUnreadable, path, problem));
            yield break;
        }

        using (stream)
        {
            foreach (MessageReadItem item in ReadStream(stream, path))
            {
                yield return item;
            }
        }
    }

    /// <summary>Reads the messages of a stream from where it stands, one at a time.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">What results call it.</param>
    public static IEnumerable<MessageReadItem> ReadStream(Stream stream, string name)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        if (stream.CanSeek && IsMbox(stream))
        {
            int number = 0;
            foreach (MailMessage message in MboxReader.Read(stream))
            {
                number++;
                yield return new MessageReadItem(FromMessage(message, name + " (" + number.ToString(CultureInfo.InvariantCulture) + ")"));
            }

            yield break;
        }

        foreach (MessageReadItem item in Read(() => MailMessage.Read(stream).Raw, name))
        {
            yield return item;
        }
    }

    /// <summary>Reads the messages of bytes.</summary>
    /// <param name="bytes">The bytes; they must not change afterwards.</param>
    /// <param name="name">What results call them.</param>
    public static IEnumerable<MessageReadItem> ReadBytes(byte[] bytes, string name)
    {
        if (bytes is null)
        {
            throw new ArgumentNullException(nameof(bytes));
        }

        return ReadStream(new MemoryStream(bytes, false), name);
    }

    /// <summary>Reads the message, or the header, that a text holds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What results call it.</param>
    public static MessageReadItem ReadText(string text, string name)
    {
        PastedHeaders pasted = PastedHeaders.Read(text);
        if (pasted.Message.Headers.Count == 0)
        {
            return new MessageReadItem(null, Sentences.Fill(Strings.Align_NoMessage, name));
        }

        MailMessage whole = MailMessage.Parse(Encoding.UTF8.GetBytes(text));
        return new MessageReadItem(pasted.IsIntact && HasBody(whole)
            ? new AssessedMessage(whole, name, MessageContent.Text)
            : new AssessedMessage(pasted.Message, name, MessageContent.HeaderOnly) { Findings = pasted.Findings });
    }

    /// <summary>True where the first bytes of a file show that it is mail, and for a file that cannot be read, so that reading it tells why.</summary>
    /// <param name="path">The path of the file.</param>
    public static bool IsMail(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] beginning = Peek(stream);
            return MailDetector.Detect(beginning) != MailFormat.None || OutlookMessage.IsCompoundFile(beginning);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static IEnumerable<MessageReadItem> Read(Func<ReadOnlyMemory<byte>> open, string name)
    {
        ReadOnlyMemory<byte> bytes = default;
        string problem = "";
        try
        {
            bytes = open();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ObjectDisposedException)
        {
            problem = exception.Message;
        }

        if (problem.Length > 0)
        {
            yield return new MessageReadItem(null, Sentences.Fill(Strings.Align_FileUnreadable, name, problem));
        }
        else if (OutlookMessage.IsCompoundFile(bytes.Span))
        {
            yield return FromOutlook(OutlookMessage.Parse(bytes), name);
        }
        else if (MailDetector.Detect(bytes.Span) == MailFormat.Message)
        {
            yield return new MessageReadItem(FromMessage(MailMessage.Parse(bytes), name));
        }
        else
        {
            // Zeros are in no text but UTF-16, which a decoder reads.
            yield return ReadText(Decode(bytes), name);
        }
    }

    private static AssessedMessage FromMessage(MailMessage message, string name) =>
        new(message, name, HasBody(message) ? MessageContent.Full : MessageContent.HeaderOnly);

    private static MessageReadItem FromOutlook(OutlookMessage outlook, string name)
    {
        if (outlook.HasTransportHeaders)
        {
            return new MessageReadItem(new AssessedMessage(outlook.ToMailMessage(), name, MessageContent.HeaderAndOtherBody) { Findings = outlook.Findings });
        }

        if (outlook.AuthorAddress.IndexOf('@') < 0)
        {
            return new MessageReadItem(null, Sentences.Fill(Strings.Align_NoTransportHeader, name));
        }

        string header = "From: <" + OneLine(outlook.AuthorAddress) + ">\r\nSubject: " + OneLine(outlook.Subject) + "\r\n\r\n";
        return new MessageReadItem(new AssessedMessage(MailMessage.Parse(Encoding.UTF8.GetBytes(header)), name, MessageContent.HeaderAndOtherBody)
        {
            Findings = [.. outlook.Findings, AlignmentFindings.NoTransportHeader.Create()],
        });
    }

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

    private static string OneLine(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    private static string Decode(ReadOnlyMemory<byte> bytes)
    {
        using StreamReader reader = new(new MemoryStream(bytes.ToArray(), false), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static bool IsMbox(Stream stream)
    {
        long start = stream.Position;
        MailFormat format = MailDetector.Detect(Peek(stream));
        stream.Position = start;
        return format == MailFormat.Mbox;
    }

    private static byte[] Peek(Stream stream)
    {
        byte[] buffer = new byte[MailDetector.EnoughBytes];
        int length = 0;
        int count;
        while (length < buffer.Length && (count = stream.Read(buffer, length, buffer.Length - length)) > 0)
        {
            length += count;
        }

        Array.Resize(ref buffer, length);
        return buffer;
    }
}

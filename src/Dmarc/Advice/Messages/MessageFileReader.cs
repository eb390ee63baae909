using Dmarc.Mail;
using Dmarc.Mail.Outlook;
using Dmarc.Mail.Pasted;

namespace Dmarc.Advice.Messages;

/// <summary>A message, or why there is none.</summary>
/// <param name="Message">The message; null if there is none.</param>
/// <param name="Problem">The reason in a sentence; empty if there is a message.</param>
internal sealed record MessageReadItem(AssessedMessage? Message, string Problem = "");

/// <summary>
/// Reads messages from any input: a message file, an Outlook file, an mbox file, or a header as text. The first bytes
/// determine the format, never the file name.
/// </summary>
internal static class MessageFileReader
{
    /// <summary>The maximum size of messages in progress before a command waits; one may be larger. 64 MiB.</summary>
    public const int MaximumBytesInFlight = 64 * 1024 * 1024;

    private const int MaximumJournalReport = 64 * 1024;

    private const string JournalSender = "Sender:";

    /// <summary>Reads the messages of a file, one at a time.</summary>
    public static IEnumerable<MessageReadItem> ReadFile(string path)
    {
        return Guarded(ReadOpened, path);

        IEnumerable<MessageReadItem> ReadOpened()
        {
            using FileStream stream = RegularFile.Open(path);
            foreach (MessageReadItem item in ReadContent(stream, path, null))
            {
                yield return item;
            }
        }
    }

    /// <summary>Reads the messages of a stream from its position, one at a time.</summary>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="name">The name in results.</param>
    /// <param name="options">Limits for a message, and for a mailbox that is not seekable; null for defaults.</param>
    public static IEnumerable<MessageReadItem> ReadStream(
        Stream stream, string name, MailReadOptions? options = null) =>
        Guarded(() => ReadContent(stream, name, options), name);

    /// <summary>Reads the messages in an array of bytes, which must not change afterwards.</summary>
    public static IEnumerable<MessageReadItem> ReadBytes(byte[] bytes, string name) =>
        ReadStream(new MemoryStream(bytes, false), name);

    /// <summary>
    /// Returns the items up to an unexpected exception, and then the exception as the reason why there are no more.
    /// </summary>
    internal static IEnumerable<MessageReadItem> Guarded(Func<IEnumerable<MessageReadItem>> read, string name)
    {
        IEnumerator<MessageReadItem>? items = null;
        string? problem = null;
        try
        {
            while (problem is null)
            {
                MessageReadItem? item = null;
                try
                {
                    items ??= read().GetEnumerator();
                    if (!items.MoveNext())
                    {
                        break;
                    }

                    item = items.Current;
                }
#pragma warning disable CA1031 // No exception may affect other messages.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    problem = Sentences.Fill(Strings.Align_FileUnreadable, name, exception.Message);
                }

                if (item is not null)
                {
                    yield return item;
                }
            }
        }
        finally
        {
            items?.Dispose();
        }

        if (problem is not null)
        {
            yield return new MessageReadItem(null, problem);
        }
    }

    private static IEnumerable<MessageReadItem> ReadContent(Stream stream, string name, MailReadOptions? options) =>
        stream.CanSeek && MailboxIn(stream) is { } mailbox
            ? ReadMbox(mailbox, name)
            : ReadOne(MailMessage.Read(stream, options), name);

    /// <summary>Reads the message or header in a text.</summary>
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

    /// <summary>True if a file begins like mail; also if unreadable, so that reading it reports why.</summary>
    public static bool IsMail(string path)
    {
        try
        {
            using FileStream stream = RegularFile.Open(path);
            byte[] beginning = Peek(stream);
            return Detect(beginning, PlainTextOpener(beginning)) != MailFormat.None || OutlookMessage.IsCompoundFile(beginning);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static IEnumerable<MessageReadItem> ReadOne(MailMessage message, string name)
    {
        ReadOnlyMemory<byte> bytes = message.Raw;
        bool isText = false;
        if (PlainTextOpener(MailDetector.BeginningOf(bytes.Span)) is { } opener)
        {
            // The bytes of other encodings were not those that were signed.
            isText = bytes.Span.IndexOf((byte)0) >= 0;
            byte[] text = ReadAll(opener(new MemoryStream(bytes.ToArray(), false)));
            message = MailMessage.Parse(text, MailReadOptions.Default, message.IsTruncated);
            bytes = message.Raw;
        }

        MailFormat format = MailDetector.Detect(bytes.Span);
        if (OutlookMessage.IsCompoundFile(bytes.Span))
        {
            yield return FromOutlook(OutlookMessage.Parse(bytes), name);
        }
        else if (format == MailFormat.Message && !isText)
        {
            yield return new MessageReadItem(Repaired(message, name) ?? FromMessage(message, name));
        }
        else if (format == MailFormat.Mbox)
        {
            // From a non-seekable stream.
            using MemoryStream mbox = new(bytes.ToArray(), false);
            foreach (MessageReadItem item in ReadMbox(mbox, name))
            {
                yield return item;
            }

            if (message.IsTruncated)
            {
                yield return new MessageReadItem(null, Sentences.Fill(Strings.Align_MailboxCut, name, bytes.Length));
            }
        }
        else
        {
            yield return ReadText(Decode(bytes), name);
        }
    }

    /// <summary>Reads the messages of a mailbox.</summary>
    /// <param name="stream">The mailbox.</param>
    /// <param name="name">The name in results.</param>
    /// <param name="parse">Parses one message; tests make it throw.</param>
    internal static IEnumerable<MessageReadItem> ReadMbox(Stream stream, string name, Func<MailBytes, MailMessage>? parse = null)
    {
        parse ??= bytes => MailMessage.Parse(bytes.Bytes, MailReadOptions.Default, bytes.IsTruncated);
        int number = 0;
        foreach (MailBytes bytes in MboxReader.ReadBytes(stream, MailReadOptions.Default))
        {
            number++;
            string own = name + " (" + number.ToString(CultureInfo.InvariantCulture) + ")";
            foreach (MessageReadItem item in Guarded(() => [new(FromMessage(parse(bytes), own))], own))
            {
                yield return item;
            }
        }
    }

    /// <summary>The repaired header of a file with a damaged pasted header; null if a repair is not sensible.</summary>
    private static AssessedMessage? Repaired(MailMessage message, string name)
    {
        bool hasBody = HasBody(message);
        bool isDamaged = !hasBody || message.GetHeader("From") is null || HasEntities(message);

        // A complete signature can be verified with the body, which a repaired header lacks.
        if (!isDamaged && !(message.HasUnreadableLines && !HasWholeSignatures(message)))
        {
            return null;
        }

        PastedHeaders pasted = PastedHeaders.Read(Decode(message.Raw));
        return pasted.IsIntact || pasted.Message.From.Count == 0
            ? null
            : new AssessedMessage(pasted.Message, name, MessageContent.HeaderOnly) { Findings = pasted.Findings };
    }

    private static bool HasEntities(MailMessage message)
    {
        ReadOnlySpan<byte> header = message.Raw.Span.Slice(0, message.Raw.Length - message.Body.Length);
        return header.IndexOf((byte)'<') < 0 && header.IndexOf("&lt;"u8) >= 0;
    }

    private static bool HasWholeSignatures(MailMessage message)
    {
        MailHeader[] signatures = [.. message.GetHeaders("DKIM-Signature")];
        return signatures.Length > 0 && Array.TrueForAll(signatures, signature =>
            signature.RawValue.Span.IndexOf("bh="u8) >= 0 && signature.RawValue.Span.LastIndexOf("b="u8) >= 0);
    }

    private static AssessedMessage FromMessage(MailMessage message, string name) =>
        FromJournal(message, name) ?? new AssessedMessage(message, name, HasBody(message) ? MessageContent.Full : MessageContent.HeaderOnly);

    /// <summary>The message in an Exchange journal report, with its envelope sender; null for other messages.</summary>
    private static AssessedMessage? FromJournal(MailMessage message, string name)
    {
        if (message.GetHeader("X-MS-Journal-Report") is null
            || message.Root.SelfAndDescendants().FirstOrDefault(part =>
                part.Message is { Headers.Count: > 0 })?.Message is not { } journaled)
        {
            return null;
        }

        MimePart? report = message.Root.SelfAndDescendants().FirstOrDefault(part => part.MediaType == "text/plain");
        string? sender = report?.ReadText(MaximumJournalReport)
            .Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith(JournalSender, StringComparison.OrdinalIgnoreCase))
            ?.Substring(JournalSender.Length)
            .Trim();
        return new AssessedMessage(journaled, name, HasBody(journaled) ? MessageContent.Full : MessageContent.HeaderOnly)
        {
            MailFrom = journaled.GetHeader("Return-Path") is null && sender is { Length: > 0 } ? sender : null,
            Findings = [AlignmentFindings.Journaled.Create()],
        };
    }

    private static MessageReadItem FromOutlook(OutlookMessage outlook, string name)
    {
        if (outlook.HasTransportHeaders)
        {
            return new MessageReadItem(
                new AssessedMessage(
                    outlook.ToMailMessage(), name, MessageContent.HeaderAndOtherBody) { Findings = outlook.Findings });
        }

        if (outlook.AuthorAddress.IndexOf('@') < 0)
        {
            Finding? damage = outlook.Findings.FirstOrDefault(finding =>
                finding.Code != OutlookFindings.NoTransportHeaders.Code && finding.Severity != Severity.Information);
            return new MessageReadItem(null, damage is null
                ? Sentences.Fill(Strings.Align_NoTransportHeader, name)
                : Sentences.Fill(Strings.Align_OutlookDamaged, name, damage.Message));
        }

        string header = "From: <" + OneLine(outlook.AuthorAddress) + ">\r\nSubject: " + OneLine(outlook.Subject) + "\r\n\r\n";
        return new MessageReadItem(
            new AssessedMessage(
                MailMessage.Parse(Encoding.UTF8.GetBytes(header)), name, MessageContent.HeaderAndOtherBody)
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
        using StreamReader reader = new(
            new MemoryStream(bytes.ToArray(), false), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>The mailbox in a stream, as text with line feeds; null if it is something else.</summary>
    private static Stream? MailboxIn(Stream stream)
    {
        long start = stream.Position;
        byte[] head = Peek(stream);
        stream.Position = start;
        Func<Stream, Stream>? opener = PlainTextOpener(head);
        return Detect(head, opener) != MailFormat.Mbox ? null : opener is null ? stream : opener(stream);
    }

    private static Func<Stream, Stream>? PlainTextOpener(ReadOnlySpan<byte> head) =>
        PlainTextStream.OpenerFor(head, lines => MailDetector.Detect(lines) != MailFormat.None);

    private static MailFormat Detect(byte[] head, Func<Stream, Stream>? opener) =>
        MailDetector.Detect(opener is null ? head : ReadAll(opener(new MemoryStream(head, false))));

    private static byte[] ReadAll(Stream stream)
    {
        using MemoryStream all = new();
        stream.CopyTo(all);
        return all.ToArray();
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

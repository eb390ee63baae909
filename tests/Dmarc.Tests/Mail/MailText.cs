using System.Text;
using Dmarc.Mail;

namespace Dmarc.Tests.Mail;

/// <summary>Messages for tests, written as text with LF lines and turned to what is wanted.</summary>
internal static class MailText
{
    public static byte[] Crlf(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static byte[] Lf(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));

    public static MailMessage Parse(string text, MailReadOptions? options = null) => MailMessage.Parse(Crlf(text), options);

    /// <summary>The messages of a mailbox.</summary>
    public static IEnumerable<MailMessage> ReadMbox(Stream stream, MailReadOptions? options = null) =>
        MboxReader.ReadBytes(stream, options ?? MailReadOptions.Default)
            .Select(bytes => MailMessage.Parse(bytes.Bytes, options ?? MailReadOptions.Default, bytes.IsTruncated));

    public static string Ascii(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);
}

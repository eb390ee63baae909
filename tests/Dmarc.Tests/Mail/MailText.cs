using System.Text;
using Dmarc.Mail;

namespace Dmarc.Tests.Mail;

/// <summary>Messages for tests, written as text with LF lines and turned to what is wanted.</summary>
internal static class MailText
{
    public static byte[] Crlf(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static byte[] Lf(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));

    public static MailMessage Parse(string text, MailReadOptions? options = null) => MailMessage.Parse(Crlf(text), options);

    public static string Ascii(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);
}

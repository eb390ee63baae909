using System.Text;
using Dmarc.Mail;
using FsCheck;
using FsCheck.Fluent;

namespace Dmarc.Tests.Mail;

/// <summary>Anything may come by mail: nothing of it may throw or hang.</summary>
public class MailFuzzTests
{
    private static readonly string[] Pieces =
    [
        "From: ", "Subject: ", "Content-Type: ", "multipart/mixed", "message/rfc822", "text/plain", "; boundary=", "b", "--b", "--b--",
        "Content-Transfer-Encoding: ", "base64", "quoted-printable", "\r\n", "\n", "\r", "\r\n\r\n", "\n\n", " ", "\t", "\"", "(", ")", "<", ">",
        "@", ",", ";", ":", "=", "=?utf-8?Q?", "=?iso-2022-jp?B?", "?=", "=C3", "%C3%", "*0*=", "*1=", "utf-8''", "\\", "[", "]", "a", "0",
        "From a@b Sat Nov 21 20:14:34 2026\n", ">From ", "Content-Length: 12", "\u0000", "ü", "日", "\uD83D", "AAAA", "=\r\n", "\uFEFF",
    ];

    private static readonly Arbitrary<string> Texts = Arb.From(
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)));

    [Fact]
    public void No_message_throws() => Prop.ForAll(Texts, text =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Read(MailMessage.Parse(bytes));
        foreach (MailMessage message in MailText.ReadMbox(new MemoryStream(bytes)))
        {
            Read(message);
        }

        return MailDetector.Detect(bytes) is MailFormat.None or MailFormat.Mbox or MailFormat.Message;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bytes_throw() => Prop.ForAll<byte[]>(bytes =>
    {
        MailMessage message = MailMessage.Parse(bytes);
        Read(message);
        return message.Raw.Length == bytes.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_field_value_throws() => Prop.ForAll(Texts, text =>
        EncodedWords.Decode(text) is not null
        && MailAddress.ParseList(text).All(address => address.ToString() is not null)
        && ParameterizedValue.Parse(text).Value is not null).QuickCheckThrowOnFailure();

    [Fact]
    public void Headers_and_body_are_the_whole_message() => Prop.ForAll(Texts, text =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes("A: b\r\n" + text.Replace("--", "", StringComparison.Ordinal));
        MailMessage message = MailMessage.Parse(bytes);
        int end = 0;
        foreach (MailHeader header in message.Headers)
        {
            if (header.Position < end || !bytes.AsSpan(header.Position, header.Raw.Length).SequenceEqual(header.Raw.Span))
            {
                return false;
            }

            end = header.Position + header.Raw.Length;
        }

        return bytes.AsSpan(bytes.Length - message.Body.Length).SequenceEqual(message.Body.Span) && bytes.Length - message.Body.Length >= end;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a@", ":", "")]
    [InlineData("", "=?utf-8?Q?a", "")]
    [InlineData("", "=?utf-8?Q?a?= ", "")]
    [InlineData("", "=?no-set?Q?a?= ", "")]
    [InlineData("", "(", "")]
    [InlineData("", "<", "")]
    [InlineData("", "\"", "")]
    [InlineData("", "a,", "")]
    [InlineData("x;", "a=b;", "")]
    [InlineData("x; y=\"", "\\", "")]
    [InlineData("", "\r\nno field", "\r\n\r\nbody")]
    [InlineData("x\r\nContent-Type: multipart/mixed\r\n\r\n", "--a\r\nContent-Type: multipart/mixed\r\n\r\n", "")]
    [InlineData("x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n", "")]
    [InlineData("x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", " ", "=")]
    public void A_million_of_the_same_ends(string before, string repeated, string after)
    {
        string value = before + string.Concat(Enumerable.Repeat(repeated, 1_000_000 / repeated.Length)) + after;
        MailMessage message = MailMessage.Parse(Encoding.UTF8.GetBytes("From: " + value));
        Read(message);
        Assert.True(message.Findings.Count < 5000);
        Assert.NotNull(EncodedWords.Decode(value));
        Assert.True(MailAddress.ParseList(value).Count <= 10_000);
        Assert.NotNull(ParameterizedValue.Parse(value).Value);
    }

    private static void Read(MailMessage message)
    {
        Assert.NotNull(message.Findings);
        Assert.NotNull(message.ToString());
        foreach (MimePart part in message.Root.SelfAndDescendants())
        {
            Assert.NotNull(part.ReadText());
            Assert.NotNull(part.ToString());
        }
    }
}

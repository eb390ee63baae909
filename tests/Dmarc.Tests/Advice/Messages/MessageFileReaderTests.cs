using System.IO.Compression;
using System.Text;
using Dmarc.Advice.Messages;
using Dmarc.Mail;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Mail.Outlook;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages;

public class MessageFileReaderTests
{
    private static string Sample(string name) => TestFiles.Repository("docs", "samples", "messages", name);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_exception_that_nobody_thought_of_costs_one_message_of_a_mailbox(int broken)
    {
        string text = string.Concat(Enumerable.Range(1, 3).Select(number => $"From a@b Sat Nov 21 00:00:00 2026\r\nFrom: a@b.example\r\nSubject: {number}\r\n\r\nx\r\n\r\n"));
        int met = 0;
        using MemoryStream mailbox = new(Encoding.ASCII.GetBytes(text));
        MessageReadItem[] items =
        [
            .. MessageFileReader.ReadMbox(mailbox, "box", bytes => ++met == broken ? throw new InvalidCastException("nobody thought of this") : MailMessage.Parse(bytes.Bytes)),
        ];

        Assert.Equal(3, items.Length);
        Assert.Equal(Enumerable.Range(1, 3).Where(number => number != broken).Select(number => $"box ({number})"), items.Where(item => item.Message is not null).Select(item => item.Message!.Source));
        Assert.Contains($"box ({broken})", Assert.Single(items, item => item.Message is null).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("newsletter-service.eml", 1, MessageContent.Full)]
    [InlineData("newsletter-japanese.eml", 1, MessageContent.Full)]
    [InlineData("gmail-original.txt", 1, MessageContent.HeaderOnly)]
    [InlineData("direct-send.txt", 1, MessageContent.HeaderOnly)]
    [InlineData("archive.mbox", 2, MessageContent.Full)]
    public void A_file_is_what_its_first_bytes_say(string name, int count, object contentValue)
    {
        MessageContent content = (MessageContent)contentValue;
        MessageReadItem[] items = [.. MessageFileReader.ReadFile(Sample(name))];

        Assert.Equal(count, items.Length);
        Assert.All(items, item => Assert.Equal(content, item.Message!.Content));
        Assert.All(items, item => Assert.NotEmpty(item.Message!.Message.From));
        Assert.Equal(count, items.Select(item => item.Message!.Source).Distinct().Count());
        Assert.True(MessageFileReader.IsMail(Sample(name)));
    }

    /// <summary>Mail saved by Windows PowerShell or with carriage returns alone, from files and from streams.</summary>
    [Theory]
    [InlineData("archive.mbox", 2)]
    [InlineData("newsletter-japanese.eml", 1)]
    [InlineData("gmail-original.txt", 1)]
    public void Mail_in_other_encodings_and_line_ends_is_read_the_same(string name, int count)
    {
        string text = File.ReadAllText(Sample(name)).Replace("\r\n", "\n");
        (string Kind, byte[] Bytes)[] copies =
        [
            .. from isBig in new[] { false, true }
               from isMarked in new[] { false, true }
               let encoding = new UnicodeEncoding(isBig, isMarked)
               select ($"{isBig} {isMarked}", (byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(text)]),
            ("carriage returns", Encoding.UTF8.GetBytes(text.Replace('\n', '\r'))),
        ];
        string[] expected = [.. MessageFileReader.ReadFile(Sample(name)).Select(Tell)];
        Assert.Equal(count, expected.Length);
        foreach ((string kind, byte[] bytes) in copies)
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(path, bytes);
                using GZipStream packed = new(new MemoryStream(Packed(bytes)), CompressionMode.Decompress);
                Assert.True(MessageFileReader.IsMail(path), kind);
                Assert.Equal(expected, MessageFileReader.ReadFile(path).Select(Tell));
                Assert.Equal(expected, MessageFileReader.ReadBytes(bytes, name).Select(Tell));
                Assert.Equal(expected, MessageFileReader.ReadStream(packed, name).Select(Tell));
            }
            finally
            {
                File.Delete(path);
            }
        }

        static string Tell(MessageReadItem item) => item.Problem
            + string.Join(", ", item.Message?.Message.From.Select(from => from.ToString()) ?? [])
            + item.Message?.Message.Subject;

        static byte[] Packed(byte[] bytes)
        {
            using MemoryStream all = new();
            using (GZipStream gzip = new(all, CompressionMode.Compress))
            {
                gzip.Write(bytes, 0, bytes.Length);
            }

            return all.ToArray();
        }
    }

    [Fact]
    public void An_Outlook_file_has_its_header_and_another_body()
    {
        byte[] file = new OutlookMessageWriter().Received("From: Ann <ann@contoso.com>\r\nSubject: =?utf-8?B?5pel5pys?=\r\n").ToBytes();
        AssessedMessage message = Assert.Single(MessageFileReader.ReadBytes(file, "a.msg")).Message!;

        Assert.Equal((MessageContent.HeaderAndOtherBody, "日本"), (message.Content, message.Message.Subject));
    }

    [Fact]
    public async Task An_Outlook_file_without_header_tells_its_author_alone()
    {
        byte[] file = new OutlookMessageWriter().Text(0x001A, "IPM.Note").Text(0x0037, "Draft").Text(0x5D02, "ann@contoso.com").Text(0x0042, "Ann").ToBytes();
        AssessedMessage message = Assert.Single(MessageFileReader.ReadBytes(file, "a.msg")).Message!;
        AlignmentResult result = await new MessageAssessor(new FakeResolver().Txt("_dmarc.contoso.com", "v=DMARC1; p=none")).AssessAsync(message);

        Assert.Equal(("contoso.com", AlignmentCause.TooLittleKnown), (result.AuthorDomain, result.Cause));
        result.Has(AlignmentFindings.NoTransportHeader);
    }

    [Fact]
    public void A_pasted_header_is_repaired()
    {
        AssessedMessage message = MessageFileReader.ReadText("\n\n> From: a@example.com\n> Subject: one\n> two\n", "clipboard").Message!;

        Assert.Equal(MessageContent.HeaderOnly, message.Content);
        Assert.Equal("a@example.com", Assert.Single(message.Message.From).Address);
        Assert.NotEmpty(message.Findings);
    }

    [Theory]
    [InlineData("Received: by a.example\r\n id 1\r\nFrom: Ann &lt;a@example.com&gt;\r\nSubject: one\r\n\r\nHello\r\n", "one")]
    [InlineData("\r\n\r\nReceived: by a.example\r\nid 1\r\nFrom: Ann <a@example.com>\r\nSubject: one\r\ntwo\r\n", "one two")]
    [InlineData("Received: by a.example\r\nid 1\r\nFrom: Ann <a@example.com>\r\nSubject: one\r\n\r\nHello\r\n", "one")]
    [InlineData("Delivered-To: b@b.example\r\n\r\nReceived: by a.example\r\n\r\nFrom: Ann <a@example.com>\r\n\r\nSubject: one\r\n", "one")]
    public void A_damaged_header_is_repaired_from_a_file_as_from_a_text(string text, string subject)
    {
        AssessedMessage message = Assert.Single(MessageFileReader.ReadBytes(Encoding.UTF8.GetBytes(text), "a.txt")).Message!;

        Assert.Equal((MessageContent.HeaderOnly, subject), (message.Content, message.Message.Subject));
        Assert.Equal("a@example.com", Assert.Single(message.Message.From).Address);
        Assert.NotEmpty(message.Findings);
    }

    [Fact]
    public void A_message_with_whole_signatures_stays_as_it_is_whatever_line_stands_among_them()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("This is no field\r\n" + MessageBed.Signer.Sign(MessageBed.Message()));
        bytes = Encoding.UTF8.GetBytes("Received: by a.example\r\n" + Encoding.UTF8.GetString(bytes));

        Assert.Equal(MessageContent.Full, Assert.Single(MessageFileReader.ReadBytes(bytes, "a.eml")).Message!.Content);
    }

    [Fact]
    public async Task A_large_message_as_text_keeps_its_body()
    {
        string message = MessageBed.Message();
        string signed = MessageBed.Signer.Sign(message + string.Concat(Enumerable.Repeat("0123456789 0123456789\r\n", 120_000)));
        AssessedMessage read = MessageFileReader.ReadText(signed, "pipeline").Message!;
        AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(read);

        Assert.True(signed.Length > MailLimits.PastedLength);
        Assert.Equal(DmarcResult.Pass, result.Result);
    }

    [Fact]
    public void A_stream_that_cannot_go_back_may_be_an_mbox_file()
    {
        using FileStream file = File.OpenRead(Sample("archive.mbox"));
        using System.IO.Compression.DeflateStream stream = new(Deflated(file), System.IO.Compression.CompressionMode.Decompress);

        Assert.False(stream.CanSeek);
        Assert.Equal(2, MessageFileReader.ReadStream(stream, "-").Count());
    }

    [Fact]
    public void A_truncated_Outlook_file_is_told_as_damaged()
    {
        byte[] file = new OutlookMessageWriter().Received("From: Ann <ann@contoso.com>\r\nSubject: one\r\n" + new string('x', 20_000)).ToBytes();
        for (int length = 600; length < file.Length - 4096; length += 1024)
        {
            MessageReadItem item = Assert.Single(MessageFileReader.ReadBytes(file.AsSpan(0, length).ToArray(), "a.msg"));
            Assert.True(
                item.Message is null ? item.Problem.StartsWith("a.msg cannot be read", StringComparison.Ordinal) : item.Message.Findings.Any(finding => finding.Code == "OutlookChainBroken"),
                length + " of " + file.Length + ": " + item.Problem);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("just some words\nand more of them\n")]
    public void A_text_without_header_is_a_problem(string text)
    {
        MessageReadItem item = MessageFileReader.ReadText(text, "clipboard");

        Assert.Null(item.Message);
        Assert.Contains("clipboard", item.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_problem() =>
        Assert.Contains("missing.eml", Assert.Single(MessageFileReader.ReadFile(Sample("missing.eml"))).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_message_as_text_passes_and_does_not_fail_for_what_copying_did()
    {
        string signed = MessageBed.Signer.Sign(MessageBed.Message());
        foreach ((string text, DmarcResult? expected) in new (string, DmarcResult?)[]
        {
            (signed, DmarcResult.Pass),
            (signed.Replace("Hello.\r\n", "Hello,\r\n", StringComparison.Ordinal), null),
        })
        {
            AssessedMessage message = MessageFileReader.ReadText(text, "clipboard").Message!;
            AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(message);
            Assert.Equal(expected, result.Result);
        }
    }

    private static MemoryStream Deflated(Stream content)
    {
        MemoryStream target = new();
        using (System.IO.Compression.DeflateStream deflate = new(target, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            content.CopyTo(deflate);
        }

        target.Position = 0;
        return target;
    }

    [Fact]
    public void A_mailbox_that_cannot_be_read_twice_tells_what_it_leaves_out()
    {
        string message = "From a@a.example Thu Nov 20 00:00:00 2025\nFrom: a@a.example\nSubject: s\n\nbody\n\n";
        byte[] mailbox = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(message, 50)));
        using GZipStream stream = new(new MemoryStream(Compress(mailbox)), CompressionMode.Decompress);

        List<MessageReadItem> items = [.. MessageFileReader.ReadStream(stream, "pipe", new MailReadOptions { MaximumMessageBytes = 1000 })];

        Assert.True(items.Count is > 5 and < 50, "Read " + items.Count);
        Assert.Contains("1000", items[^1].Problem, StringComparison.Ordinal);
        Assert.All(items.SkipLast(1), item => Assert.NotNull(item.Message));
    }

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream buffer = new();
        using (GZipStream stream = new(buffer, CompressionLevel.Fastest))
        {
            stream.Write(bytes, 0, bytes.Length);
        }

        return buffer.ToArray();
    }

    [Fact]
    public async Task The_message_of_a_journal_report_is_the_one_that_is_assessed()
    {
        string journal = "From: MicrosoftExchange329e71ec@example.net\r\nTo: journal@archive.example\r\nSubject: Hello\r\nX-MS-Journal-Report:\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSender: anna@example.com\r\nSubject: Hello\r\nRecipient: bert@receiver.example\r\n\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\n\r\n"
            + "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.receiver.example with ESMTPS id 1; Sat, 21 Nov 2026 20:14:34 +0000\r\n"
            + MessageBed.Message() + "\r\n--b--\r\n";
        AssessedMessage message = Assert.Single(MessageFileReader.ReadBytes(System.Text.Encoding.ASCII.GetBytes(journal), "journal.eml")).Message!;
        AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(message);

        Assert.Equal((Dmarc.Standards.Dmarc.DmarcResult.Pass, "anna@example.com", "anna@example.com"), (result.Result, result.From, result.Spf.MailFrom));
        result.Has(AlignmentFindings.Journaled);
    }
}

using System.Text;
using Dmarc.Mail;
using Dmarc.Mail.Outlook;

namespace Dmarc.Tests.Mail.Outlook;

public class OutlookMessageTests
{
    private const string Header =
        "Received: from a.example (a.example [192.0.2.1])\r\n\tby b.example with ESMTPS id 1; Tue, 3 Jun 2025 10:00:00 +0000\r\n"
        + "From: =?utf-8?B?w4RubmU=?= <ann@contoso.com>\r\nSubject: Hello\r\n";

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_received_message(int version)
    {
        OutlookMessage message = OutlookMessage.Parse(new OutlookMessageWriter().Received(Header + "\r\n").ToBytes(version));

        Assert.True(message.HasTransportHeaders);
        Assert.Equal(Header, HeaderOf(message));
        Assert.Equal("Hello", message.Subject);
        Assert.Equal("ann@contoso.com", message.AuthorAddress);
        Assert.Empty(message.Attachments);
        Assert.Equal(["OutlookBodyNotOriginal"], message.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void The_header_becomes_a_message_without_body()
    {
        MailMessage mail = OutlookMessage.Parse(new OutlookMessageWriter().Received(Header + "\r\n------=_Part\r\nContent-Type: text/plain\r\n").ToBytes())
            .ToMailMessage();

        Assert.Equal(["Received", "From", "Subject"], mail.Headers.Select(header => header.Name));
        Assert.Equal("Änne <ann@contoso.com>", mail.GetHeader("From")!.DecodedValue);
        Assert.Equal(Header, Encoding.ASCII.GetString(mail.Raw.Span));
        Assert.Equal(0, mail.Body.Length);
    }

    [Fact]
    public void The_line_of_old_servers_is_no_header() => Assert.Equal(
        Header,
        HeaderOf(OutlookMessage.Parse(new OutlookMessageWriter().Received("Microsoft Mail Internet Headers Version 2.0\r\n" + Header + "\r\n").ToBytes())));

    [Fact]
    public void Bytes_of_a_code_page_are_kept()
    {
        byte[] header = [.. "Subject: "u8, 0xE4, .. "\r\n\0"u8];
        OutlookMessage message = OutlookMessage.Parse(new OutlookMessageWriter().Ansi(0x007D, header).Ansi(0x0037, "caf"u8.ToArray()).ToBytes());

        Assert.Equal(header.Length - 1, message.ToMailMessage().Raw.Length);
        Assert.Equal(0xE4, message.ToMailMessage().Raw.Span[9]);
        Assert.Equal("caf", message.Subject);
    }

    [Fact]
    public void Text_of_a_code_page_is_read_by_it()
    {
        OutlookMessage message = OutlookMessage.Parse(
            new OutlookMessageWriter().Number(0x3FDE, 3, 28591).Ansi(0x0037, [0xE4]).ToBytes());

        Assert.Equal("ä", message.Subject);
    }

    [Theory]
    [InlineData(3, 100)]
    [InlineData(3, 4095)]
    [InlineData(3, 4096)]
    [InlineData(3, 70_000)]
    [InlineData(4, 70_000)]
    [InlineData(3, 8_000_000)]
    public void Attachments_come_out_to_the_byte(int version, int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);

        OutlookMessage message = OutlookMessage.Parse(
            new OutlookMessageWriter().Received(Header).Attach(@"C:\temp\report.xml.gz", "Application/GZIP", content).Attach("b.txt", "text/plain", []).ToBytes(version));

        Assert.Equal(["report.xml.gz", "b.txt"], message.Attachments.Select(attachment => attachment.FileName));
        Assert.Equal("application/gzip", message.Attachments[0].MediaType);
        Assert.True(content.AsSpan().SequenceEqual(message.Attachments[0].Content.Span));
        Assert.Equal(0, message.Attachments[1].Content.Length);
        Assert.Equal(["OutlookBodyNotOriginal"], message.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Attached_messages_are_opened()
    {
        OutlookMessage message = OutlookMessage.Parse(new OutlookMessageWriter().Received(Header)
            .AttachMessage(inner => inner.Received("Subject: inner\r\n", "inner").Attach("x.xml", "text/xml", [1, 2, 3]))
            .Attach("y.xml", "text/xml", [4]).ToBytes());

        Assert.Equal("inner", message.Attachments[0].Message!.Subject);
        Assert.Equal("Subject: inner\r\n", HeaderOf(message.Attachments[0].Message!));
        Assert.Equal(["inner", "x.xml", "y.xml"], message.AllAttachments().Select(attachment => attachment.ToString()));
    }

    [Fact]
    public void Depth_has_a_limit()
    {
        static void Nest(OutlookMessageWriter writer, int depth)
        {
            writer.Text(0x0037, "level " + depth);
            if (depth < 6)
            {
                writer.AttachMessage(inner => Nest(inner, depth + 1));
            }
        }

        OutlookMessageWriter writer = new();
        Nest(writer, 1);

        OutlookMessage message = OutlookMessage.Parse(writer.ToBytes(), new OutlookReadOptions { MaximumDepth = 3 });

        Assert.Equal(2, message.AllAttachments().Count(attachment => attachment.Message is not null));
        Assert.Contains(message.Findings, finding => finding.Code == "OutlookNestingTooDeep");
    }

    [Fact]
    public void Attachments_have_a_limit()
    {
        OutlookMessageWriter writer = new();
        for (int i = 0; i < 5; i++)
        {
            writer.Attach("a" + i, "text/plain", [1]);
        }

        OutlookMessage message = OutlookMessage.Parse(writer.ToBytes(), new OutlookReadOptions { MaximumAttachmentCount = 3 });

        Assert.Equal(3, message.Attachments.Count);
        Assert.Single(message.Findings, finding => finding.Code == "OutlookTooManyAttachments");
    }

    [Fact]
    public void No_transport_headers()
    {
        OutlookMessage message = OutlookMessage.Parse(new OutlookMessageWriter().Text(0x0037, "draft").ToBytes());

        Assert.False(message.HasTransportHeaders);
        Assert.Equal(["OutlookNoTransportHeaders"], message.Findings.Select(finding => finding.Code));
        Assert.Empty(message.ToMailMessage().Headers);
    }

    [Fact]
    public void A_compound_file_that_is_no_message()
    {
        CompoundNode root = new("Root Entry");
        root.Add(new CompoundNode("WordDocument", new byte[5000]));

        OutlookMessage message = OutlookMessage.Parse(CompoundFileWriter.Write(root));

        Assert.Equal(["OutlookNotAMessage"], message.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(511)]
    [InlineData(512)]
    public void Too_short_files(int length)
    {
        byte[] bytes = new OutlookMessageWriter().Received(Header).ToBytes().AsSpan(0, length).ToArray();

        Assert.Equal(length >= 8, OutlookMessage.IsCompoundFile(bytes));
        Assert.Contains(OutlookMessage.Parse(bytes).Findings, finding => finding.Code == "OutlookNotCompound");
    }

    [Fact]
    public void A_loop_in_the_sectors_ends()
    {
        byte[] bytes = new OutlookMessageWriter().Received(Header).Attach("a", "text/plain", new byte[20_000]).ToBytes();

        // The only FAT sector is named at 0x4C; every chain in it is bent back to its first sector.
        int fat = (BitConverter.ToInt32(bytes, 0x4C) + 1) * 512;
        for (int i = 0; i < 128; i++)
        {
            if (BitConverter.ToUInt32(bytes, fat + (4 * i)) < 0xFFFFFFF0)
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(fat + (4 * i)), 0);
            }
        }

        Assert.NotEmpty(OutlookMessage.Parse(bytes).Findings);
    }

    [Fact]
    public void A_file_that_was_cut_off_keeps_what_is_there()
    {
        // The directory and the FAT stand at the end, so the file is cut where the reader must notice.
        byte[] bytes = new OutlookMessageWriter().Received(Header).Attach("a", "text/plain", new byte[20_000]).ToBytes();
        for (int length = bytes.Length; length > 0; length -= 512)
        {
            OutlookMessage message = OutlookMessage.Parse(bytes.AsMemory(0, length));
            Assert.NotEmpty(message.Findings);
        }
    }

    [Fact]
    public void Streams_that_share_a_chain_cannot_multiply_it()
    {
        CompoundNode root = new("Root Entry");
        for (int i = 0; i < 400; i++)
        {
            CompoundNode attachment = root.Add(new CompoundNode("__attach_version1.0_#" + i.ToString("X8", System.Globalization.CultureInfo.InvariantCulture)));
            attachment.Add(new CompoundNode("__substg1.0_37010102", i == 0 ? new byte[200_000] : []));
        }

        root.Add(new CompoundNode("__properties_version1.0", new byte[32]));
        byte[] bytes = CompoundFileWriter.Write(root);

        // Every empty stream is made to begin where the large one does, with its length.
        for (int position = 512; position + 128 <= bytes.Length; position += 128)
        {
            if (Encoding.Unicode.GetString(bytes, position, 40) == "__substg1.0_37010102")
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(position + 116), 0);
                BitConverter.TryWriteBytes(bytes.AsSpan(position + 120), 200_000);
            }
        }

        OutlookMessage message = OutlookMessage.Parse(bytes);

        Assert.Contains(message.Findings, finding => finding.Code == "OutlookTooMuchData");
        Assert.True(message.Attachments.Sum(attachment => (long)attachment.Content.Length) <= 3L * bytes.Length);
    }

    private static string HeaderOf(OutlookMessage message) => Encoding.ASCII.GetString(message.ToMailMessage().Raw.Span);
}

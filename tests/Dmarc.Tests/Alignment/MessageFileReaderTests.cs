using Dmarc.Alignment;
using Dmarc.Tests.Mail.Outlook;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Alignment;

public class MessageFileReaderTests
{
    private static string Sample(string name) => TestFiles.Repository("docs", "samples", "messages", name);

    [Theory]
    [InlineData("newsletter-service.eml", 1, MessageContent.Full)]
    [InlineData("newsletter-japanese.eml", 1, MessageContent.Full)]
    [InlineData("gmail-original.txt", 1, MessageContent.HeaderOnly)]
    [InlineData("direct-send.txt", 1, MessageContent.HeaderOnly)]
    [InlineData("archive.mbox", 2, MessageContent.Full)]
    public void A_file_is_what_its_first_bytes_say(string name, int count, MessageContent content)
    {
        MessageReadItem[] items = [.. MessageFileReader.ReadFile(Sample(name))];

        Assert.Equal(count, items.Length);
        Assert.All(items, item => Assert.Equal(content, item.Message!.Content));
        Assert.All(items, item => Assert.NotEmpty(item.Message!.Message.From));
        Assert.Equal(count, items.Select(item => item.Message!.Source).Distinct().Count());
        Assert.True(MessageFileReader.IsMail(Sample(name)));
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
        foreach ((string text, Dmarc.Policy.DmarcResult? expected) in new (string, Dmarc.Policy.DmarcResult?)[]
        {
            (signed, Dmarc.Policy.DmarcResult.Pass),
            (signed.Replace("Hello.\r\n", "Hello,\r\n", StringComparison.Ordinal), null),
        })
        {
            AssessedMessage message = MessageFileReader.ReadText(text, "clipboard").Message!;
            AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(message);
            Assert.Equal(expected, result.Result);
        }
    }
}

using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class RewrittenRuleTests
{
    private const string List = "List-Id: Talk <talk.service.example>\r\nList-Post: <mailto:talk@service.example>\r\n";

    [Theory]
    [InlineData("Subject: Hello", "Subject: [talk] Hello", "Subject")]
    [InlineData("Hello.\r\n", "Hello.\r\n_____\r\nTalk mailing list\r\n", "body")]
    public async Task A_list_that_changed_the_message_is_named(string written, string changed, string what)
    {
        string message = List + MessageBed.Signer.Sign(MessageBed.Message()).Replace(written, changed, StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(message, address: "198.51.100.7", mailFrom: "talk-bounces@service.example");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.Rewritten), (result.Result, result.Cause));
        Finding finding = result.Has(AlignmentFindings.Rewritten);
        Assert.Contains(what, finding.Message, StringComparison.Ordinal);
        Assert.Contains("talk.service.example", finding.Message, StringComparison.Ordinal);
        result.HasNot(AlignmentFindings.ThirdParty);
    }

    [Fact]
    public async Task A_footer_that_makes_the_difference_shows_a_gateway()
    {
        string message = MessageBed.Signer.Sign(MessageBed.Message()).Replace("Hello.\r\n", "Hello.\r\nThis mail is confidential.\r\n", StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(message, address: "203.0.113.1", mailFrom: "a@example.com");

        Assert.Equal(AlignmentCause.Rewritten, result.Cause);
    }

    [Fact]
    public async Task A_newsletter_is_no_list()
    {
        string message = "List-Id: news <1.service.example>\r\nList-Unsubscribe: <https://service.example/u>\r\n"
            + MessageBed.Signer.Sign(MessageBed.Message()).Replace("Subject: Hello", "Subject: Hi", StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(message, address: "203.0.113.1", mailFrom: "a@service.example");

        Assert.Equal(AlignmentCause.SignatureBroken, result.Cause);
    }
}

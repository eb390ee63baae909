using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class SeveralAuthorsRuleTests
{
    [Fact]
    public async Task RFC_9989_5_3_1_several_domains_cannot_be_validated_and_their_policies_are_told()
    {
        FakeResolver zone = MessageBed.Zone().Txt("_dmarc.example.net", "v=DMARC1; p=quarantine");
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(from: "a@example.com, b@example.net"), zone);

        Assert.Equal((DmarcResult.PermError, AlignmentCause.SeveralAuthorDomains), (result.Result, result.Cause));
        result.Has(AlignmentFindings.SeveralAuthorDomains);
        Assert.Contains(result.Explanation, line => line.Contains("example.com", StringComparison.Ordinal) && line.Contains("reject", StringComparison.Ordinal));
        Assert.Contains(result.Explanation, line => line.Contains("example.net", StringComparison.Ordinal) && line.Contains("quarantine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RFC_9989_4_4_a_repeated_field_cannot_be_validated()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message("From: a@example.com\r\n"), address: "192.0.2.1", mailFrom: "a@example.com");

        Assert.Equal(DmarcResult.PermError, result.Result);
        result.Has(AlignmentFindings.SeveralFromFields);
    }

    [Fact]
    public async Task Several_mailboxes_of_one_domain_are_one_author_domain()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message(from: "a@example.com, B <b@EXAMPLE.com>"), address: "192.0.2.1", mailFrom: "a@example.com");

        Assert.Equal(DmarcResult.Pass, result.Result);
        Assert.Equal("example.com", result.AuthorDomain);
    }
}

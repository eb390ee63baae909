using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class NoAuthorRuleTests
{
    [Theory]
    [InlineData("Subject: x\r\n\r\nHello", "AlignNoFrom")]
    [InlineData("From: undisclosed:;\r\n\r\nHello", "AlignNoAuthorDomain")]
    [InlineData("From: root\r\n\r\nHello", "AlignNoAuthorDomain")]
    [InlineData("From: a@[192.0.2.1]\r\n\r\nHello", "AlignNoAuthorDomain")]
    [InlineData("From: a@192.0.2.1\r\n\r\nHello", "AlignNoAuthorDomain")]
    [InlineData("From: a@\uFF11\uFF19\uFF12.0.2.1\r\n\r\nHello", "AlignNoAuthorDomain")]
    public async Task Without_an_author_domain_nothing_can_be_validated(string message, string code)
    {
        AlignmentResult result = await MessageBed.AssessAsync(message, address: "192.0.2.1", mailFrom: "a@example.com");

        Assert.Equal((DmarcResult.PermError, AlignmentCause.NoAuthorDomain), (result.Result, result.Cause));
        Assert.Contains(code, result.Findings.Select(finding => finding.Code));
        Assert.Null(result.AuthorDomain);
        Assert.Null(result.Disposition);
        Assert.NotEmpty(result.NextSteps);
    }
}

using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class ArcOverrideRuleTests
{
    [Theory]
    [InlineData("pass reason=130", true)]
    [InlineData("pass reason=100", false)]
    [InlineData("fail reason=000", false)]
    public async Task Reason_130_of_Microsoft_says_that_the_message_was_changed_on_its_way(string compauth, bool isOverride)
    {
        string fields = "Return-Path: <x@list.example>\r\n"
            + "Authentication-Results: spf=pass (sender IP is 203.0.113.66) smtp.mailfrom=list.example; dkim=fail (body hash did not verify) header.d=example.com;"
            + "dmarc=fail action=none header.from=example.com;compauth=" + compauth + "\r\n"
            + "Received: from out.list.example (203.0.113.66) by AM0EUR02FT003.mail.protection.outlook.com (10.13.54.1) with Microsoft SMTP Server id 1; Sat, 21 Nov 2026 20:14:33 +0000\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message(fields), MessageBed.Zone().Txt("list.example", "v=spf1 ip4:203.0.113.66 -all"), content: MessageContent.HeaderOnly);

        Assert.Equal(DmarcResult.Fail, result.Result);
        Assert.Equal(isOverride, result.Cause == AlignmentCause.Rewritten);
        if (isOverride)
        {
            Assert.Contains("130", result.Has(AlignmentFindings.ArcOverride).Message, StringComparison.Ordinal);
        }
        else
        {
            result.HasNot(AlignmentFindings.ArcOverride);
        }
    }
}

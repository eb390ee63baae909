using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class MissingSenderRuleTests
{
    [Fact]
    public async Task A_host_that_the_record_does_not_list_is_named()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), address: "203.0.113.9", mailFrom: "anna@example.com");

        Assert.Equal((DmarcResult.Fail, DmarcPolicy.Reject, AlignmentCause.SenderNotInSpf), (result.Result, result.Disposition, result.Cause));
        Finding finding = result.Has(AlignmentFindings.SenderNotInSpf);
        Assert.Contains("203.0.113.9", finding.Message, StringComparison.Ordinal);
        Assert.Contains("-all", finding.Message, StringComparison.Ordinal);
        Assert.Equal("203.0.113.9 not in the SPF record", result.Reason);
    }

    [Fact]
    public async Task A_host_that_was_added_since_is_told_apart()
    {
        string fields = "Authentication-Results: mx.receiver.example; spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=anna@example.com\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);

        Assert.Equal(AlignmentCause.SenderNotInSpf, result.Cause);
        result.Has(AlignmentFindings.SenderInSpfNow);
    }

    [Theory]
    [InlineData("", "AlignSpfRecordMissing")]
    [InlineData("v=spf1 ipv4:192.0.2.1 -all", "AlignSpfRecordBroken")]
    public async Task A_record_that_is_missing_or_broken_is_named(string record, string code)
    {
        FakeResolver zone = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject").Txt("example.com", record);
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), zone, "203.0.113.9", "anna@example.com");

        Assert.Equal(AlignmentCause.SenderNotInSpf, result.Cause);
        Assert.Contains(code, result.Findings.Select(finding => finding.Code));
    }
}

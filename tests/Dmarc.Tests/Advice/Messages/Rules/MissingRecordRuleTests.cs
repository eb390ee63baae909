using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class MissingRecordRuleTests
{
    [Fact]
    public async Task Without_a_record_the_remedy_is_to_publish_one()
    {
        FakeResolver zone = new FakeResolver().Txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), zone, "192.0.2.1", "a@example.com");

        Assert.Equal((DmarcResult.None, AlignmentCause.NoRecord), (result.Result, result.Cause));
        Assert.Contains("_dmarc.example.com", result.Has(AlignmentFindings.NoRecord).Remedy, StringComparison.Ordinal);
        Assert.Null(result.Disposition);
    }

    [Fact]
    public async Task Two_records_are_as_good_as_none()
    {
        FakeResolver zone = MessageBed.Zone().Txt("_dmarc.example.com", "v=DMARC1; p=none", "v=DMARC1; p=reject");
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), zone, "192.0.2.1", "a@example.com");

        Assert.Equal(DmarcResult.None, result.Result);
        result.Has(AlignmentFindings.RecordUnusable);
    }
}

using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class NoDkimRuleTests
{
    [Fact]
    public async Task A_pass_by_SPF_alone_is_warned_of()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), address: "192.0.2.1", mailFrom: "anna@example.com");

        Assert.Equal((DmarcResult.Pass, AlignmentCause.None), (result.Result, result.Cause));
        Assert.Equal(Severity.Warning, result.Has(AlignmentFindings.SpfAlone).Severity);
    }

    [Fact]
    public async Task An_SPF_pass_of_a_stranger_without_any_signature_lacks_DKIM()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), address: "198.51.100.7", mailFrom: "x@service.example");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.NoDkim), (result.Result, result.Cause));
        Assert.Contains("d=example.com", result.Has(AlignmentFindings.NoDkim).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identifiers_without_any_signature_lack_DKIM()
    {
        AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(new MessageIdentifiers { From = "a@example.com" });

        Assert.Equal((DmarcResult.Fail, AlignmentCause.NoDkim), (result.Result, result.Cause));
    }
}

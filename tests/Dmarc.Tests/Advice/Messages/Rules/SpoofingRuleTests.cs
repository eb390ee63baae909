using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class SpoofingRuleTests
{
    [Theory]
    [InlineData("v=DMARC1; p=reject", "AlignSpoofing")]
    [InlineData("v=DMARC1; p=none", "AlignSpoofingUnprotected")]
    public async Task Nothing_that_has_to_do_with_the_author_is_probably_forged(string policy, string code)
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), MessageBed.Zone(policy), "203.0.113.66", "x@unknown.example");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.Spoofing), (result.Result, result.Cause));
        Assert.Contains(code, result.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task A_host_of_the_authors_envelope_is_not_called_forged_at_once()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), address: "203.0.113.66", mailFrom: "x@example.com");

        result.HasNot(AlignmentFindings.Spoofing);
    }

    [Fact]
    public async Task A_message_that_the_author_signed_is_not_called_unsigned()
    {
        string signed = MessageBed.Signer.Sign(MessageBed.Message()).Replace("Hello.", "Hullo.", StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(
            "X-Forefront-Antispam-Report: CIP:203.0.113.7;CAT:SPOOF;DIR:INB;\r\n" + signed, address: "203.0.113.7", mailFrom: "a@service.example");

        Assert.Equal(DmarcResult.Fail, result.Result);
        result.HasNot(AlignmentFindings.Spoofing);
    }
}

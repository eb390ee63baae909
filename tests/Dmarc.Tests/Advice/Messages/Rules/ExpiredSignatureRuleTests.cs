using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class ExpiredSignatureRuleTests
{
    [Fact]
    public async Task An_expired_signature_is_named()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With(extra: "t=1000; x=2000; ").Sign(MessageBed.Message()), address: "203.0.113.1", mailFrom: "a@service.example");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.SignatureExpired), (result.Result, result.Cause));
        result.Has(AlignmentFindings.SignatureExpired);
    }
}

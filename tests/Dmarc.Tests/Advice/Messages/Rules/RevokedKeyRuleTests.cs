using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class RevokedKeyRuleTests
{
    [Fact]
    public async Task A_revoked_key_is_named()
    {
        FakeResolver zone = new FakeResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject").Txt("s1._domainkey.example.com", "v=DKIM1; p=");
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Signer.Sign(MessageBed.Message()), zone, "203.0.113.1", "a@service.example");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.KeyRevoked), (result.Result, result.Cause));
        Assert.Contains("s1._domainkey.example.com", result.Has(AlignmentFindings.KeyRevoked).Remedy, StringComparison.Ordinal);
    }
}

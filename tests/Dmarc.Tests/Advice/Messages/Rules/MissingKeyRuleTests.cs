using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class MissingKeyRuleTests
{
    [Fact]
    public async Task A_selector_without_key_is_named()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With(selector: "gone").Sign(MessageBed.Message()), address: "203.0.113.1", mailFrom: "a@service.example");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.KeyMissing), (result.Result, result.Cause));
        Assert.Contains("gone._domainkey.example.com", result.Has(AlignmentFindings.KeyMissing).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_is_named()
    {
        FakeResolver zone = MessageBed.Zone().Txt("bad._domainkey.example.com", "v=DKIM1; k=rsa; p=AAAA");
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With(selector: "bad").Sign(MessageBed.Message()), zone, "203.0.113.1", "a@service.example");

        Assert.Equal(AlignmentCause.KeyMissing, result.Cause);
        result.Has(AlignmentFindings.KeyUnusable);
    }

    [Fact]
    public async Task A_trusted_servers_pass_counts_where_the_key_has_gone_since()
    {
        string message = "Authentication-Results: mx.receiver.example; dkim=pass header.d=example.com header.s=gone\r\n"
            + MessageBed.Signer.With(selector: "gone").Sign(MessageBed.Message());
        AlignmentResult trusted = await MessageBed.AssessAsync(message, trusted: MessageBed.Server);
        AlignmentResult claimed = await MessageBed.AssessAsync(message, address: "203.0.113.1", mailFrom: "a@service.example");

        Assert.Equal(DmarcResult.Pass, trusted.Result);
        Assert.Equal(EvidenceSource.TrustedReceiver, Assert.Single(trusted.Dkim).Source);
        Assert.Equal((DmarcResult.Fail, AlignmentCause.KeyMissing), (claimed.Result, claimed.Cause));
    }
}

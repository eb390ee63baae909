using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class ForwardedRuleTests
{
    private const string Srs = "SRS0=ab=cd=example.com=anna@service.example";

    [Fact]
    public async Task A_signature_carries_a_forwarded_message()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Signer.Sign(MessageBed.Message()), address: "198.51.100.7", mailFrom: Srs);

        Assert.Equal((DmarcResult.Pass, AlignmentCause.Forwarded), (result.Result, result.Cause));
        Assert.Equal(Severity.Information, result.Has(AlignmentFindings.ForwardedWithDkim).Severity);
    }

    [Theory]
    [InlineData("", Srs)]
    [InlineData("X-Forwarded-To: b@receiver.example\r\n", "anna@example.com")]
    [InlineData("Auto-Submitted: auto-forwarded\r\n", "anna@example.com")]
    [InlineData("ARC-Authentication-Results: i=1; mx.service.example; spf=pass smtp.mailfrom=anna@example.com\r\nARC-Seal: i=1; a=rsa-sha256; cv=none; d=service.example; s=a; b=AAAA\r\n", "anna@example.com")]
    public async Task Without_a_signature_forwarding_fails(string fields, string mailFrom)
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), address: "198.51.100.7", mailFrom: mailFrom);

        Assert.Equal((DmarcResult.Fail, AlignmentCause.Forwarded), (result.Result, result.Cause));
        Assert.Contains("DKIM", result.Has(AlignmentFindings.Forwarded).Remedy, StringComparison.Ordinal);
        result.HasNot(AlignmentFindings.NoDkim);
    }

    [Fact]
    public async Task A_foreign_host_in_the_authors_name_may_be_a_forwarder_or_forgotten()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Signer.Sign(MessageBed.Message()), address: "203.0.113.7", mailFrom: "anna@example.com");

        Assert.Equal((DmarcResult.Pass, AlignmentCause.Forwarded), (result.Result, result.Cause));
        Assert.Equal(Severity.Information, result.Has(AlignmentFindings.ForwardedOrNotListed).Severity);
    }
}

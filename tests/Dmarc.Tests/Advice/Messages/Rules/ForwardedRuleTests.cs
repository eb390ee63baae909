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

    /// <summary>Exchange Online seals what is sent from it, and says then that all passes, of no client: nobody forwarded that.</summary>
    [Theory]
    [InlineData("", AlignmentCause.SenderNotInSpf)]
    [InlineData(" (sender ip is 192.0.2.1) smtp.rcpttodomain=service.example", AlignmentCause.Forwarded)]
    public async Task Where_Exchange_Online_seals_its_own_mail_nobody_forwards(string client, AlignmentCause cause)
    {
        string fields = "ARC-Authentication-Results: i=1; mx.microsoft.com 1; spf=pass" + client
            + " smtp.mailfrom=example.com; dmarc=pass action=none header.from=example.com; dkim=pass header.d=example.com; arc=none\r\n"
            + "ARC-Seal: i=1; a=rsa-sha256; s=arcselector10001; d=microsoft.com; cv=none; b=AAAA\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), address: "198.51.100.7", mailFrom: "anna@example.com");

        Assert.Equal((DmarcResult.Fail, cause), (result.Result, result.Cause));
    }

    [Fact]
    public async Task A_foreign_host_in_the_authors_name_may_be_a_forwarder_or_forgotten()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Signer.Sign(MessageBed.Message()), address: "203.0.113.7", mailFrom: "anna@example.com");

        Assert.Equal((DmarcResult.Pass, AlignmentCause.Forwarded), (result.Result, result.Cause));
        Assert.Equal(Severity.Information, result.Has(AlignmentFindings.ForwardedOrNotListed).Severity);
    }
}

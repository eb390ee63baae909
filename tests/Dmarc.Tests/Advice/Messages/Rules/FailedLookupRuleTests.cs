using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class FailedLookupRuleTests
{
    [Fact]
    public async Task A_failed_look_up_of_the_record_is_neither_pass_nor_fail()
    {
        FakeResolver zone = MessageBed.Zone().Fails("_dmarc.example.com", Dmarc.Dns.DnsStatus.ServFail);
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), zone, "192.0.2.1", "a@example.com");

        Assert.Equal((DmarcResult.TempError, AlignmentCause.LookupFailed), (result.Result, result.Cause));
        Assert.Null(result.Disposition);
        Assert.Contains("_dmarc.example.com", result.Has(AlignmentFindings.LookupFailed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_look_up_of_the_key_of_the_author_is_neither_pass_nor_fail()
    {
        FakeResolver zone = MessageBed.Zone().Fails("s1._domainkey.example.com", Dmarc.Dns.DnsStatus.Timeout);
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Signer.Sign(MessageBed.Message()), zone, "203.0.113.1", "a@service.example");

        Assert.Equal(DmarcResult.TempError, result.Result);
        Assert.Contains("s1._domainkey.example.com", result.Has(AlignmentFindings.LookupFailed).Message, StringComparison.Ordinal);
    }

    /// <summary>Exchange Online names no selector.</summary>
    [Fact]
    public async Task A_failed_look_up_that_the_receiver_tells_of_need_name_no_selector()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message("Authentication-Results: mx.receiver.example; spf=none smtp.mailfrom=service.example; dkim=temperror header.d=example.com\r\n"),
            trusted: MessageBed.Server,
            content: MessageContent.HeaderOnly);

        Assert.Equal(DmarcResult.TempError, result.Result);
        Assert.DoesNotContain("_domainkey", result.Has(AlignmentFindings.LookupFailed).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_look_up_for_a_stranger_leaves_a_fail()
    {
        FakeResolver zone = MessageBed.Zone().Fails("s1._domainkey.service.example", Dmarc.Dns.DnsStatus.Timeout);
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With("service.example").Sign(MessageBed.Message()), zone, "203.0.113.1", "a@example.com");

        Assert.Equal(DmarcResult.Fail, result.Result);
    }
}

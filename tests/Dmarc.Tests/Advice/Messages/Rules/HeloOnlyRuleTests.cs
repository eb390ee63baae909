using Dmarc.Advice.Messages;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;
using Dmarc.Tests.Support;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class HeloOnlyRuleTests
{
    [Fact]
    public async Task RFC_9989_4_4_2_a_pass_of_HELO_does_not_count()
    {
        FakeResolver zone = MessageBed.Zone().Txt("mx7.example.com", "v=spf1 ip4:203.0.113.7 -all").Txt("plain.example", "unrelated");
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), zone, "203.0.113.7", "a@plain.example", "mx7.example.com");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.HeloOnly), (result.Result, result.Cause));
        Assert.Contains("mx7.example.com", result.Has(AlignmentFindings.HeloOnly).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RFC_7208_2_4_with_the_null_sender_HELO_is_the_identity()
    {
        FakeResolver zone = MessageBed.Zone().Txt("mx7.example.com", "v=spf1 ip4:203.0.113.7 -all");
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), zone, "203.0.113.7", "<>", "mx7.example.com");

        Assert.Equal(DmarcResult.Pass, result.Result);
        Assert.Equal("mx7.example.com", result.Spf.Domain);
    }

    [Fact]
    public async Task What_a_receiver_wrote_of_HELO_does_not_count()
    {
        string fields = "Return-Path: <a@plain.example>\r\nReceived-SPF: pass (mx.receiver.example) client-ip=203.0.113.7; identity=helo; helo=mail.example.com; receiver=mx.receiver.example\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(fields), trusted: MessageBed.Server);

        Assert.Equal((DmarcResult.Fail, AlignmentCause.HeloOnly), (result.Result, result.Cause));
        Assert.Equal(AuthenticationResult.None, result.Spf.Result);
    }

    [Fact]
    public async Task A_host_that_MAIL_FROM_does_not_list_is_what_to_mend()
    {
        FakeResolver zone = MessageBed.Zone().Txt("mx7.service.example", "v=spf1 ip4:203.0.113.7 -all");
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), zone, "203.0.113.7", "anna@example.com", "mx7.service.example");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.SenderNotInSpf), (result.Result, result.Cause));
        result.HasNot(AlignmentFindings.HeloOnly);
        result.HasNot(AlignmentFindings.Spoofing);
    }

    [Fact]
    public async Task That_HELO_stood_in_for_the_null_sender_is_told()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), address: "203.0.113.7", mailFrom: "<>", helo: "mx7.example.com");

        Assert.Contains(result.Explanation, line => line.Contains("HELO name mx7.example.com was used", StringComparison.Ordinal));
    }
}

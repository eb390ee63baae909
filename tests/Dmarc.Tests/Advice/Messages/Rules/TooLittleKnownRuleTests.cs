using Dmarc.Advice.Messages;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class TooLittleKnownRuleTests
{
    [Fact]
    public async Task A_message_that_tells_nothing_of_its_sending_is_no_fail()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message());

        Assert.Equal(((DmarcResult?)null, AlignmentCause.TooLittleKnown), (result.Result, result.Cause));
        Assert.Null(result.Spf.Result);
        Assert.Contains("-IPAddress", result.Has(AlignmentFindings.TooLittleKnown).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_envelope_of_a_stranger_could_not_make_it_pass()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message("Return-Path: <a@service.example>\r\n"));

        Assert.Equal(DmarcResult.Fail, result.Result);
        Assert.Null(result.Spf.Result);
    }

    [Fact]
    public async Task A_header_without_its_body_does_not_tell_of_the_signature()
    {
        string header = MessageBed.Signer.Sign(MessageBed.Message()).Split("\r\n\r\n")[0] + "\r\n\r\n";
        AlignmentResult result = await MessageBed.AssessAsync(header, address: "203.0.113.1", mailFrom: "a@service.example", content: MessageContent.HeaderOnly);

        Assert.Null(result.Result);
        DkimAlignmentResult signature = Assert.Single(result.Dkim);
        Assert.Equal(((AuthenticationResult?)null, DkimProblem.NotCheckable), (signature.Result, signature.Problem));
    }

    [Fact]
    public async Task A_pass_of_SPF_without_its_domain_tells_nothing()
    {
        AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(
            new MessageIdentifiers { From = "a@example.com", SpfResult = AuthenticationResult.Pass });

        Assert.Equal(((DmarcResult?)null, AlignmentCause.TooLittleKnown), (result.Result, result.Cause));
    }
}

using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class ThirdPartyRuleTests
{
    [Fact]
    public async Task The_default_signature_of_a_known_service_is_named()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With("em123.sendgrid.net").Sign(MessageBed.Message()), address: "198.51.100.7", mailFrom: "bounces@em123.sendgrid.net");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.ThirdPartySender), (result.Result, result.Cause));
        Finding finding = result.Has(AlignmentFindings.ThirdPartyService);
        Assert.Contains("SendGrid", finding.Remedy, StringComparison.Ordinal);
        Assert.Contains("d=example.com", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_that_signs_and_sends_may_be_a_service()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With("service.example").Sign(MessageBed.Message()), address: "198.51.100.7", mailFrom: "bounces@service.example");

        Assert.Equal(AlignmentCause.ThirdPartySender, result.Cause);
        result.Has(AlignmentFindings.ThirdParty);
        Assert.Contains("bounce.example.com", result.Has(AlignmentFindings.ForeignReturnPath).Remedy, StringComparison.Ordinal);
    }

    /// <summary>A bounce has no Return-Path that could be set.</summary>
    [Theory]
    [InlineData("mta.service.example", true)]
    [InlineData("mail.example.com", false)]
    public async Task A_bounce_is_asked_for_a_signature_alone(string helo, bool isForeign)
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Message(), MessageBed.Zone().Txt("mta.service.example", "v=spf1 ip4:198.51.100.0/24 -all"), "198.51.100.7", mailFrom: "", helo: helo);

        Assert.Equal(DmarcResult.Fail, result.Result);
        result.HasNot(AlignmentFindings.ForeignReturnPath);
        Assert.Equal(isForeign, result.Findings.Any(finding => finding.Code == AlignmentFindings.NullSender.Code));
        Assert.DoesNotContain("in SPF", result.NextSteps.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Return-Path", result.NextSteps.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beside_an_aligned_signature_it_does_not_matter()
    {
        string message = MessageBed.Signer.With("service.example").Sign(MessageBed.Signer.Sign(MessageBed.Message()));
        AlignmentResult result = await MessageBed.AssessAsync(message, address: "198.51.100.7", mailFrom: "bounces@service.example");

        Assert.Equal((DmarcResult.Pass, AlignmentCause.None), (result.Result, result.Cause));
        Assert.Equal([false, true], result.Dkim.Select(signature => signature.Aligned == true));
    }

    [Fact]
    public async Task An_unsigned_message_of_a_service_is_told_about_its_envelope()
    {
        AlignmentResult result = await MessageBed.AssessAsync(MessageBed.Message(), address: "198.51.100.7", mailFrom: "b@service.example");

        Assert.Equal(AlignmentCause.NoDkim, result.Cause);
        Assert.Contains("bounce.example.com", result.Has(AlignmentFindings.ForeignReturnPath).Remedy, StringComparison.Ordinal);
    }
}

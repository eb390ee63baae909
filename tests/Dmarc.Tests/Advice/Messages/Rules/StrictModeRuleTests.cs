using Dmarc.Advice.Messages;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class StrictModeRuleTests
{
    [Fact]
    public async Task A_subdomains_signature_does_not_count_with_adkim_s()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With("news.example.com").Sign(MessageBed.Message()),
            MessageBed.Zone("v=DMARC1; p=reject; adkim=s; aspf=s"),
            "192.0.2.1",
            "bounce@mail.example.com");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.StrictMode), (result.Result, result.Cause));
        Assert.Contains("adkim=r", result.Has(AlignmentFindings.StrictDkim).Remedy, StringComparison.Ordinal);
        Assert.Contains("aspf=r", result.Has(AlignmentFindings.StrictSpf).Remedy, StringComparison.Ordinal);
        Assert.Equal(AlignmentMode.Strict, Assert.Single(result.Dkim).Mode);
    }

    [Fact]
    public async Task With_the_relaxed_mode_it_counts()
    {
        AlignmentResult result = await MessageBed.AssessAsync(
            MessageBed.Signer.With("news.example.com").Sign(MessageBed.Message()), address: "192.0.2.1", mailFrom: "bounce@mail.example.com");

        Assert.Equal((DmarcResult.Pass, AlignmentCause.None), (result.Result, result.Cause));
        result.HasNot(AlignmentFindings.StrictDkim);
    }
}

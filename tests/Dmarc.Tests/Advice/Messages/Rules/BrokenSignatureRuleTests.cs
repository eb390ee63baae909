using Dmarc.Advice.Messages;
using Dmarc.Standards;
using Dmarc.Standards.Dmarc;

namespace Dmarc.Tests.Advice.Messages.Rules;

public class BrokenSignatureRuleTests
{
    [Theory]
    [InlineData("Hello.", "Goodbye.", DkimProblem.BodyChanged)]
    [InlineData("Subject: Hello", "Subject: Bye", DkimProblem.HeaderChanged)]
    public async Task A_signature_that_does_not_match_is_named(string written, string changed, DkimProblem problem)
    {
        string message = MessageBed.Signer.Sign(MessageBed.Message()).Replace(written, changed, StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(message, address: "203.0.113.1", mailFrom: "a@service.example");

        Assert.Equal((DmarcResult.Fail, AlignmentCause.SignatureBroken), (result.Result, result.Cause));
        Assert.Equal(problem, Assert.Single(result.Dkim).Problem);
    }

    [Fact]
    public async Task A_result_without_reason_is_named_too()
    {
        AlignmentResult result = await new MessageAssessor(MessageBed.Zone()).AssessAsync(
            new MessageIdentifiers { From = "a@example.com", DkimDomains = ["example.com"], DkimResults = [AuthenticationResult.Fail] });

        Assert.Equal((DmarcResult.Fail, AlignmentCause.SignatureBroken), (result.Result, result.Cause));
        result.Has(AlignmentFindings.SignatureInvalid);
    }

    [Fact]
    public async Task A_signature_without_From_gets_its_own_remedy()
    {
        string signature = MessageBed.Signer.Sign(MessageBed.Message()).Replace("h=From : ", "h=", StringComparison.Ordinal);
        AlignmentResult result = await MessageBed.AssessAsync(signature, address: "203.0.113.1", mailFrom: "a@service.example");

        Assert.Equal(AlignmentCause.SignatureBroken, result.Cause);
        Assert.Contains("h=", result.Has(AlignmentFindings.SignatureUnaccepted).Remedy, StringComparison.Ordinal);
    }
}

using Dmarc.Advice.Messages;
using Dmarc.Standards.Dkim;
using Dmarc.Standards.Dmarc;
using Dmarc.Text;

namespace Dmarc.Alignment.Rules;

/// <summary>The author's signature does not match the message, and nothing tells who changed it.</summary>
internal sealed class BrokenSignatureRule : IAlignmentRule
{
    public IEnumerable<AlignmentDiagnosis> Check(Assessment assessment)
    {
        if (assessment.Passes)
        {
            yield break;
        }

        if (assessment.Intermediary is null
            && assessment.AuthorSignatures.FirstOrDefault(signature => signature is { IsBroken: true, HasAddedText: false }) is { } broken)
        {
            yield return new(
                AlignmentCause.SignatureBroken,
                broken.Problem == DkimProblem.BodyChanged ? Strings.Align_WhyBodyChanged : Strings.Align_WhyHeaderChanged,
                AlignmentFindings.SignatureBroken.Create(AlignmentStory.DkimName(broken), broken.Reason));
        }
        else if (assessment.AuthorSignatures.FirstOrDefault(signature => signature.Problem == DkimProblem.WrongKey) is { } foreign)
        {
            yield return new(
                AlignmentCause.SignatureBroken,
                Sentences.Fill(Strings.Align_WhyWrongKey, foreign.Selector),
                AlignmentFindings.WrongKey.Create(foreign.DomainText, foreign.Selector));
        }
        else if (assessment.AuthorSignatures.FirstOrDefault(signature => signature.Problem == DkimProblem.Unreadable && HowToSign(signature) is not null) is { } unaccepted)
        {
            yield return new(
                AlignmentCause.SignatureBroken,
                Sentences.Fill(Strings.Align_WhySignatureInvalid, unaccepted.Result!.Value.ToWord()),
                AlignmentFindings.SignatureUnaccepted.Create(unaccepted.DomainText, unaccepted.Result.Value.ToWord(), unaccepted.Reason, HowToSign(unaccepted)));
        }
        else if (assessment.AuthorSignatures.FirstOrDefault(IsInvalid) is { } invalid)
        {
            yield return new(
                AlignmentCause.SignatureBroken,
                Sentences.Fill(Strings.Align_WhySignatureInvalid, invalid.Result!.Value.ToWord()),
                AlignmentFindings.SignatureInvalid.Create(invalid.DomainText, invalid.Result.Value.ToWord(), invalid.Reason));
        }
    }

    /// <summary>What to change at the signer, where the signature was made in a way that is not accepted; null where that is not known.</summary>
    private static string? HowToSign(DkimEvidence signature) => signature.Failure switch
    {
        DkimReason.AlgorithmForbidden or DkimReason.AlgorithmUnknown => Strings.Align_SignWithSha256,
        DkimReason.FromNotSigned => Strings.Align_SignFrom,
        DkimReason.IdentityOutsideDomain => Strings.Align_SignIdentity,
        DkimReason.PublicSuffix => Strings.Align_SignOwnDomain,
        DkimReason.SyntaxError => Strings.Align_SignSyntax,
        _ => null,
    };

    /// <summary>Not passed for a reason that is not known, or that lies in how the signature was made.</summary>
    private static bool IsInvalid(DkimEvidence signature) =>
        signature.Problem is DkimProblem.None or DkimProblem.Unreadable or DkimProblem.Other
        && signature.Result is not null and not IdentifierResult.Pass and not IdentifierResult.TempError;
}

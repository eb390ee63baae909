using Dmarc.Standards;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Messages;

/// <summary>The rules about the author's signatures.</summary>
internal static class SignatureRules
{
    /// <summary>The author's domain signed, but the key has been revoked (RFC 6376 §3.6.1).</summary>
    public static AlignmentDiagnosis? RevokedKey(Assessment assessment) => AboutKey(
        assessment,
        DkimProblem.KeyRevoked,
        AlignmentCause.KeyRevoked,
        Strings.Align_WhyKeyRevoked,
        AlignmentFindings.KeyRevoked);

    /// <summary>The author's domain signed, but there is no key at the selector.</summary>
    public static AlignmentDiagnosis? MissingKey(Assessment assessment) => AboutKey(
        assessment,
        DkimProblem.KeyMissing,
        AlignmentCause.KeyMissing,
        Strings.Align_WhyKeyMissing,
        AlignmentFindings.KeyMissing);

    /// <summary>The author's domain signed, but the key at the selector is unusable.</summary>
    public static AlignmentDiagnosis? UnusableKey(Assessment assessment) => AboutKey(
        assessment,
        DkimProblem.KeyUnusable,
        AlignmentCause.KeyMissing,
        Strings.Align_WhyKeyUnusable,
        AlignmentFindings.KeyUnusable);

    /// <summary>The author's signature has expired (x=, RFC 6376 §3.5).</summary>
    public static AlignmentDiagnosis? ExpiredSignature(Assessment assessment) => AboutKey(
        assessment,
        DkimProblem.Expired,
        AlignmentCause.SignatureExpired,
        Strings.Align_WhyExpired,
        AlignmentFindings.SignatureExpired);

    /// <summary>The author's signature is broken by a mailing list, a forwarder or a gateway.</summary>
    public static IEnumerable<AlignmentDiagnosis> Rewritten(Assessment assessment)
    {
        DkimEvidence? broken = assessment.AuthorSignatures.FirstOrDefault(signature => signature.IsBroken);
        if (!assessment.Fails || broken is null || (assessment.Intermediary is null && !broken.HasAddedText))
        {
            yield break;
        }

        string who = assessment.Intermediary ?? Strings.Align_AGateway;
        yield return new(
            AlignmentCause.Rewritten,
            assessment.Traits.List is null ? Strings.Align_WhyRewritten : Strings.Align_WhyRewrittenByList,
            AlignmentFindings.Rewritten.Create(broken.DomainText, WhatChanged(broken), who));

        if (assessment.Arc is { Result: AuthenticationResult.Pass, Sealers.Count: > 0 } arc
            && assessment.PassedBefore(AuthenticationMethod.Dkim))
        {
            yield return new(AlignmentCause.Rewritten, Strings.Align_WhyRewritten, AlignmentFindings.ArcVouches.Create(arc.Sealers[0]));
        }
    }

    /// <summary>
    /// Microsoft accepted a failing message because a trusted ARC sealer vouches for it (composite authentication,
    /// reason 130): it was valid before it was changed in transit.
    /// </summary>
    public static AlignmentDiagnosis? ArcOverride(Assessment assessment)
    {
        if (!assessment.Fails
            || assessment.Headers.Find(AuthenticationMethod.CompAuth)?.CompositeReason?.Kind != CompositeReasonKind.ArcOverride)
        {
            return null;
        }

        string sealer = assessment.Arc?.Sealers.Count > 0 ? assessment.Arc.Sealers[0] : Strings.Align_ATrustedSealer;
        return new(
            AlignmentCause.Rewritten,
            Strings.Align_WhyRewritten,
            AlignmentFindings.ArcOverride.Create(assessment.Author.Domain, sealer));
    }

    /// <summary>The author's signature does not match the message, for an unknown reason.</summary>
    public static AlignmentDiagnosis? BrokenSignature(Assessment assessment)
    {
        if (assessment.Passes)
        {
            return null;
        }

        if (assessment.Intermediary is null
            && assessment.AuthorSignatures.FirstOrDefault(signature => signature is { IsBroken: true, HasAddedText: false }) is { } broken)
        {
            return new(
                AlignmentCause.SignatureBroken,
                broken.Problem == DkimProblem.BodyChanged ? Strings.Align_WhyBodyChanged : Strings.Align_WhyHeaderChanged,
                AlignmentFindings.SignatureBroken.Create(AlignmentExplanation.DkimName(broken), broken.Reason));
        }

        if (AboutKey(
            assessment,
            DkimProblem.WrongKey,
            AlignmentCause.SignatureBroken,
            Strings.Align_WhyWrongKey,
            AlignmentFindings.WrongKey) is { } wrongKey)
        {
            return wrongKey;
        }

        DkimEvidence? unaccepted = assessment.AuthorSignatures
            .FirstOrDefault(signature => signature.Problem == DkimProblem.Unreadable && HowToSign(signature) is not null);
        if ((unaccepted ?? assessment.AuthorSignatures.FirstOrDefault(IsInvalid)) is not { } invalid)
        {
            return null;
        }

        string result = invalid.Result!.Value.ToWord();
        return new(
            AlignmentCause.SignatureBroken,
            Sentences.Fill(Strings.Align_WhySignatureInvalid, result),
            unaccepted is null
                ? AlignmentFindings.SignatureInvalid.Create(invalid.DomainText, result, invalid.Reason)
                : AlignmentFindings.SignatureUnaccepted.Create(invalid.DomainText, result, invalid.Reason, HowToSign(invalid)));
    }

    /// <summary>
    /// The author's domain did not sign. For a fail this is a cause; for a pass by SPF alone, the next forwarding will
    /// cause a fail (RFC 9989 §7.4).
    /// </summary>
    public static AlignmentDiagnosis? NoDkim(Assessment assessment)
    {
        if (assessment.AuthorSignatures.Any())
        {
            return null;
        }

        if (assessment.Passes && assessment.Message is not null)
        {
            return new(AlignmentFindings.SpfAlone.Create(assessment.Author.Domain));
        }

        bool isCause = assessment.Fails
            && (assessment.Message is null || assessment.Dkim.Count > 0 || assessment.Spf.Passes || assessment.IsOfAuthor(assessment.Spf.Domain));
        return !isCause ? null : new(
            AlignmentCause.NoDkim,
            assessment.Dkim.Count == 0 ? Strings.Align_WhyNoDkim : Sentences.Fill(Strings.Align_WhyNoAuthorDkim, assessment.Author.Domain),
            AlignmentFindings.NoDkim.Create(assessment.Author.Domain));
    }

    /// <summary>A signature that covers only part of the body (RFC 6376 §8.2): the rest may be anyone's.</summary>
    public static IEnumerable<AlignmentDiagnosis> BodyLength(Assessment assessment)
    {
        foreach (DkimEvidence signature in assessment.Dkim.Where(one => one.Passes && one.Signature?.BodyLength is not null))
        {
            string name = AlignmentExplanation.DkimName(signature);
            yield return new(signature.UnsignedBodyBytes > 0
                ? AlignmentFindings.UnsignedBody.Create(
                    name, signature.UnsignedBodyBytes, signature.Signature!.BodyLength)
                : AlignmentFindings.BodyLengthLimited.Create(name, signature.Signature!.BodyLength));
        }
    }

    /// <summary>
    /// The author's first signature with a problem; null if there is none, or if the message passes anyway.
    /// </summary>
    private static AlignmentDiagnosis? AboutKey(
        Assessment assessment, DkimProblem problem, AlignmentCause cause, string reason, FindingDescriptor finding) =>
        !assessment.Passes && assessment.AuthorSignatures.FirstOrDefault(one => one.Problem == problem) is { } signature
            ? new(
                cause,
                Sentences.Fill(reason, signature.Selector),
                finding.Create(signature.DomainText, signature.Selector, signature.Reason)
                    with { Selector = signature.Selector })
            : null;

    private static string WhatChanged(DkimEvidence broken) =>
        broken.Problem == DkimProblem.BodyChanged ? Strings.Align_TheBody
        : broken.ChangedHeader.Length > 0 ? Sentences.Fill(Strings.Align_TheField, broken.ChangedHeader)
        : Strings.Align_AField;

    /// <summary>What to change at the signer if the signing method is unacceptable; null if unknown.</summary>
    private static string? HowToSign(DkimEvidence signature) => signature.Failure switch
    {
        DkimCause.AlgorithmForbidden or DkimCause.AlgorithmUnknown => Strings.Align_SignWithSha256,
        DkimCause.FromNotSigned => Strings.Align_SignFrom,
        DkimCause.IdentityOutsideDomain => Strings.Align_SignIdentity,
        DkimCause.PublicSuffix => Strings.Align_SignOwnDomain,
        DkimCause.SyntaxError => Strings.Align_SignSyntax,
        _ => null,
    };

    /// <summary>True if the result has an unknown reason, or one in the signature itself.</summary>
    private static bool IsInvalid(DkimEvidence signature) =>
        signature.Problem is DkimProblem.None or DkimProblem.Unreadable or DkimProblem.Other
        && signature.Result is not null and not AuthenticationResult.Pass and not AuthenticationResult.TempError;
}

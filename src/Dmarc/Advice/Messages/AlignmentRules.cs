namespace Dmarc.Advice.Messages;

/// <summary>The rules about a message, one for each cause. The first cause found is the main reason.</summary>
internal static class AlignmentRules
{
    public static readonly Rule<Assessment, AlignmentDiagnosis>[] All =
    [
        new(nameof(IdentityRules.InternalMail), IdentityRules.InternalMail),
        new(nameof(IdentityRules.NoAuthor), IdentityRules.NoAuthor),
        new(nameof(IdentityRules.SeveralAuthors), IdentityRules.SeveralAuthors),
        new(nameof(IdentityRules.UnreadableSender), IdentityRules.UnreadableSender),
        new(nameof(IdentityRules.UnusedSignatures), IdentityRules.UnusedSignatures),
        new(nameof(IdentityRules.FailedLookup), IdentityRules.FailedLookup),
        new(nameof(IdentityRules.MissingRecord), IdentityRules.MissingRecord),
        new(nameof(IdentityRules.TooLittleKnown), IdentityRules.TooLittleKnown),
        new(nameof(SenderRules.DirectSend), SenderRules.DirectSend),
        new(nameof(IdentityRules.StrictModes), IdentityRules.StrictModes),
        new(nameof(SignatureRules.RevokedKey), SignatureRules.RevokedKey),
        new(nameof(SignatureRules.MissingKey), SignatureRules.MissingKey),
        new(nameof(SignatureRules.UnusableKey), SignatureRules.UnusableKey),
        new(nameof(SignatureRules.ExpiredSignature), SignatureRules.ExpiredSignature),
        new(nameof(SignatureRules.Rewritten), SignatureRules.Rewritten),
        new(nameof(SignatureRules.ArcOverride), SignatureRules.ArcOverride),
        new(nameof(SenderRules.Forwarded), SenderRules.Forwarded),
        new(nameof(SignatureRules.BrokenSignature), SignatureRules.BrokenSignature),
        new(nameof(SenderRules.ThirdParty), SenderRules.ThirdParty),
        new(nameof(SenderRules.NullSender), SenderRules.NullSender),
        new(nameof(SenderRules.HeloOnly), SenderRules.HeloOnly),
        new(nameof(SenderRules.MissingSender), SenderRules.MissingSender),
        new(nameof(SignatureRules.NoDkim), SignatureRules.NoDkim),
        new(nameof(SenderRules.Spoofing), SenderRules.Spoofing),
        new(nameof(SenderRules.Gateway), SenderRules.Gateway),
        new(nameof(SenderRules.PossibleGateway), SenderRules.PossibleGateway),
        new(nameof(SenderRules.CompositeAuthentication), SenderRules.CompositeAuthentication),
        new(nameof(SignatureRules.BodyLength), SignatureRules.BodyLength),
    ];

    /// <summary>All results. A cause replaces what it explains, so that no change is requested twice.</summary>
    public static List<AlignmentDiagnosis> Check(Assessment assessment)
    {
        List<AlignmentDiagnosis> found = [.. All.SelectMany(rule => rule.Check(assessment))];
        AlignmentCause main = found.Find(diagnosis => diagnosis.Cause != AlignmentCause.None)?.Cause ?? AlignmentCause.None;
        AlignmentCause[] explained = main switch
        {
            AlignmentCause.DirectSend => [AlignmentCause.SenderNotInSpf, AlignmentCause.NoDkim, AlignmentCause.Spoofing],
            AlignmentCause.Forwarded or AlignmentCause.ThirdPartySender or AlignmentCause.StrictMode => [AlignmentCause.NoDkim],
            AlignmentCause.SenderNotInSpf => [AlignmentCause.NoDkim, AlignmentCause.Spoofing],
            _ => [],
        };
        found.RemoveAll(diagnosis => Array.IndexOf(explained, diagnosis.Cause) >= 0);
        return found;
    }
}

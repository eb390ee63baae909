using Dmarc.Alignment.Rules;

namespace Dmarc.Advice.Messages;

/// <summary>Every cause that is recognised. The first one found is the main reason.</summary>
internal static class AlignmentRules
{
    public static readonly IAlignmentRule[] All =
    [
        new InternalMailRule(),
        new NoAuthorRule(),
        new SeveralAuthorsRule(),
        new UnreadableSenderRule(),
        new FailedLookupRule(),
        new MissingRecordRule(),
        new TooLittleKnownRule(),
        new DirectSendRule(),
        new StrictModeRule(),
        new RevokedKeyRule(),
        new MissingKeyRule(),
        new ExpiredSignatureRule(),
        new RewrittenRule(),
        new ArcOverrideRule(),
        new ForwardedRule(),
        new BrokenSignatureRule(),
        new ThirdPartyRule(),
        new HeloOnlyRule(),
        new MissingSenderRule(),
        new NoDkimRule(),
        new SpoofingRule(),
        new GatewayRule(),
        new CompositeRule(),
        new BodyLengthRule(),
    ];

    /// <summary>What all rules have to say. A cause that explains others stands for them, so that no change is asked for twice.</summary>
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

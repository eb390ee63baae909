using Dmarc.Alignment.Rules;

namespace Dmarc.Alignment;

/// <summary>Every cause that is recognised. The first one found is the main reason.</summary>
internal static class AlignmentRules
{
    public static readonly IAlignmentRule[] All =
    [
        new NoAuthorRule(),
        new SeveralAuthorsRule(),
        new FailedLookupRule(),
        new MissingRecordRule(),
        new TooLittleKnownRule(),
        new DirectSendRule(),
        new StrictModeRule(),
        new RevokedKeyRule(),
        new MissingKeyRule(),
        new ExpiredSignatureRule(),
        new RewrittenRule(),
        new ForwardedRule(),
        new BrokenSignatureRule(),
        new ThirdPartyRule(),
        new HeloOnlyRule(),
        new MissingSenderRule(),
        new NoDkimRule(),
        new SpoofingRule(),
    ];

    public static List<AlignmentDiagnosis> Check(Assessment assessment) => [.. All.SelectMany(rule => rule.Check(assessment))];
}

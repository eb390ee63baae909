using Dmarc.Advice.Sources;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>Recognises one kind of source.</summary>
internal interface ISourceRule
{
    /// <summary>The verdict; null where the rule has nothing to say.</summary>
    SourceVerdict? Judge(SourceFacts facts);
}

/// <summary>All rules. The first one that has a verdict decides; the last one always has.</summary>
internal static class SourceRules
{
    public static IReadOnlyList<ISourceRule> All { get; } =
    [
        new ListedNoMoreRule(),
        new ListedSenderRule(),
        new ListedSinceRule(),
        new PassedUnalignedRule(),
        new OwnNetworkRule(),
        new OverrideRule(),
        new ForwardingServiceRule(),
        new ServiceAlignedRule(),
        new BrokenSignatureRule(),
        new ForeignTenantRule(),
        new KnownServiceRule(),
        new PartlyAlignedRule(),
        new AuthorizedRule(),
        new SigningSenderRule(),
        new SignedElsewhereRule(),
        new NothingKnownRule(),
    ];
}

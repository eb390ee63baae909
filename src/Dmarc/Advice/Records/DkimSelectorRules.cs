using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>A rule about a selector, apart from what its record says.</summary>
internal interface IDkimSelectorRule
{
    /// <summary>What is to be said.</summary>
    IEnumerable<Finding> Check(DkimSelectorFacts facts);
}

/// <summary>All rules, in the order in which their findings are shown.</summary>
internal static class DkimSelectorRules
{
    public static IReadOnlyList<IDkimSelectorRule> All { get; } =
    [
        new LookupRule(), new WildcardRule(), new DanglingRule(), new MicrosoftTargetRule(), new SeveralKeysRule(), new SoundKeyRule(),
    ];
}

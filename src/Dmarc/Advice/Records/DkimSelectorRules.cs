using Dmarc.Catalogue;
using Dmarc.Dns;
using Dmarc.Standards.Dkim;

namespace Dmarc.Advice.Records;

/// <summary>The rules about a DKIM selector, except those about its record, in the order of their findings.</summary>
internal static class DkimSelectorRules
{
    public static readonly Rule<DkimSelectorFacts>[] All =
    [
        // A given selector that does not exist, or is unknown.
        new("LookUp", facts => !facts.Response.Status.IsAnswer()
            ? DkimSelectorFindings.LookupFailed.Create(facts.Response.Name, facts.Response.Status)
            : facts.IsAsked && !facts.IsThere
                ? DkimSelectorFindings.SelectorNotFound.Create(facts.Response.Name, facts.Selector, facts.Domain.Domain)
            : null),

        // A wildcard answers for every selector.
        new("Wildcard", facts => facts.IsNobodys ? facts.Domain.DescribeOtherWildcard()
            : (facts.Selector == "*" || facts.IsFromWildcard) && facts.Status == DkimKeyStatus.Revoked
                ? DkimSelectorFindings.WildcardRevoked.Create(facts.Domain.WildcardName)
            : facts.Selector == "*" ? DkimSelectorFindings.Wildcard.Create(facts.Domain.WildcardName)
            : facts.IsFromWildcard ? DkimSelectorFindings.FromWildcard.Create(facts.Response.Name, facts.Domain.WildcardName)
            : null),
        new(nameof(DanglingAlias), DanglingAlias),
        new(nameof(MicrosoftTarget), MicrosoftTarget),

        // With several records at one selector, a verifier may try any or none (RFC 6376 §3.6.2.2).
        new(
            DkimSelectorFindings.RecordSplit,
            facts => facts.Rest is not null,
            facts => [facts.Response.Name, PrintableText.Shorten(facts.Rest!)]),
        new(
            DkimSelectorFindings.SeveralKeys,
            facts => facts is { KeyCount: > 1, Rest: null },
            facts => [facts.Response.Name, facts.KeyCount]),

        // Confirms a sound key, so that an absence of findings is not mistaken for a missing look-up.
        new(DkimSelectorFindings.KeySound,
            facts => facts is { Status: DkimKeyStatus.Valid, Key: { } key, IsFromWildcard: false }
                && facts.Selector != "*"
                && key.Findings.All(finding => finding.Severity == Severity.Information),
            facts => [facts.Response.Name, facts.Key!.KeyType == DkimKeyType.Ed25519 ? "Ed25519" : "RSA", facts.Key.KeySize]),
    ];

    /// <summary>An alias without a key. Microsoft publishes the key only once signing is enabled.</summary>
    private static Finding? DanglingAlias(DkimSelectorFacts facts) =>
        facts is { Status: DkimKeyStatus.Dangling, Target: { } target }
            ? (IsMicrosoftTarget(target) ? DkimSelectorFindings.MicrosoftDangling : DkimSelectorFindings.TargetDangling)
                .Create(facts.Response.Name, target, facts.Domain.Domain)
            : null;

    /// <summary>
    /// Microsoft 365 signs with selector1 and selector2, aliases of
    /// <c>selector1-contoso-com._domainkey.&lt;tenant&gt;.onmicrosoft.com</c>, or of a name below
    /// <c>dkim.mail.microsoft</c>.
    /// </summary>
    private static Finding? MicrosoftTarget(DkimSelectorFacts facts)
    {
        if (facts.Target is not { } target || !IsMicrosoftSelector(facts.Selector))
        {
            return null;
        }

        string name = facts.Response.Name;
        if (!IsMicrosoftTarget(target))
        {
            // Others use these selectors too; this is a mistake only if Microsoft is in use.
            return facts.Domain.Uses(DkimSelectorCatalogue.Microsoft365)
                ? DkimSelectorFindings.MicrosoftElsewhere.Create(name, target, facts.Domain.Domain)
                : null;
        }

        int dot = target.IndexOf('.');
        string label = dot < 0 ? target : target.Substring(0, dot);
        int dash = label.IndexOf('-');
        string selector = dash < 0 ? label : label.Substring(0, dash);
        string domain = dash < 0 ? "" : label.Substring(dash + 1);
        return IsMicrosoftSelector(selector) && !string.Equals(selector, facts.Selector, StringComparison.OrdinalIgnoreCase)
            ? DkimSelectorFindings.MicrosoftSelectorSwapped.Create(name, target, facts.Selector)
            : string.Equals(domain, facts.Domain.Domain.ToString().Replace('.', '-'), StringComparison.OrdinalIgnoreCase)
                ? null
                : DkimSelectorFindings.MicrosoftOtherDomain.Create(name, target, facts.Domain.Domain);
    }

    private static bool IsMicrosoftTarget(string target) =>
        DkimSelectorCatalogue.Default.FindServiceByTarget(target) == DkimSelectorCatalogue.Microsoft365;

    private static bool IsMicrosoftSelector(string selector) =>
        string.Equals(selector, "selector1", StringComparison.OrdinalIgnoreCase)
        || string.Equals(selector, "selector2", StringComparison.OrdinalIgnoreCase);
}

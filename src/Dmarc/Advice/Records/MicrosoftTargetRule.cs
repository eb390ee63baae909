using Dmarc.Catalogue;
using Dmarc.Text;

namespace Dmarc.Advice.Records;

/// <summary>
/// Microsoft 365 signs with selector1 and selector2, which are aliases of
/// <c>selector1-contoso-com._domainkey.&lt;tenant&gt;.onmicrosoft.com</c>, or of a name below <c>dkim.mail.microsoft</c>.
/// </summary>
internal sealed class MicrosoftTargetRule : IDkimSelectorRule
{
    public IEnumerable<Finding> Check(DkimSelectorFacts facts)
    {
        if (facts.Target is not { } target || !IsMicrosoftSelector(facts.Selector))
        {
            yield break;
        }

        string name = facts.Response.Name;
        if (DkimSelectorCatalogue.Default.FindServiceByTarget(target) != DkimSelectorCatalogue.Microsoft365)
        {
            // Others use these selectors too; only where Microsoft is in use is it a mistake.
            if (facts.Domain.Uses(DkimSelectorCatalogue.Microsoft365))
            {
                yield return DkimSelectorFindings.MicrosoftElsewhere.Create(name, target, facts.Domain.Domain);
            }

            yield break;
        }

        int dot = target.IndexOf('.');
        string label = dot < 0 ? target : target.Substring(0, dot);
        int dash = label.IndexOf('-');
        string selector = dash < 0 ? label : label.Substring(0, dash);
        string domain = dash < 0 ? "" : label.Substring(dash + 1);
        if (IsMicrosoftSelector(selector) && !string.Equals(selector, facts.Selector, StringComparison.OrdinalIgnoreCase))
        {
            yield return DkimSelectorFindings.MicrosoftSelectorSwapped.Create(name, target, facts.Selector);
        }
        else if (!string.Equals(domain, facts.Domain.Domain.ToString().Replace('.', '-'), StringComparison.OrdinalIgnoreCase))
        {
            yield return DkimSelectorFindings.MicrosoftOtherDomain.Create(name, target, facts.Domain.Domain);
        }
    }

    private static bool IsMicrosoftSelector(string selector) =>
        string.Equals(selector, "selector1", StringComparison.OrdinalIgnoreCase)
        || string.Equals(selector, "selector2", StringComparison.OrdinalIgnoreCase);
}

using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>
/// Mail through a service that passes only for domains of somebody else, its own ones aside: another customer of the service
/// uses the domain's name.
/// </summary>
internal sealed class ForeignTenantRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts)
    {
        if (facts.Service is not { } service
            || facts.IsTied
            || (!service.IsShared && (facts.PassesForService || facts.ForeignDomain is null)))
        {
            return null;
        }

        string why = facts.ForeignDomain is { } domain
            ? Sentences.Fill(Strings.Sources_WhyForeignTenant, facts.Evidence.HeaderFrom, service.Name, domain)
            : Sentences.Fill(Strings.Sources_WhyUntied, facts.Evidence.HeaderFrom, service.Name);
        return new SourceVerdict(SourceClass.Unknown, service.Name, why, Sentences.Fill(Strings.Sources_UnknownRemedy, facts.Evidence.HeaderFrom));
    }
}

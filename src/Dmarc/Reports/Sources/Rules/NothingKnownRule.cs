using Dmarc.Advice.Sources;
using Dmarc.Text;

namespace Dmarc.Reports.Sources.Rules;

/// <summary>Nothing ties the source to the domain.</summary>
internal sealed class NothingKnownRule : ISourceRule
{
    public SourceVerdict? Judge(SourceFacts facts)
    {
        string from = facts.Evidence.HeaderFrom;
        string why = facts.ForeignDomain is { } domain
            ? Sentences.Fill(Strings.Sources_WhyForeign, from, domain)
            : Sentences.Fill(Strings.Sources_WhyNothing, from);
        return new SourceVerdict(SourceClass.Unknown, facts.ServiceName, why, Sentences.Fill(Strings.Sources_UnknownRemedy, from));
    }
}

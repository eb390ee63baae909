using Dmarc.Advice.Records;
using Dmarc.Catalogue;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Services that are authorised and of whose use the domain shows no other sign.</summary>
internal sealed class ServiceUnusedRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Tree.Roots
            .Where(node => node.LeadsOn && node.Service is SendingService service && analysis.Signs.IsUnused(service))
            .Select(node => SpfFindings.ServiceUnused.CreateAt(node.Term.Position, node.Term, node.Term.Position + 1, node.Service));
}

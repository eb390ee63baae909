using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Services whose customers all send from the same addresses.</summary>
internal sealed class SharedServiceRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Own
            .Where(node => node.Service is { IsShared: true } && node.Term.Qualifier == SpfQualifier.Pass)
            .Select(node => SpfFindings.SharedService.CreateAt(node.Depth == 0 ? node.Term.Position : null, node.Term, node.Term.Position + 1, node.Service));
}

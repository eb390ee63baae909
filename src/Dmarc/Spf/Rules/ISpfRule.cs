using Dmarc.Diagnostics;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>Looks at a domain's record for one kind of trouble.</summary>
internal interface ISpfRule
{
    IEnumerable<Finding> Check(SpfAnalysis analysis);
}

using Dmarc.Advice.Records;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Looks at a domain's record for one kind of trouble.</summary>
internal interface ISpfRule
{
    IEnumerable<Finding> Check(SpfAnalysis analysis);
}

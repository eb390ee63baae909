using System.Globalization;
using Dmarc.Advice.Records;
using Dmarc.Domains;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>Records that let the whole Internet pass without saying <c>+all</c>.</summary>
internal sealed class PassesInternetRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        AddressSet passed = analysis.Coverage.PassedBy(analysis.Root);
        if (analysis.FinalAll?.Term.Qualifier != SpfQualifier.Pass && SpfCoverage.IsInternet(passed))
        {
            yield return SpfFindings.PassesInternet.Create(
                analysis.Domain,
                passed.CountIPv4().ToString("N0", CultureInfo.InvariantCulture),
                passed.CountIPv6().ToString("G3", CultureInfo.InvariantCulture));
        }
    }
}

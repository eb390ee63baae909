using Dmarc.Diagnostics;
using Dmarc.Dns;
using Dmarc.Spf.Analysis;

namespace Dmarc.Spf.Rules;

/// <summary>Terms whose look-ups failed: what they authorise is not known.</summary>
internal sealed class FailedLookupRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis)
    {
        foreach (SpfNode node in analysis.Effective)
        {
            DnsResponse? failed = Responses(node.Facts).FirstOrDefault(response => !response.Status.IsAnswer());
            if (failed is not null)
            {
                yield return node.Report(SpfFindings.IncludeFailed, failed.Name + " " + failed.Status);
            }
        }
    }

    private static IEnumerable<DnsResponse> Responses(SpfTermFacts facts)
    {
        DnsResponse?[] own = [facts.Child?.Response, facts.Response, facts.IPv6Response];
        return own.OfType<DnsResponse>().Concat(facts.Hosts.SelectMany(host => new[] { host.IPv4, host.IPv6 }));
    }
}

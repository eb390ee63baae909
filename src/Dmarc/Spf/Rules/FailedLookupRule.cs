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
            if (FindFailed(node.Facts) is DnsResponse failed)
            {
                yield return node.Report(SpfFindings.IncludeFailed, failed.Name + " " + failed.Status);
            }
        }
    }

    private static DnsResponse? FindFailed(SpfTermFacts facts)
    {
        DnsResponse? failed = Failed(facts.Child?.Response) ?? Failed(facts.Response) ?? Failed(facts.IPv6Response);
        foreach (SpfHostFacts host in facts.Hosts.AsSpan())
        {
            failed ??= Failed(host.IPv4) ?? Failed(host.IPv6);
        }

        return failed;
    }

    private static DnsResponse? Failed(DnsResponse? response) => response is null || response.Status.IsAnswer() ? null : response;
}

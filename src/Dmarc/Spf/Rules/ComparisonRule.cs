using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>What a comparison of two records cannot say.</summary>
internal static class ComparisonRule
{
    /// <summary>A published record that is not known; terms of either record whose addresses are not.</summary>
    public static IEnumerable<Finding> Check(SpfAnalysis published, SpfAnalysis proposed)
    {
        DnsStatus status = published.Root.Response.Status;
        if (!status.IsAnswer())
        {
            yield return SpfFindings.ComparisonFailed.Create(published.Domain, status);
            yield break;
        }

        SpfNode[] unknown =
        [
            .. published.Effective.Concat(proposed.Effective)
                .Where(IsUnknown)
                .GroupBy(node => (node.Path, node.Term.Position))
                .Select(group => group.First()),
        ];
        if (unknown.Length > 0)
        {
            yield return SpfFindings.ComparisonPartial.Create(published.Domain, SpfNode.Places(unknown));
        }
    }

    private static bool IsUnknown(SpfNode node) =>
        node.Facts.DependsOnMessage
        || node.Term.Kind == SpfTermKind.Ptr
        || node.Facts.WasSkipped
        || Failed(node.Facts.Child?.Response)
        || Failed(node.Facts.Response)
        || Failed(node.Facts.IPv6Response)
        || node.Facts.Hosts.Any(host => Failed(host.IPv4) || Failed(host.IPv6));

    private static bool Failed(DnsResponse? response) => response is not null && !response.Status.IsAnswer();
}

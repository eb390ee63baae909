using Dmarc.Advice.Records;
using Dmarc.Dns;
using Dmarc.Standards.Spf;
using Dmarc.Text;

namespace Dmarc.Spf.Rules;

/// <summary>An <c>a</c> or <c>mx</c> that authorises nobody although no look-up was void.</summary>
internal sealed class AddressNotFoundRule : ISpfRule
{
    public IEnumerable<Finding> Check(SpfAnalysis analysis) =>
        analysis.Effective
            .Where(node => node.Term.Kind is SpfTermKind.A or SpfTermKind.Mx
                && node.Facts is { DependsOnMessage: false, WasSkipped: false }
                && node.Voids.Count == 0
                && (node.Facts.Response?.Status.IsAnswer() ?? true)
                && node.Facts.Hosts.All(host => host.IPv4.Status.IsAnswer() && host.IPv6.Status.IsAnswer())
                && analysis.Coverage.MatchedBy(node.Facts).IsEmpty)
            .Select(node => node.Report(SpfFindings.AddressNotFound, node.Facts.Target ?? node.Term.Domain?.Text));
}

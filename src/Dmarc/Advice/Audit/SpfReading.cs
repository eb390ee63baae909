using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>Evaluates an SPF record for the domain as a whole.</summary>
internal static class SpfReading
{
    /// <summary>True if look-ups for terms failed, so the allowed senders and the end are only partly known.</summary>
    public static bool IsPartial(SpfResult spf) =>
        spf.Findings.Any(finding => finding.Code == SpfFindings.LookupFailed.Code || finding.Code == SpfFindings.IncludeFailed.Code);

    /// <summary>True for a valid record that allows no sender, such as <c>v=spf1 -all</c>.</summary>
    public static bool AllowsNobody(SpfResult spf) =>
        spf is { Status: SpfRecordStatus.Found, Validity: true, All: "-all" or "~all", Networks.Count: 0 }
        && !IsPartial(spf)
        && !spf.Terms.Any(term => term.IsEffective && (term.DependsOnMessage || term.Kind == SpfTermKind.Ptr));

    /// <summary>True if unlisted servers get fail or softfail.</summary>
    public static bool HasEnd(SpfResult spf) => spf.All is "-all" or "~all";
}

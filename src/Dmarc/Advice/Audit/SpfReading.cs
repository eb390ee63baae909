using Dmarc.Advice.Records;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Audit;

/// <summary>What an SPF record comes to for the domain as a whole.</summary>
internal static class SpfReading
{
    /// <summary>True where look-ups for the record's terms failed, so that what it allows, and how it ends, is known only in part.</summary>
    public static bool IsPartial(SpfResult spf) =>
        spf.Findings.Any(finding => finding.Code == SpfFindings.LookupFailed.Code || finding.Code == SpfFindings.IncludeFailed.Code);

    /// <summary>True for a record that receivers can interpret and that allows nobody to send, such as <c>v=spf1 -all</c> or <c>v=spf1 ~all</c>.</summary>
    public static bool AllowsNobody(SpfResult spf) =>
        spf is { Status: SpfRecordStatus.Found, Validity: true, All: "-all" or "~all", Networks.Count: 0 }
        && !IsPartial(spf)
        && !spf.Terms.Any(term => term.IsEffective && (term.DependsOnMessage || term.Kind == SpfTermKind.Ptr));

    /// <summary>True where servers that are not listed get fail or softfail.</summary>
    public static bool HasEnd(SpfResult spf) => spf.All is "-all" or "~all";
}

using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>Builds the public result from an analysis.</summary>
internal static class SpfResultBuilder
{
    public static SpfResult Build(SpfAnalysis analysis, PrintableList<Finding> findings)
    {
        AddressSet passed = analysis.Coverage.PassedBy(analysis.Root);
        bool isWhole = analysis is { IsAnswered: true, IsPartial: false };
        return BuildWithoutAddresses(analysis, findings) with
        {
            Terms = BuildTerms(analysis.Tree.Roots, analysis.Coverage, 0, 0),
            Networks = analysis.Coverage.BlocksOf(passed),
            IPv4AddressCount = isWhole ? passed.CountIPv4() : null,
            IPv6AddressCount = isWhole ? passed.CountIPv6() : null,
        };
    }

    /// <summary>The result without addresses, if these are too many.</summary>
    public static SpfResult BuildWithoutAddresses(SpfAnalysis analysis, PrintableList<Finding> findings)
    {
        SpfRecordStatus status = StatusOf(analysis.Root);
        return new SpfResult
        {
            Domain = analysis.Domain,
            Status = status,
            Failed = analysis.Failed,
            DnsStatus = analysis.IsPublished ? analysis.Root.Response.Status : null,
            IsPublished = !analysis.IsPublished ? false : analysis.Root.Texts.Count > 0 ? true : null,
            Record = RecordOf(analysis.Root),
            Validity = ValidityOf(analysis, status),
            LookupCount = analysis.Lookups,
            VoidLookupCount = analysis.Voids,
            All = analysis.Ending,
            Findings = findings.About(analysis.Domain),
        };
    }

    /// <summary>Compares a proposed record with the published one.</summary>
    public static SpfComparison Compare(SpfAnalysis published, SpfAnalysis proposed)
    {
        AddressSet before = published.Coverage.PassedBy(published.Root);
        AddressSet after = proposed.Coverage.PassedBy(proposed.Root);
        AddressSet gained = published.IsAnswered ? after.Except(before) : AddressSet.Empty;
        AddressSet lost = published.IsAnswered ? before.Except(after) : AddressSet.Empty;
        bool isWhole = published is { IsAnswered: true, IsPartial: false } && !proposed.IsPartial;
        return new SpfComparison
        {
            PublishedStatus = StatusOf(published.Root),
            PublishedDnsFailure = published.Root.Response.Status.ToDnsFailure(),
            PublishedDnsStatus = published.Root.Response.Status,
            PublishedRecord = RecordOf(published.Root),
            ProposedRecord = RecordOf(proposed.Root) ?? "",
            Gained = proposed.Coverage.BlocksOf(gained),
            Lost = proposed.Coverage.BlocksOf(lost),
            IPv4Gained = isWhole ? gained.CountIPv4() : null,
            IPv4Lost = isWhole ? lost.CountIPv4() : null,
            LookupsBefore = published.Lookups,
            LookupsAfter = proposed.Lookups,
            VoidLookupsBefore = published.Voids,
            VoidLookupsAfter = proposed.Voids,
            AllBefore = published.Ending,
            AllAfter = proposed.Ending,
        };
    }

    private static string? RecordOf(SpfDomainFacts facts) => facts.Response.Status.IsAnswer() ? string.Join(" | ", facts.Texts) : null;

    /// <summary>A broken record is invalid regardless of failed look-ups.</summary>
    private static bool? ValidityOf(SpfAnalysis analysis, SpfRecordStatus status) =>
        !analysis.IsAnswered ? null
        : status != SpfRecordStatus.Found
            || analysis.Tree.Lookups > SpfLimits.Lookups
            || analysis.VoidCount > SpfLimits.VoidLookups
            || analysis.Tree.All.Exists(node => node.IsBroken) ? false
        : analysis.IsPartial ? null
        : true;

    private static SpfRecordStatus StatusOf(SpfDomainFacts facts) => facts switch
    {
        _ when !facts.Response.Status.IsAnswer() => SpfRecordStatus.DnsFailure,
        { Texts.Count: > 1 } => SpfRecordStatus.Multiple,
        { IsUsable: true } => SpfRecordStatus.Found,
        { Record: not null } => SpfRecordStatus.Invalid,
        _ when facts.Response.Status == DnsStatus.NxDomain => SpfRecordStatus.DomainNotFound,
        _ => SpfRecordStatus.NotFound,
    };

    /// <summary>The terms of a record, for its depth and the number of look-ups before its first term.</summary>
    public static PrintableList<SpfTermResult> BuildTerms(List<SpfNode> nodes, SpfCoverage coverage, int depth, int lookups)
    {
        if (nodes.Count == 0)
        {
            return PrintableList<SpfTermResult>.Empty;
        }

        SpfTermResult[] terms = new SpfTermResult[nodes.Count];
        for (int index = 0; index < terms.Length; index++)
        {
            terms[index] = BuildTerm(nodes[index], coverage, depth, lookups);
        }

        return new PrintableList<SpfTermResult>(terms);
    }

    private static SpfTermResult BuildTerm(SpfNode node, SpfCoverage coverage, int depth, int lookups)
    {
        SpfTermFacts facts = node.Facts;
        AddressSet matched = facts.Term.Kind switch
        {
            SpfTermKind.All => AddressSet.Empty,
            SpfTermKind.Redirect when facts.Child is not null => coverage.PassedBy(facts.Child),
            _ => coverage.MatchedBy(facts),
        };
        return new SpfTermResult
        {
            Term = facts.Term.Text,
            Kind = facts.Term.Kind,
            Qualifier = facts.Term.Qualifier,
            Domain = facts.Owner,
            Column = facts.Term.Position + 1,
            Depth = depth + node.Depth,
            Target = facts.Target ?? "",
            DnsStatus = StatusOf(facts),
            LookupCost = facts.IsEffective && facts.Term.CountsAsLookup ? 1 : 0,
            TotalLookups = node.TotalLookups,
            CumulativeLookups = node.CumulativeLookups == 0 && !facts.IsEffective ? 0 : lookups + node.CumulativeLookups,
            IsVoid = node.Voids.Count > 0 ? true : facts.Failed is null ? false : null,
            VoidLookups = node.IsPartial ? null : node.TotalVoids,
            Record = facts.Child is null ? "" : RecordOf(facts.Child),
            Service = node.Service?.Name ?? "",
            Addresses = coverage.BlocksOf(matched),
            IPv4AddressCount = node.IsPartial ? null : matched.CountIPv4(),
            IPv6AddressCount = node.IsPartial ? null : matched.CountIPv6(),
            IsEffective = facts.IsEffective,
            IsLoop = node.IsLoop,
            DependsOnMessage = facts.DependsOnMessage,
            Terms = node.Summary is SpfSharedRecord summary
                ? summary.ResultsAt(depth + node.Depth + 1, lookups + node.CumulativeLookups - summary.Lookups, coverage)
                : BuildTerms(node.Children, coverage, depth, lookups),
        };
    }

    /// <summary>The status of the term's look-ups: a failure if any; for an <c>a</c> the better answer.</summary>
    private static DnsStatus? StatusOf(SpfTermFacts facts)
    {
        if (facts.Failed is { } failed)
        {
            return failed.Status;
        }

        DnsResponse? response = facts.Child?.Response ?? facts.Response;
        return facts.IPv6Response is DnsResponse ipv6 && (response is null || (response.Status.IsVoid() && !ipv6.Status.IsVoid()))
            ? ipv6.Status
            : response?.Status;
    }
}

using Dmarc.Diagnostics;
using Dmarc.Dns;

namespace Dmarc.Spf.Analysis;

/// <summary>Makes the objects that users see out of what an analysis found.</summary>
internal static class SpfResultBuilder
{
    private const int LookupLimit = 10;
    private const int VoidLookupLimit = 2;

    public static SpfResult Build(SpfAnalysis analysis, PrintableList<Finding> findings)
    {
        AddressSet passed = analysis.Coverage.PassedBy(analysis.Root);
        int voids = analysis.VoidCount;
        SpfRecordStatus status = StatusOf(analysis.Root);
        return new SpfResult
        {
            Domain = analysis.Domain,
            Status = status,
            DnsStatus = analysis.IsPublished ? analysis.Root.Response.Status : null,
            IsPublished = analysis.IsPublished,
            Record = string.Join(" | ", analysis.Root.Texts),
            IsValid = status == SpfRecordStatus.Found
                && analysis.Tree.Lookups <= LookupLimit
                && voids <= VoidLookupLimit
                && !analysis.Tree.All.Exists(node => node.IsBroken),
            LookupCount = analysis.Tree.Lookups,
            VoidLookupCount = voids,
            All = analysis.FinalAll?.Term.Text ?? "",
            Terms = BuildTerms(analysis.Tree.Roots, analysis.Coverage, 0, 0),
            Networks = passed.ToBlocks(),
            IPv4AddressCount = passed.CountIPv4(),
            IPv6AddressCount = passed.CountIPv6(),
            Findings = findings,
        };
    }

    /// <summary>What the proposed record changes against the published one.</summary>
    public static SpfComparison Compare(SpfAnalysis published, SpfAnalysis proposed)
    {
        AddressSet before = published.Coverage.PassedBy(published.Root);
        AddressSet after = proposed.Coverage.PassedBy(proposed.Root);
        bool isKnown = published.Root.Response.Status.IsAnswer();
        AddressSet gained = isKnown ? after.Except(before) : AddressSet.Empty;
        AddressSet lost = isKnown ? before.Except(after) : AddressSet.Empty;
        return new SpfComparison
        {
            PublishedStatus = StatusOf(published.Root),
            PublishedDnsStatus = published.Root.Response.Status,
            PublishedRecord = string.Join(" | ", published.Root.Texts),
            ProposedRecord = string.Join(" | ", proposed.Root.Texts),
            Gained = gained.ToBlocks(),
            Lost = lost.ToBlocks(),
            IPv4Gained = gained.CountIPv4(),
            IPv4Lost = lost.CountIPv4(),
            LookupsBefore = published.Tree.Lookups,
            LookupsAfter = proposed.Tree.Lookups,
            VoidLookupsBefore = published.VoidCount,
            VoidLookupsAfter = proposed.VoidCount,
            AllBefore = published.FinalAll?.Term.Text ?? "",
            AllAfter = proposed.FinalAll?.Term.Text ?? "",
        };
    }

    private static SpfRecordStatus StatusOf(SpfDomainFacts facts) => facts switch
    {
        _ when !facts.Response.Status.IsAnswer() => facts.Response.Status.ToSpfRecordStatus(),
        { Texts.Count: > 1 } => SpfRecordStatus.Multiple,
        { IsUsable: true } => SpfRecordStatus.Found,
        { Record: not null } => SpfRecordStatus.Invalid,
        _ when facts.Response.Status == DnsStatus.NxDomain => SpfRecordStatus.DomainNotFound,
        _ => SpfRecordStatus.NotFound,
    };

    /// <summary>The terms of a record, where it stands so deep and so many look-ups come before its first term.</summary>
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
            IsVoid = node.Voids.Count > 0,
            VoidLookups = node.TotalVoids,
            Record = facts.Child is null ? "" : string.Join(" | ", facts.Child.Texts),
            Service = node.Service?.Name ?? "",
            Addresses = matched.ToBlocks(),
            IPv4AddressCount = matched.CountIPv4(),
            IPv6AddressCount = matched.CountIPv6(),
            IsEffective = facts.IsEffective,
            IsLoop = node.IsLoop,
            DependsOnMessage = facts.DependsOnMessage,
            Terms = node.Summary is SpfSharedRecord summary
                ? summary.ResultsAt(depth + node.Depth + 1, lookups + node.CumulativeLookups - summary.Lookups, coverage)
                : BuildTerms(node.Children, coverage, depth, lookups),
        };
    }

    /// <summary>The status of the term's look-ups: a failure where there was one; for an <c>a</c> the better of its two answers.</summary>
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

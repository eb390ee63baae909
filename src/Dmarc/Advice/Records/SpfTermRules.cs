using Dmarc.Dns;
using Dmarc.Standards.Spf;

namespace Dmarc.Advice.Records;

/// <summary>The rules about the terms of SPF records: their costs, targets and addresses.</summary>
internal static class SpfTermRules
{
    private const int MaximumIncludes = 10;

    /// <summary>The maximum number of terms compared with each other.</summary>
    private const int MaximumCompared = 200;

    /// <summary>The rules about the costs of terms, and their target records.</summary>
    public static Rule<SpfAnalysis>[] LookUps { get; } =
    [
        new(nameof(LookupLimit), LookupLimit),
        new(nameof(VoidLookups), VoidLookups),
        new(nameof(IncludedRecords), IncludedRecords),
        new(nameof(IncludeLoops), IncludeLoops),
        new(SpfFindings.IncludeTwice.Code, analysis => analysis.Tree.MeetsTwice ? FindRepeatedIncludes(analysis) : []),
        new(SpfFindings.IncludePassesAll.Code, analysis => analysis.Effective
            .Where(node => node.Term is { Kind: SpfTermKind.Include, Qualifier: SpfQualifier.Pass }
                && node.Facts.Child is { IsUsable: true } child
                && SpfCoverage.IsInternet(analysis.Coverage.PassedBy(child)))
            .Select(node => node.Report(SpfFindings.IncludePassesAll, node.Facts.Target))),
        new(nameof(FailedLookups), FailedLookups),
    ];

    /// <summary>The rules about authorised addresses, and the end of the record.</summary>
    public static Rule<SpfAnalysis>[] Terms { get; } =
    [
        new(nameof(End), End),
        new(nameof(PassesInternet), PassesInternet),
        new(SpfFindings.TermsAfterAll.Code, analysis => analysis.Tree.Roots
            .Where(node => !node.Facts.IsEffective && node.Term.IsMechanism)
            .Select(node => Unused(SpfFindings.TermsAfterAll, node, analysis))),

        // RFC 7208 §6.1: an "all" disables every redirect.
        new(SpfFindings.RedirectIgnored.Code, analysis => analysis.Tree.Roots
            .Where(node => !node.Facts.IsEffective && node.Term.Kind == SpfTermKind.Redirect)
            .Select(node => Unused(SpfFindings.RedirectIgnored, node, analysis))),

        // RFC 7208 §5.5: the mechanism should not be published.
        new(SpfFindings.Ptr.Code, analysis => analysis.Effective
            .Where(node => node.Term.Kind == SpfTermKind.Ptr)
            .Select(node => node.Report(SpfFindings.Ptr))),

        // An "a" or "mx" that authorises no address although no look-up was void.
        new(SpfFindings.AddressNotFound.Code, analysis => analysis.Effective
            .Where(node => node.Term.Kind is SpfTermKind.A or SpfTermKind.Mx
                && node.Facts is { DependsOnMessage: false, WasSkipped: false, Failed: null }
                && node.Voids.Count == 0
                && analysis.Coverage.MatchedBy(node.Facts).IsEmpty)
            .Select(node => node.Report(SpfFindings.AddressNotFound, node.Facts.Target ?? node.Term.Domain?.Text))),

        // RFC 7208 §4.6.4.
        new(SpfFindings.TooManyMx.Code, analysis => analysis.Effective
            .Where(node => node.Term.Kind == SpfTermKind.Mx && node.IsBroken)
            .Select(node => node.Report(SpfFindings.TooManyMx, node.Facts.Response!.Records.Count))),
        new(SpfFindings.WideRange.Code, analysis => OwnBlocks(analysis, passingOnly: true)
            .Where(found => found.Block.PrefixLength < (found.Block.IsIPv6 ? 32 : 16))
            .Select(found => found.Node.Report(
                SpfFindings.WideRange, found.Block, found.Block.AddressCount.ToString("N0", CultureInfo.InvariantCulture)))),
        new(nameof(SpecialRanges), SpecialRanges),
        new(SpfFindings.DuplicateTerm.Code, analysis => MayRepeat(analysis.Tree.Roots) ? FindDuplicates(analysis) : []),
        new(nameof(Overlaps), Overlaps),
        new(SpfFindings.MacroTerm.Code, analysis => analysis.Effective
            .Where(node => node.Facts.DependsOnMessage)
            .Select(node => node.Report(SpfFindings.MacroTerm))),
    ];

    /// <summary>The limit of ten look-ups (RFC 7208 §4.6.4), exceeded or nearly reached.</summary>
    public static Finding? LookupLimit(SpfAnalysis analysis)
    {
        if (analysis.Tree.Lookups <= SpfLimits.Lookups)
        {
            return analysis.Tree.Lookups < SpfLimits.LookupsToWarn
                ? null
                : SpfFindings.NearLookupLimit.Create(analysis.Domain, analysis.Tree.Lookups);
        }

        SpfNode over = analysis.Effective.First(node =>
            node.Term.CountsAsLookup && node.CumulativeLookups - node.TotalLookups >= SpfLimits.Lookups);
        return SpfFindings.TooManyLookups.Create(analysis.Domain, analysis.Tree.Lookups, over.Place);
    }

    /// <summary>Void look-ups: each of them, too many of them (RFC 7208 §4.6.4), and those of IPv6 senders.</summary>
    public static IEnumerable<Finding> VoidLookups(SpfAnalysis analysis)
    {
        SpfNode[] nodes = Array.FindAll(analysis.Effective, node => node.Voids.Count + node.VoidsIPv4.Count > 0);
        int both = nodes.Sum(node => node.Voids.Count);
        int count = both + nodes.Sum(node => node.VoidsIPv4.Count);
        if (count > SpfLimits.VoidLookups)
        {
            yield return SpfFindings.TooManyVoidLookups.Create(analysis.Domain, count, SpfNode.Places(nodes));
        }

        foreach (SpfNode node in nodes.Where(node => !node.LeadsOn && node.Voids.Count > 0))
        {
            string names = string.Join(", ", node.Voids.Select(response => response.Name + " " + response.Status));
            yield return node.Report(SpfFindings.VoidLookup, names);
        }

        foreach (SpfNode node in nodes.Where(node => node.VoidsIPv4.Count > 0))
        {
            yield return node.Report(SpfFindings.VoidLookupIPv4, string.Join(", ", node.VoidsIPv4));
        }

        int withIPv6 = both + analysis.Effective.Sum(node => node.VoidsIPv6.Count);
        if (count <= SpfLimits.VoidLookups && withIPv6 > SpfLimits.VoidLookups)
        {
            yield return SpfFindings.VoidLookupsIPv6.Create(
                analysis.Domain,
                withIPv6,
                SpfNode.Places([.. analysis.Effective.Where(node => node.Voids.Count + node.VoidsIPv6.Count > 0)]));
        }
    }

    /// <summary>Includes and redirects whose domain has no valid record (RFC 7208 §5.2, §6.1).</summary>
    public static IEnumerable<Finding> IncludedRecords(SpfAnalysis analysis)
    {
        foreach (SpfNode node in analysis.Effective.Where(node => node.LeadsOn))
        {
            if (node.Facts.Target is null && !node.Facts.DependsOnMessage)
            {
                yield return node.Report(SpfFindings.IncludeWithoutRecord, node.Term.Domain, DnsStatus.Malformed);
            }

            if (node.Facts.Child is not { IsUsable: false } child || !child.Response.Status.IsAnswer())
            {
                continue;
            }

            if (child.Texts.Count == 0)
            {
                yield return node.Report(SpfFindings.IncludeWithoutRecord, child.Domain, child.Response.Status);
            }
            else
            {
                string problem = child.Record is null
                    ? SpfFindings.SeveralRecords.Create(child.Domain, child.Texts.Count).Message
                    : child.Record.Problem;
                yield return node.Report(SpfFindings.IncludeInvalid, child.Domain, problem);
            }
        }
    }

    /// <summary>Records that include themselves.</summary>
    public static IEnumerable<Finding> IncludeLoops(SpfAnalysis analysis) => analysis.Effective
        .Where(node => node.IsLoop)
        .Take(MaximumIncludes)
        .Select(node => node.Facts.Owner.Equals(node.Facts.Target, StringComparison.OrdinalIgnoreCase)
            ? node.Report(SpfFindings.IncludeSelf)
            : node.Report(SpfFindings.IncludeLoop, node.Facts.Target, node.Path));

    /// <summary>Terms whose look-ups failed: their addresses are unknown.</summary>
    public static IEnumerable<Finding> FailedLookups(SpfAnalysis analysis) => analysis.Effective
        .Where(node => node.Facts.Failed is not null)
        .Select(node =>
            node.Report(SpfFindings.IncludeFailed, node.Facts.Failed!.Name + " " + node.Facts.Failed.Status));

    /// <summary>The end of the record, and its effect on DMARC.</summary>
    public static Finding? End(SpfAnalysis analysis)
    {
        if (analysis.Record is null || !SpfRecord.IsSpf(analysis.Record.Text))
        {
            return null;
        }

        if (analysis.FinalAll is not SpfTermFacts all)
        {
            return analysis.EndsWithoutAll ? SpfFindings.AllMissing.Create(analysis.Domain) : null;
        }

        FindingDescriptor descriptor = all.Term.Qualifier switch
        {
            SpfQualifier.Pass => SpfFindings.PassAll,
            SpfQualifier.Neutral => SpfFindings.NeutralAll,
            SpfQualifier.SoftFail => SpfFindings.SoftFailAll,
            _ => SpfFindings.FailAll,
        };
        int? position = all.Owner == analysis.Domain ? all.Term.Position : null;
        return descriptor.CreateAt(position, all.Term.Text, all.Term.Position + 1, all.Owner, analysis.Domain);
    }

    /// <summary>The limits of a comparison: an unknown published record, or terms with unknown addresses.</summary>
    public static Finding? Comparison(SpfAnalysis published, SpfAnalysis proposed)
    {
        DnsStatus status = published.Root.Response.Status;
        if (!status.IsAnswer())
        {
            return SpfFindings.ComparisonFailed.Create(published.Domain, status);
        }

        SpfNode[] unknown =
        [
            .. published.Effective.Concat(proposed.Effective)
                .Where(IsUnknown)
                .GroupBy(node => (node.Path, node.Term.Position))
                .Select(group => group.First()),
        ];
        return unknown.Length == 0 ? null : SpfFindings.ComparisonPartial.Create(published.Domain, SpfNode.Places(unknown));
    }

    /// <summary>A term that <c>all</c> makes useless.</summary>
    private static Finding Unused(FindingDescriptor descriptor, SpfNode node, SpfAnalysis analysis) =>
        descriptor.CreateAt(node.Term.Position, node.Term, node.Term.Position + 1, analysis.Record!.All);

    private static bool IsUnknown(SpfNode node) =>
        node.Facts.DependsOnMessage
        || node.Term.Kind == SpfTermKind.Ptr
        || node.Facts.WasSkipped
        || node.Facts.Failed is not null;

    private static IEnumerable<Finding> FindRepeatedIncludes(SpfAnalysis analysis) => analysis.Effective
        .Where(node => node is { LeadsOn: true, IsLoop: false, Facts.Child: not null })
        .GroupBy(node => node.Facts.Child!.Domain, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Skip(1).Any())
        .Take(MaximumIncludes)
        .Select(group => SpfFindings.IncludeTwice.Create(group.Key, SpfNode.Places([.. group])));

    /// <summary>A record that passes the whole Internet without <c>+all</c>.</summary>
    private static Finding? PassesInternet(SpfAnalysis analysis)
    {
        AddressSet passed = analysis.Coverage.PassedBy(analysis.Root);
        return analysis.FinalAll?.Term.Qualifier != SpfQualifier.Pass && SpfCoverage.IsInternet(passed)
            ? SpfFindings.PassesInternet.Create(
                analysis.Domain,
                passed.CountIPv4().ToString("N0", CultureInfo.InvariantCulture),
                passed.CountIPv6().ToString("G3", CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Addresses in the domain's own records that cannot send mail over the Internet.</summary>
    private static IEnumerable<Finding> SpecialRanges(SpfAnalysis analysis)
    {
        HashSet<string> told = [];
        foreach ((SpfNode node, AddressBlock block) in OwnBlocks(analysis, passingOnly: false))
        {
            SpecialRange? range = SpecialRange.Find(block);

            // Documentation addresses mean that the record is an example: one finding says that.
            if (range is not null && (range.Purpose != Strings.Spf_RangeDocumentation || told.Add(range.Purpose)))
            {
                yield return node.Report(SpfFindings.SpecialRange, block, range.Block, range.Purpose);
            }
        }
    }

    /// <summary>The address blocks of the domain's own terms.</summary>
    private static IEnumerable<(SpfNode Node, AddressBlock Block)> OwnBlocks(SpfAnalysis analysis, bool passingOnly) => analysis.Own
        .Where(node => node.Term.Kind is SpfTermKind.Ip4 or SpfTermKind.Ip6 or SpfTermKind.A or SpfTermKind.Mx
            && (!passingOnly || node.Term.Qualifier == SpfQualifier.Pass))
        .SelectMany(node => analysis.Coverage.BlocksOf(analysis.Coverage.MatchedBy(node.Facts)).Select(block => (node, block)));

    private static bool MayRepeat(List<SpfNode> nodes)
    {
        HashSet<string> texts = new(StringComparer.OrdinalIgnoreCase);
        return nodes.Exists(node => !texts.Add(node.Term.Text.TrimStart('+')));
    }

    private static IEnumerable<Finding> FindDuplicates(SpfAnalysis analysis) => analysis.Tree.Roots
        .Where(node => node.Term.IsMechanism)
        .GroupBy(node => node.Term.Text.TrimStart('+'), StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Skip(1).Any())
        .Select(group => group.Take(2).ToArray())
        .Select(pair => SpfFindings.DuplicateTerm.CreateAt(
            pair[1].Term.Position, pair[0].Term, pair[0].Term.Position + 1, pair[1].Term.Position + 1));

    /// <summary>Ranges in the domain's own record that another of its terms covers.</summary>
    private static IEnumerable<Finding> Overlaps(SpfAnalysis analysis)
    {
        SpfNode[] nodes =
        [
            .. analysis.Tree.Roots
                .Where(node =>
                    node.Facts.IsEffective
                        && node.Term is { Qualifier: SpfQualifier.Pass, IsMechanism: true, Kind: not SpfTermKind.All })
                .Take(MaximumCompared),
        ];
        for (int index = 0; index < nodes.Length; index++)
        {
            if (nodes[index].Term.Network is { } block
                && Array.FindIndex(nodes, other => Covers(other, index, block)) is >= 0 and int cover)
            {
                yield return nodes[index].Report(SpfFindings.Overlap, nodes[cover].Term);
            }
        }

        // Of two equal blocks, only the later one counts as covered.
        bool Covers(SpfNode other, int index, AddressBlock block) =>
            other != nodes[index]
            && (other.Term.Network != block
                || (Array.IndexOf(nodes, other) < index && other.Term.Text != nodes[index].Term.Text))
            && analysis.Coverage.MatchedBy(other.Facts).Covers(block);
    }
}

namespace Dmarc.Text;

/// <summary>
/// Gathers findings and allocates nothing until the first one. It keeps the first <see cref="MaximumOfAKind"/> of each
/// kind and adds one finding with the number of the rest: thousands of repeated faults need no list.
/// </summary>
internal sealed class FindingCollector
{
    /// <summary>The maximum number of findings of one kind.</summary>
    public const int MaximumOfAKind = 100;

    private List<Finding>? _findings;
    private Dictionary<string, (int Count, Severity Severity)>? _kinds;

    /// <summary>Adds a finding.</summary>
    public void Add(FindingDescriptor descriptor, int? position, params object?[] arguments)
    {
        if (Counts(descriptor.Code, descriptor.Severity))
        {
            (_findings ??= []).Add(descriptor.CreateAt(position, arguments));
        }
    }

    /// <summary>Adds a finding.</summary>
    public void Add(Finding finding)
    {
        if (Counts(finding.Code, finding.Severity))
        {
            (_findings ??= []).Add(finding);
        }
    }

    /// <summary>Adds findings.</summary>
    public void AddRange(IEnumerable<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            Add(finding);
        }
    }

    /// <summary>True if there is a finding of the kind.</summary>
    public bool Contains(FindingDescriptor descriptor) => _kinds is not null && _kinds.ContainsKey(descriptor.Code);

    /// <summary>The findings in order, and the number of omitted ones of each kind.</summary>
    public PrintableList<Finding> ToList() => _findings is null
        ? PrintableList<Finding>.Empty
        : _findings.Concat(Summaries()).ToPrintableList();

    private IEnumerable<Finding> Summaries() => _kinds!
        .Where(kind => kind.Value.Count > MaximumOfAKind)
        .Select(kind =>
            (ListFindings.NotListed with { Severity = kind.Value.Severity }).Create(kind.Value.Count - MaximumOfAKind, kind.Key));

    private bool Counts(string code, Severity severity)
    {
        _kinds ??= new Dictionary<string, (int Count, Severity Severity)>(StringComparer.Ordinal);
        int count = _kinds.TryGetValue(code, out (int Count, Severity Severity) known) ? known.Count + 1 : 1;
        _kinds[code] = (count, known.Severity > severity ? known.Severity : severity);
        return count <= MaximumOfAKind || code == ListFindings.NotListed.Code;
    }
}

/// <summary>Operations on findings.</summary>
internal static class FindingExtensions
{
    /// <summary>The findings as a list: the first hundred of each kind, and the number of the rest.</summary>
    public static PrintableList<Finding> ToFindingList(this IEnumerable<Finding> findings)
    {
        FindingCollector collector = new();
        collector.AddRange(findings);
        return collector.ToList();
    }

    /// <summary>Adds the subject to findings. A finding that names its own subject keeps it.</summary>
    public static PrintableList<Finding> About(
        this IEnumerable<Finding> findings, string domain, string selector = "", string source = "") =>
        findings.Select(finding => finding with
        {
            Domain = finding.Domain.Length > 0 ? finding.Domain : domain,
            Selector = finding.Selector.Length > 0 ? finding.Selector : selector,
            Source = finding.Source.Length > 0 ? finding.Source : source,
        }).ToPrintableList();
}

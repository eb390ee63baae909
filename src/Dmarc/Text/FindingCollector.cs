namespace Dmarc.Text;

/// <summary>
/// Gathers findings and holds nothing until there is one. Of each kind the first <see cref="MaximumOfAKind"/> are kept, and one more finding says
/// how many there are beyond them: what a stranger writes ten thousand times need not be read ten thousand times.
/// </summary>
internal sealed class FindingCollector
{
    /// <summary>The most findings of one kind.</summary>
    public const int MaximumOfAKind = 100;

    private List<Finding>? _findings;
    private Dictionary<string, (int Count, Severity Severity)>? _kinds;

    /// <summary>Adds a finding.</summary>
    /// <param name="descriptor">Its kind.</param>
    /// <param name="position">Where in the input; null if it is about the whole.</param>
    /// <param name="arguments">The values for the placeholders of message and remedy.</param>
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

    /// <summary>The findings in their order, and how many of each kind are not among them.</summary>
    public PrintableList<Finding> ToList() => _findings is null
        ? PrintableList<Finding>.Empty
        : _findings.Concat(Summaries()).ToPrintableList();

    private IEnumerable<Finding> Summaries() => _kinds!
        .Where(kind => kind.Value.Count > MaximumOfAKind)
        .Select(kind => (ListFindings.NotListed with { Severity = kind.Value.Severity }).Create(kind.Value.Count - MaximumOfAKind, kind.Key));

    private bool Counts(string code, Severity severity)
    {
        _kinds ??= new Dictionary<string, (int Count, Severity Severity)>(StringComparer.Ordinal);
        int count = _kinds.TryGetValue(code, out (int Count, Severity Severity) known) ? known.Count + 1 : 1;
        _kinds[code] = (count, known.Severity > severity ? known.Severity : severity);
        return count <= MaximumOfAKind || code == ListFindings.NotListed.Code;
    }
}

/// <summary>What is done with findings.</summary>
internal static class FindingExtensions
{
    /// <summary>The findings as a list: the first hundred of each kind, and how many more there are.</summary>
    public static PrintableList<Finding> ToFindingList(this IEnumerable<Finding> findings)
    {
        FindingCollector collector = new();
        collector.AddRange(findings);
        return collector.ToList();
    }

    /// <summary>The findings with what they are about. What a finding says of that itself stays.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="domain">The domain; empty if it is not known.</param>
    /// <param name="selector">The DKIM selector; empty if they are about none.</param>
    /// <param name="source">The source of mail; empty if they are about none.</param>
    public static PrintableList<Finding> About(this IEnumerable<Finding> findings, string domain, string selector = "", string source = "") =>
        findings.Select(finding => finding with
        {
            Domain = finding.Domain.Length > 0 ? finding.Domain : domain,
            Selector = finding.Selector.Length > 0 ? finding.Selector : selector,
            Source = finding.Source.Length > 0 ? finding.Source : source,
        }).ToPrintableList();
}

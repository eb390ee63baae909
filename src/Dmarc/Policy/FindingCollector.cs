using Dmarc.Diagnostics;

namespace Dmarc.Policy;

/// <summary>Gathers findings; holds nothing until there is one.</summary>
internal sealed class FindingCollector
{
    private List<Finding>? _findings;

    public void Add(FindingDescriptor descriptor, int? position, params object?[] arguments) =>
        (_findings ??= []).Add(descriptor.CreateAt(position, arguments));

    public void AddRange(IEnumerable<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            (_findings ??= []).Add(finding);
        }
    }

    public bool Contains(FindingDescriptor descriptor) => _findings is not null && _findings.Exists(finding => finding.Code == descriptor.Code);

    public PrintableList<Finding> ToList() => _findings is null ? PrintableList<Finding>.Empty : _findings.ToPrintableList();
}

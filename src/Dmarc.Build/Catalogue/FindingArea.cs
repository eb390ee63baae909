using System.Reflection;
using Dmarc.Text;

namespace Dmarc.Build.Catalogue;

/// <summary>The findings of a protocol or command, as in the core's class <c>…Findings</c>.</summary>
/// <param name="Name">Such as <c>Spf</c>.</param>
/// <param name="Findings">The kinds of findings, in source order.</param>
internal sealed record FindingArea(string Name, IReadOnlyList<FindingDescriptor> Findings)
{
    private const string Ending = "Findings";

    public static IReadOnlyList<FindingArea> ReadAll(Assembly assembly) =>
        [.. assembly.GetTypes()
            .Where(type => type.Name.EndsWith(Ending, StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true })
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => new FindingArea(type.Name[..^Ending.Length], Read(type)))
            .Where(area => area.Findings.Count > 0)];

    private static FindingDescriptor[] Read(Type type) =>
        [.. type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(FindingDescriptor))
            .Select(field => (FindingDescriptor)field.GetValue(null)!)];
}

using System.Reflection;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>Every kind of finding has its words.</summary>
public class FindingsCatalogueTests
{
    private static IEnumerable<Type> Areas() => typeof(FindingDescriptor).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Findings", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true })
        .Where(type => Descriptors(type).Any())
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static IEnumerable<FindingDescriptor> Descriptors(Type area) => area
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => field.FieldType == typeof(FindingDescriptor))
        .Select(field => (FindingDescriptor)field.GetValue(null)!);

    [Fact]
    public void Every_descriptor_has_a_message_and_a_remedy_that_take_their_arguments()
    {
        object[] arguments = ["a", "b", "c", "d", "e", "f", "g", "h"];
        FindingDescriptor[] all = [.. Areas().SelectMany(Descriptors)];
        Assert.NotEmpty(all);
        foreach (FindingDescriptor descriptor in all)
        {
            Finding finding = descriptor.Create(arguments);
            Assert.False(string.IsNullOrWhiteSpace(finding.Message), descriptor.Code + " has no message.");
            Assert.Matches("^[A-Z][A-Za-z0-9]+$", descriptor.Code);
        }
    }

    [Fact]
    public void No_code_is_used_twice()
    {
        string[] codes = [.. Areas().SelectMany(Descriptors).Select(descriptor => descriptor.Code)];
        Assert.Equal(codes.Distinct(StringComparer.OrdinalIgnoreCase).Count(), codes.Length);
    }
}

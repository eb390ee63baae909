using System.Reflection;

namespace Dmarc.Fuzz;

/// <summary>Where the seeds lie.</summary>
internal static class FuzzFolders
{
    public static string Seeds { get; } = Find("SeedsFolder");

    public static string Samples { get; } = Find("SamplesFolder");

    private static string Find(string key) =>
        typeof(FuzzFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

using System.Reflection;

namespace Dmarc.Tests.Support;

/// <summary>Where tests find files: the repository, and the conformance data that may stand beside it.</summary>
internal static class TestFiles
{
    public static string RepositoryRoot { get; } = typeof(TestFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string ConformanceRoot { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "conformance"));

    public static bool HasConformance => Directory.Exists(ConformanceRoot);

    /// <summary>A file of the repository.</summary>
    public static string Repository(params string[] parts) => Path.Combine([RepositoryRoot, .. parts]);

    /// <summary>A file of the conformance data.</summary>
    public static string Conformance(params string[] parts) => Path.Combine([ConformanceRoot, .. parts]);
}

/// <summary>A theory over the conformance data, skipped where that is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceTheoryAttribute : TheoryAttribute
{
    public ConformanceTheoryAttribute()
    {
        if (!TestFiles.HasConformance)
        {
            Skip = "The conformance data (../shared/conformance) is not here.";
        }
    }
}

/// <summary>A fact over the conformance data, skipped where that is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ConformanceFactAttribute : FactAttribute
{
    public ConformanceFactAttribute()
    {
        if (!TestFiles.HasConformance)
        {
            Skip = "The conformance data (../shared/conformance) is not here.";
        }
    }
}

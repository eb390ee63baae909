using System.Reflection;
using System.Runtime.Versioning;
using Dmarc.Text;

namespace Dmarc.Tests.Text;

/// <summary>Two names of one file are one file, whatever links are on the way.</summary>
public class RealPathsTests
{
    private static bool FollowsLinks => typeof(RealPaths).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!
        .FrameworkName.StartsWith(".NETCoreApp", StringComparison.Ordinal);

    [Theory]
    [InlineData("real/in.csv", "real/in.csv", true)]
    [InlineData("real/in.csv", "real/../real/./in.csv", true)]
    [InlineData("real/in.csv", "out.csv", true)]
    [InlineData("real/in.csv", "lnk/in.csv", true)]
    [InlineData("lnk/in.csv", "out.csv", true)]
    [InlineData("twice/in.csv", "lnk/in.csv", true)]
    [InlineData("real/deep/x.csv", "down/x.csv", true)]
    [InlineData("real/in.csv", "lnk/other.csv", false)]
    [InlineData("real/in.csv", "in.csv", false)]
    [InlineData("real/in.csv", "hard.csv", false)]
    [InlineData("real/in.csv", "round/in.csv", false)]
    [InlineData("round", "round", true)]
    public void Paths_lead_to_one_file_or_not(string path, string other, bool expected)
    {
        if (OperatingSystem.IsWindows() || !FollowsLinks)
        {
            // Links need rights on Windows, and the build for Windows PowerShell follows them nowhere else.
            return;
        }

        string folder = Directory.CreateTempSubdirectory("dmarc-test").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "real", "deep"));
            File.WriteAllText(Path.Combine(folder, "real", "in.csv"), "x");
            File.WriteAllText(Path.Combine(folder, "hard.csv"), "x");
            File.CreateSymbolicLink(Path.Combine(folder, "out.csv"), Path.Combine("real", "in.csv"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "lnk"), "real");
            Directory.CreateSymbolicLink(Path.Combine(folder, "twice"), "lnk");
            Directory.CreateSymbolicLink(Path.Combine(folder, "down"), Path.Combine("twice", "deep"));
            File.CreateSymbolicLink(Path.Combine(folder, "round"), "round");

            Assert.Equal(expected, new RealPaths().AreSame(Path.Combine(folder, path), Path.Combine(folder, other)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_is_no_path_stays_as_it_is(string path) => Assert.Equal(path, new RealPaths().Of(path));
}

using System.Text.RegularExpressions;
using Dmarc.Tests.Support;
using Dmarc.Text;

namespace Dmarc.Tests;

/// <summary>
/// The rooms of the core and the arrows between them. A folder is a namespace. Arrows point down: views, advice, reports,
/// standards, the ground (DNS, domain names, messages), text. The rooms of one floor, and the parts of one room, do not use
/// each other in a circle.
/// </summary>
public partial class ArchitectureTests
{
    /// <summary>The rooms from below. The catalogue is data; what an RFC says does not depend on it.</summary>
    private static readonly string[][] Floors =
    [
        ["Text"],
        ["Libraries"],
        ["Dns", "Domains", "Mail"],
        ["Standards"],
        ["Catalogue"],
        ["Reports"],
        ["Advice"],
        ["Views"],
    ];

    private static readonly AssemblyArrows Core = AssemblyArrows.Read(typeof(Finding).Assembly.Location);

    private static readonly string Sources = TestFiles.Repository("src", "Dmarc");

    [Fact]
    public void The_core_knows_no_PowerShell() => Assert.DoesNotContain(
        Core.References,
        name => name.StartsWith("System.Management", StringComparison.Ordinal) || name.Contains("PowerShell", StringComparison.Ordinal));

    /// <summary>A test that moves keeps its place in the list, or the run on Mono waits for it.</summary>
    [Fact]
    public void What_is_left_out_on_Mono_exists()
    {
        string[][] entries = [.. File.ReadLines(TestFiles.Repository("tests", "Dmarc.Tests.NetFramework", "not-on-mono.txt"))
            .Select(line => line.Split(' '))
            .Where(words => words[0] is "class" or "method")];

        Assert.NotEmpty(entries);
        Assert.All(entries, words =>
        {
            string type = words[0] == "class" ? words[1] : words[1][..words[1].LastIndexOf('.')];
            Type? found = typeof(ArchitectureTests).Assembly.GetType(type);
            Assert.True(found is not null && (words[0] == "class" || found.GetMethod(words[1][(type.Length + 1)..]) is not null), words[1]);
        });
    }

    [Fact]
    public void Every_folder_is_a_room()
    {
        string[] rooms = [.. Floors.SelectMany(floor => floor)];
        Assert.All(Folders(), folder => Assert.Contains(folder.Split('.')[0], rooms));
    }

    [Fact]
    public void No_arrow_points_up() => Assert.Empty(Arrows()
        .Where(arrow => FloorOf(arrow.From) < FloorOf(arrow.To))
        .Select(arrow => arrow.From + " -> " + arrow.To + ": " + arrow.Why));

    [Fact]
    public void No_circle_between_folders()
    {
        List<string> circles = [];
        foreach (string parent in Folders().SelectMany(Parents).Append("").Distinct())
        {
            ILookup<string, (string To, string Why)> arrows = Arrows()
                .Select(arrow => (From: PartOf(parent, arrow.From), To: PartOf(parent, arrow.To), arrow.Why))
                .Where(arrow => arrow.From.Length > 0 && arrow.To.Length > 0 && arrow.From != arrow.To)
                .ToLookup(arrow => arrow.From, arrow => (arrow.To, arrow.Why));
            circles.AddRange(arrows.Select(from => from.Key).Where(from => Reach(arrows, from).Contains(from))
                .Select(from => from + " -> " + string.Join("; ", arrows[from].Where(arrow => Reach(arrows, arrow.To).Contains(from))
                    .GroupBy(arrow => arrow.To, (to, found) => to + " (" + found.First().Why + ")"))));
        }

        Assert.Empty(circles);
    }

    /// <summary>A folder uses the folders in it or is used by them, never both.</summary>
    [Fact]
    public void No_circle_between_a_folder_and_its_part()
    {
        ILookup<(string, string), string> arrows = Arrows().ToLookup(arrow => (arrow.From, arrow.To), arrow => arrow.Why);
        Assert.Empty(Folders()
            .SelectMany(part => Parents(part).Select(parent => (parent, part)))
            .Where(pair => arrows.Contains(pair) && arrows.Contains((pair.part, pair.parent)))
            .Select(pair => pair.part + ": " + arrows[pair].First() + "; " + arrows[(pair.part, pair.parent)].First()));
    }

    [Fact]
    public void Every_namespace_is_its_folder()
    {
        string[] wrong =
        [
            .. Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
                .Select(file => (File: file.Substring(Sources.Length + 1).Replace('\\', '/'), Text: File.ReadAllText(file)))
                .Where(file => file.File.Split('/')[0] is not ("obj" or "bin"))
                // The compiler looks for these types by their full names.
                .Where(file => file.File != "Polyfills.cs")
                .Where(file => Namespace().Match(file.Text).Groups[1].Value
                    != string.Join(".", file.File.Split('/').SkipLast(1).Prepend("Dmarc")))
                .Select(file => file.File),
        ];
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_two_types_have_one_name() => Assert.Empty(Core.Types
        .Where(type => type.Namespace.StartsWith("Dmarc", StringComparison.Ordinal))
        .GroupBy(type => type.Name)
        .Where(name => name.Count() > 1)
        .Select(name => string.Join(", ", name.Select(type => type.Namespace + "." + type.Name))));

    /// <summary>
    /// The arrows between folders: those of the compiled code, and the usings, since a constant is compiled into its user.
    /// </summary>
    private static IEnumerable<(string From, string To, string Why)> Arrows()
    {
        foreach (((string Namespace, string Name) from, (string Namespace, string Name) to) in Core.Arrows)
        {
            if (FolderOf(from.Namespace) is { } user && FolderOf(to.Namespace) is { } used && user != used)
            {
                yield return (user, used, from.Name + " uses " + to.Name);
            }
        }

        foreach (string file in Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            if (FolderOf(Namespace().Match(text).Groups[1].Value) is { } user)
            {
                foreach (Match match in Using().Matches(text))
                {
                    if (FolderOf(match.Groups[1].Value) is { } used && user != used)
                    {
                        yield return (user, used, Path.GetFileName(file));
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Folders() => Core.Types.Select(type => FolderOf(type.Namespace)).OfType<string>().Distinct();

    /// <summary>The folder of a namespace; null for what the compiler and the build make.</summary>
    private static string? FolderOf(string name) => name.StartsWith("Dmarc.", StringComparison.Ordinal) ? name.Substring("Dmarc.".Length) : null;

    private static int FloorOf(string folder) => Array.FindIndex(Floors, floor => floor.Contains(folder.Split('.')[0]));

    /// <summary>The folders above a folder, as in <c>A.B</c> for <c>A.B.C</c>.</summary>
    private static IEnumerable<string> Parents(string folder)
    {
        for (int dot = folder.LastIndexOf('.'); dot > 0; dot = folder.LastIndexOf('.', dot - 1))
        {
            yield return folder.Substring(0, dot);
        }
    }

    /// <summary>The part of a folder that another folder is, or is in; empty if it is in none.</summary>
    private static string PartOf(string parent, string folder)
    {
        string prefix = parent.Length == 0 ? "" : parent + ".";
        if (!folder.StartsWith(prefix, StringComparison.Ordinal))
        {
            return "";
        }

        int dot = folder.IndexOf('.', prefix.Length);
        return dot < 0 ? folder : folder.Substring(0, dot);
    }

    private static HashSet<string> Reach(ILookup<string, (string To, string Why)> arrows, string from)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([from]);
        while (open.Count > 0)
        {
            foreach ((string to, _) in arrows[open.Pop()])
            {
                if (reached.Add(to))
                {
                    open.Push(to);
                }
            }
        }

        return reached;
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:\w+ = |static )?(Dmarc[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();
}

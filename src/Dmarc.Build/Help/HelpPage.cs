namespace Dmarc.Build.Help;

/// <summary>A page of <c>docs/commands</c>.</summary>
internal sealed class HelpPage
{
    public required string File { get; init; }

    /// <summary>The first heading: the cmdlet's name.</summary>
    public string Title { get; set; } = "";

    public List<string> Synopsis { get; } = [];

    public List<string> Description { get; } = [];

    /// <summary>Paragraphs by the parameter's name, without the hyphen.</summary>
    public Dictionary<string, List<string>> Parameters { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<HelpEntry> Inputs { get; } = [];

    public List<HelpEntry> Outputs { get; } = [];

    public List<string> Notes { get; } = [];

    public List<HelpExample> Examples { get; } = [];

    public List<HelpLink> Links { get; } = [];
}

/// <summary>A type that goes in or comes out.</summary>
internal sealed record HelpEntry(string Type, List<string> Paragraphs);

/// <summary>An example: the code, and what is said about it (what it prints among that).</summary>
internal sealed record HelpExample(string Title)
{
    public string Code { get; set; } = "";

    public List<string> Remarks { get; } = [];
}

/// <summary>A related page.</summary>
internal sealed record HelpLink(string Text, string Uri);

/// <summary>All pages of a language.</summary>
/// <param name="Language">The language.</param>
/// <param name="Pages">The pages by cmdlet.</param>
/// <param name="Common">Parameters that several cmdlets share, described once in <c>common-parameters.md</c>.</param>
/// <param name="Problems">What could not be read, in the form that MSBuild shows as an error.</param>
internal sealed record HelpPageFolder(
    HelpLanguage Language,
    IReadOnlyDictionary<string, HelpPage> Pages,
    HelpPage Common,
    IReadOnlyList<string> Problems)
{
    public const string CommonFile = "common-parameters.md";

    /// <param name="documents">The folder <c>docs</c>.</param>
    /// <param name="language">The language to read.</param>
    public static HelpPageFolder Read(string documents, HelpLanguage language)
    {
        string folder = Path.Combine([documents, .. language.Pages.Split('/')]);
        List<string> problems = [];
        Dictionary<string, HelpPage> pages = new(StringComparer.OrdinalIgnoreCase);
        HelpPage common = new() { File = Path.Combine(folder, CommonFile) };
        foreach (string file in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            HelpPage page = HelpPageReader.Read(file, language, problems);
            if (Path.GetFileName(file) == CommonFile)
            {
                common = page;
            }
            else
            {
                pages[page.Title] = page;
            }
        }

        return new HelpPageFolder(language, pages, common, problems);
    }

    /// <summary>What is said about a parameter: on the cmdlet's own page, or else on the common one.</summary>
    public IReadOnlyList<string>? Describe(string command, string parameter) =>
        Pages.TryGetValue(command, out HelpPage? page) && page.Parameters.TryGetValue(parameter, out List<string>? own) ? own
        : Common.Parameters.TryGetValue(parameter, out List<string>? shared) ? shared
        : null;
}

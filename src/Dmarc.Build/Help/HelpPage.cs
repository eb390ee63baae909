namespace Dmarc.Build.Help;

/// <summary>A page of <c>docs/commands</c>.</summary>
internal sealed class HelpPage
{
    public required string File { get; init; }

    /// <summary>The first heading: the cmdlet's name.</summary>
    public string Title { get; set; } = "";

    public List<string> Synopsis { get; } = [];

    public List<string> Description { get; } = [];

    /// <summary>Paragraphs by parameter name, without the hyphen.</summary>
    public Dictionary<string, List<string>> Parameters { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<HelpEntry> Inputs { get; } = [];

    public List<HelpEntry> Outputs { get; } = [];

    public List<string> Notes { get; } = [];

    public List<HelpExample> Examples { get; } = [];

    public List<HelpLink> Links { get; } = [];
}

/// <summary>An input or output type.</summary>
internal sealed record HelpEntry(string Type, List<string> Paragraphs);

/// <summary>An example: the code and the text about it, including its output.</summary>
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
/// <param name="Common">Parameters of several cmdlets, described once in <c>common-parameters.md</c>.</param>
/// <param name="Problems">The problems, in the format that MSBuild shows as errors.</param>
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

    /// <summary>The description of a parameter: from the cmdlet's own page, otherwise from the common one.</summary>
    public IReadOnlyList<string>? Describe(string command, string parameter) =>
        Pages.TryGetValue(command, out HelpPage? page) && page.Parameters.TryGetValue(parameter, out List<string>? own) ? own
        : Common.Parameters.TryGetValue(parameter, out List<string>? shared) ? shared
        : null;
}

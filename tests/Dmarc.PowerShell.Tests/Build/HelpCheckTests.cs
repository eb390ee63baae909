using Dmarc.Build.Help;

namespace Dmarc.PowerShell.Tests.Build;

/// <summary>What help lacks in one of its languages is an error of the build.</summary>
public sealed class HelpCheckTests : IDisposable
{
    private const string English = """
        # Get-Thing

        Gets a thing.

        ## Description

        It does.

        ## Parameters

        ### -Name

        The name.

        Default: none

        ## Inputs

        ### System.String

        Names.

        ## Outputs

        ### Some.Thing

        The thing.

        ## Examples

        ### One

        ```powershell
        Get-Thing one
        ```

        A remark.

        ## Related

        - [Things](../things.md)
        """;

    private const string Japanese = """
        # Get-Thing

        ものを取得します。

        ## 説明

        取得します。

        ## パラメーター

        ### -Name

        名前。

        既定値：なし

        ## 入力

        ### System.String

        名前。

        ## 出力

        ### Some.Thing

        もの。

        ## 例

        ### 1 つ

        ```powershell
        Get-Thing one
        ```

        説明。

        ## 関連項目

        - [もの](../../things.md)
        """;

    private readonly string _documents = Directory.CreateTempSubdirectory("dmarc-help-").FullName;

    public void Dispose() => Directory.Delete(_documents, true);

    [Fact]
    public void Pages_that_say_the_same_in_two_languages_are_good()
    {
        HelpPageFolder translation = Read(HelpLanguage.Japanese, Japanese);

        Assert.Empty(translation.Problems);
        Assert.Empty(HelpCheck.Compare(Read(HelpLanguage.English, English), translation));
        Assert.Equal(["名前。", "既定値：なし"], translation.Describe("Get-Thing", "Name"));
    }

    [Theory]
    [InlineData("### -Name", "### -Title", "The parameters")]
    [InlineData("### System.String", "### System.Object", "The types of Inputs")]
    [InlineData("### Some.Thing", "### Other.Thing", "The types of Outputs")]
    [InlineData("Get-Thing one", "Get-Thing 一", "The commands of the examples")]
    [InlineData("things.md", "others.md", "The files of the links")]
    public void A_translation_that_differs_is_named(string text, string other, string what)
    {
        HelpPageFolder translation = Read(HelpLanguage.Japanese, Japanese.Replace(text, other, StringComparison.Ordinal));

        string problem = Assert.Single(HelpCheck.Compare(Read(HelpLanguage.English, English), translation));
        Assert.Contains($"error HELP005: {what} differ", problem, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("ja", "commands", "Get-Thing.md"), problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_without_words_is_named_in_either_language()
    {
        CommandSignature command = new("Get", "Thing", "", false, [], [new ParameterSignature("Name", typeof(string), [], [], false, [])]);
        foreach ((HelpLanguage language, string text, string words) in new[]
        {
            (HelpLanguage.English, English, "The name.\n\nDefault: none\n"), (HelpLanguage.Japanese, Japanese, "名前。\n\n既定値：なし\n"),
        })
        {
            string page = text.ReplaceLineEndings("\n");
            Assert.Contains(words, page, StringComparison.Ordinal);

            IEnumerable<string> problems = HelpCheck.Check([command], Read(language, page.Replace(words, "", StringComparison.Ordinal)));
            Assert.Contains(problems, problem => problem.EndsWith("The parameter -Name is not described.", StringComparison.Ordinal));

            problems = HelpCheck.Check([command], Read(language, page));
            Assert.DoesNotContain(problems, problem => problem.Contains("-Name", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_command_without_a_page_is_named_in_either_language()
    {
        CommandSignature command = new("Get", "Other", "", false, [], []);
        foreach (HelpLanguage language in HelpLanguage.All)
        {
            string missing = $"docs/{language.Pages}/Get-Other.md : error HELP002: Get-Other has no help page.";
            Assert.Contains(missing, HelpCheck.Check([command], Read(language, English)));
        }
    }

    [Fact]
    public void A_section_of_the_other_language_is_named() =>
        Assert.Equal(6, Read(HelpLanguage.Japanese, English).Problems.Count(problem => problem.Contains("HELP001", StringComparison.Ordinal)));

    private HelpPageFolder Read(HelpLanguage language, string page)
    {
        string folder = Directory.CreateDirectory(Path.Combine([_documents, .. language.Pages.Split('/')])).FullName;
        File.WriteAllText(Path.Combine(folder, "Get-Thing.md"), page);
        return HelpPageFolder.Read(_documents, language);
    }
}

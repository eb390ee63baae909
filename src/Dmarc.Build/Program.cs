using System.Globalization;
using System.Reflection;
using System.Text;
using Dmarc.Build.Catalogue;
using Dmarc.Build.Help;
using Dmarc.Build.Views;

if (args.Length != 5)
{
    Console.Error.WriteLine(
        "Usage: Dmarc.Build <module assembly> <folder docs> <table of views> <folder of the module> <address of the folder docs>");
    return 2;
}

IReadOnlyList<CommandSignature> commands = CommandReader.Read(args[0]);
HelpPageFolder[] languages = [.. HelpLanguage.All.Select(language => HelpPageFolder.Read(args[1], language))];
Assembly core = Assembly.Load("Dmarc");
ViewTable table = ViewTable.Read(args[2], new ViewTypes(core.GetExportedTypes()), ViewKinds.Read(args[0]));
List<string> problems =
[
    .. languages.SelectMany(pages => pages.Problems.Concat(HelpCheck.Check(commands, pages))),
    .. languages.Skip(1).SelectMany(pages => HelpCheck.Compare(languages[0], pages)),
    .. table.Problems,
];
foreach (string problem in problems)
{
    Console.Error.WriteLine(problem);
}

if (problems.Count > 0)
{
    return 1;
}

ViewFile.Write(Path.Combine(args[3], "Dmarc.format.ps1xml"), table);
IReadOnlyList<FindingArea> findings = FindingArea.ReadAll(core);
foreach (HelpPageFolder pages in languages)
{
    HelpLanguage language = pages.Language;
    CultureInfo.CurrentUICulture = new CultureInfo(language.Culture);
    string help = Directory.CreateDirectory(Path.Combine(args[3], language.Culture)).FullName;
    MamlWriter.Write(
        Path.Combine(help, "Dmarc.PowerShell.dll-Help.xml"), commands, pages, new Uri(new Uri(args[4]), language.Pages + "/"));
    Write(Path.Combine(help, "about_Dmarc_Findings.help.txt"), FindingPages.Topic(findings, language.FindingTopic));
    if (language == HelpLanguage.English)
    {
        Write(Path.Combine(args[3], "findings.md"), FindingPages.Markdown(findings));
    }
}

return 0;

// Windows PowerShell reads text without a byte order mark in a legacy code page.
static void Write(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

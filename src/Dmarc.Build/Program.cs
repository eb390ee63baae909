using System.Reflection;
using System.Text;
using Dmarc.Build.Catalogue;
using Dmarc.Build.Help;
using Dmarc.Build.Views;

if (args.Length != 5)
{
    Console.Error.WriteLine(
        "Usage: Dmarc.Build <module assembly> <folder of help pages> <table of views> <folder of the module> <address of the help pages>");
    return 2;
}

IReadOnlyList<CommandSignature> commands = CommandReader.Read(args[0]);
HelpPageFolder pages = HelpPageFolder.Read(args[1]);
Assembly core = Assembly.Load("Dmarc");
ViewTable table = ViewTable.Read(args[2], new ViewTypes(core.GetExportedTypes()), ViewKinds.Read(args[0]));
List<string> problems = [.. pages.Problems, .. HelpCheck.Check(commands, pages), .. table.Problems];
foreach (string problem in problems)
{
    Console.Error.WriteLine(problem);
}

if (problems.Count > 0)
{
    return 1;
}

string help = Directory.CreateDirectory(Path.Combine(args[3], "en-US")).FullName;
MamlWriter.Write(Path.Combine(help, "Dmarc.PowerShell.dll-Help.xml"), commands, pages, new Uri(args[4]));
ViewFile.Write(Path.Combine(args[3], "Dmarc.format.ps1xml"), table);
IReadOnlyList<FindingArea> findings = FindingArea.ReadAll(core);
Write(Path.Combine(args[3], "findings.md"), FindingPages.Markdown(findings));
Write(Path.Combine(help, "about_Dmarc_Findings.help.txt"), FindingPages.Topic(findings));
return 0;

// Windows PowerShell takes a text without a byte order mark for one of the old code pages.
static void Write(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

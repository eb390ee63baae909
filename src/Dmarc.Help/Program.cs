using Dmarc.Help;

// dotnet Dmarc.Help.dll <module assembly> <folder of pages> <help file to write>
if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: Dmarc.Help <module assembly> <folder of Markdown pages> <help file to write>");
    return 2;
}

IReadOnlyList<CommandSignature> commands = CommandReader.Read(args[0]);
HelpPageFolder pages = HelpPageFolder.Read(args[1]);
List<string> problems = [.. pages.Problems, .. HelpCheck.Check(commands, pages)];
foreach (string problem in problems)
{
    Console.Error.WriteLine(problem);
}

if (problems.Count > 0)
{
    return 1;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[2]))!);
MamlWriter.Write(args[2], commands, pages);
return 0;

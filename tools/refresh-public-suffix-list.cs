// Refreshes the public suffix list that src/Dmarc embeds, from a packaged copy of it:
//
//   dotnet run tools/refresh-public-suffix-list.cs -- <file> <edition>
//
// <file>     public_suffix_list.dat (Debian: package publicsuffix), or data/rules.js of the npm package psl.
// <edition>  what to call it if the file does not say itself, e.g. "npm psl 1.15.0".
//
// Afterwards put the edition into THIRD-PARTY-NOTICES.md.
#:project ../src/Dmarc/Dmarc.csproj
#:property TargetFramework=net10.0
#:property PublishAot=false

using System.Text;
using Dmarc.Domains;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("usage: dotnet run tools/refresh-public-suffix-list.cs -- <file> [<edition>]");
    return 2;
}

StringBuilder text = new();
if (args.Length == 2)
{
    text.Append("// VERSION: ").Append(args[1]).Append('\n');
}

// A line of rules.js is a rule in quotes with a comma after it; a line of the .dat file is left as it is.
foreach (string line in File.ReadLines(args[0]))
{
    string rule = line.Trim();
    text.Append(rule.StartsWith('"') ? rule.Trim('"', ',') : rule.EndsWith('[') ? "" : rule).Append('\n');
}

using MemoryStream source = new(Encoding.UTF8.GetBytes(text.ToString()));
PublicSuffixList list = PublicSuffixList.Load(source);
using MemoryStream compact = new();
list.WriteCompact(compact);
string target = Path.Combine(FindRepository(), "src", "Dmarc", "Domains", "PublicSuffixList.deflate");
File.WriteAllBytes(target, compact.ToArray());
Console.WriteLine($"{list.RuleCount} rules, edition '{list.Version}', {compact.Length} bytes: {target}");
return 0;

static string FindRepository()
{
    string? folder = Directory.GetCurrentDirectory();
    while (folder is not null && !File.Exists(Path.Combine(folder, "Dmarc.sln")))
    {
        folder = Path.GetDirectoryName(folder);
    }

    return folder ?? throw new InvalidOperationException("Run this inside the repository.");
}

using System.Text.RegularExpressions;

namespace Dmarc.Build.Help;

/// <summary>
/// Reads a page. The format is fixed: <c># Verb-Noun</c>, the synopsis, then the sections Description, Parameters
/// (<c>### -Name</c>), Inputs and Outputs (<c>### Type</c>), Notes, Examples (<c>### title</c>, a <c>powershell</c>
/// block, then text or its output in a block) and Related (a list of links). Each language has its own headings.
/// </summary>
internal static partial class HelpPageReader
{
    public static HelpPage Read(string file, HelpLanguage language, List<string> problems)
    {
        HelpPage page = new() { File = file };
        string section = "";
        string entry = "";
        string[] lines = File.ReadAllLines(file);
        for (int number = 0; number < lines.Length; number++)
        {
            string line = lines[number];
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                int start = number + 1;
                while (++number < lines.Length && !lines[number].StartsWith("```", StringComparison.Ordinal))
                {
                }

                AddBlock(page, section, line[3..].Trim(), string.Join('\n', lines[start..Math.Min(number, lines.Length)]));
            }
            else if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                page.Title = line[2..].Trim();
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                string heading = line[3..].Trim();
                if (!language.Sections.TryGetValue(heading, out string? known))
                {
                    problems.Add($"{file}({number + 1}): error HELP001: '{heading}' is not a section of a help page.");
                }

                section = known ?? heading;
            }
            else if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                entry = line[4..].Trim().TrimStart('-');
                StartEntry(page, section, entry);
            }
            else if (line.Trim().Length > 0)
            {
                int start = number;
                bool list = IsListItem(line);
                while (number + 1 < lines.Length && Continues(lines[number + 1], list))
                {
                    number++;
                }

                string paragraph = string.Join(' ', lines[start..(number + 1)].Select(part => part.Trim()));
                AddParagraph(page, section, entry, paragraph);
            }
        }

        return page;
    }

    private static bool Continues(string line, bool inList) =>
        line.Trim().Length > 0
        && !line.StartsWith('#')
        && !line.StartsWith("```", StringComparison.Ordinal)
        && !IsListItem(line)
        && (!inList || line.StartsWith(' '));

    private static bool IsListItem(string line) =>
        line.StartsWith("* ", StringComparison.Ordinal) || line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith('|');

    private static void StartEntry(HelpPage page, string section, string entry)
    {
        switch (section)
        {
            case "Parameters":
                page.Parameters[entry] = [];
                break;
            case "Inputs":
                page.Inputs.Add(new HelpEntry(entry, []));
                break;
            case "Outputs":
                page.Outputs.Add(new HelpEntry(entry, []));
                break;
            case "Examples":
                page.Examples.Add(new HelpExample(entry));
                break;
            default:
                break;
        }
    }

    private static void AddBlock(HelpPage page, string section, string language, string text)
    {
        if (section == "Examples" && page.Examples.Count > 0)
        {
            HelpExample example = page.Examples[^1];
            if (language == "powershell" && example.Code.Length == 0)
            {
                example.Code = text;
            }
            else
            {
                example.Remarks.Add(text);
            }
        }
        else
        {
            AddParagraph(page, section, "", text);
        }
    }

    private static void AddParagraph(HelpPage page, string section, string entry, string markdown)
    {
        if (section == "Related")
        {
            Match link = Link().Match(markdown);
            page.Links.Add(link.Success ? new HelpLink(link.Groups[1].Value, link.Groups[2].Value) : new HelpLink(Plain(markdown), ""));
            return;
        }

        string text = Plain(markdown);
        switch (section)
        {
            case "":
                page.Synopsis.Add(text);
                break;
            case "Description":
                page.Description.Add(text);
                break;
            case "Parameters" when page.Parameters.TryGetValue(entry, out List<string>? paragraphs):
                paragraphs.Add(text);
                break;
            case "Inputs" when page.Inputs.Count > 0:
                page.Inputs[^1].Paragraphs.Add(text);
                break;
            case "Outputs" when page.Outputs.Count > 0:
                page.Outputs[^1].Paragraphs.Add(text);
                break;
            case "Notes":
                page.Notes.Add(text);
                break;
            case "Examples" when page.Examples.Count > 0:
                page.Examples[^1].Remarks.Add(text);
                break;
            default:
                break;
        }
    }

    /// <summary>The text without its Markdown: back quotes, emphasis, and links reduced to their text.</summary>
    private static string Plain(string markdown)
    {
        string text = Link().Replace(markdown, "$1");
        text = Emphasis().Replace(text, "$1");
        text = text.Replace("`", "", StringComparison.Ordinal).Replace("\\|", "|", StringComparison.Ordinal);
        return text.StartsWith("* ", StringComparison.Ordinal) ? "- " + text[2..] : text;
    }

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Emphasis();
}

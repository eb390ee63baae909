using System.Text;
using System.Text.RegularExpressions;
using Dmarc.Build.Help;
using Dmarc.Text;

namespace Dmarc.Build.Catalogue;

/// <summary>The catalogue of findings, as a page and as a help topic.</summary>
internal static partial class FindingPages
{
    /// <summary>A page with one table per area.</summary>
    public static string Markdown(IReadOnlyList<FindingArea> areas)
    {
        StringBuilder text = new();
        text.Append("# Findings\n\n").AppendJoin('\n', HelpLanguage.English.FindingTopic.Introduction).Append('\n');
        foreach (FindingArea area in areas)
        {
            text.Append("\n## ").Append(area.Name).Append("\n\n");
            text.Append("| code | severity | meaning | what to do | reference |\n| --- | --- | --- | --- | --- |\n");
            foreach (FindingDescriptor finding in area.Findings)
            {
                text.Append("| `").Append(finding.Code)
                    .Append("` | ").Append(finding.Severity)
                    .Append(" | ").Append(Cell(finding.MessageFormat))
                    .Append(" | ").Append(Cell(finding.RemedyFormat))
                    .Append(" | ").Append(Cell(finding.Reference)).Append(" |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The text of <c>Get-Help about_Dmarc_Findings</c>, in the language of the thread's UI culture.</summary>
    public static string Topic(IReadOnlyList<FindingArea> areas, FindingTopicWords words)
    {
        StringBuilder text = new();
        text.Append(words.Topic).Append("\n    about_Dmarc_Findings\n\n")
            .Append(words.Short).Append("\n    ").Append(words.Summary).Append("\n\n")
            .Append(words.Long).Append('\n');
        foreach (string line in words.Introduction)
        {
            text.Append(("    " + Markup().Replace(line, "")).TrimEnd()).Append('\n');
        }

        foreach (FindingArea area in areas)
        {
            text.Append('\n').Append(area.Name.ToUpperInvariant()).Append('\n');
            foreach (FindingDescriptor finding in area.Findings)
            {
                text.Append("\n    ").Append(finding.Code).Append(" (").Append(finding.Severity)
                    .Append(finding.Reference.Length == 0 ? "" : ", " + finding.Reference).Append(")\n");
                text.Append("        ").Append(Line(finding.MessageFormat)).Append('\n');
                text.Append(finding.RemedyFormat.Length == 0 ? "" : "        -> " + Line(finding.RemedyFormat) + "\n");
            }
        }

        return text.ToString();
    }

    private static string Cell(string text) =>
        Line(text).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Line(string text) => Placeholder().Replace(Plural().Replace(text, "$1"), "…").Replace('\n', ' ').Trim();

    /// <summary>A word after a number, with a singular and a plural form.</summary>
    [GeneratedRegex(@"\{\d+:[^}|]*\|([^}]*)\}")]
    private static partial Regex Plural();

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[`*]")]
    private static partial Regex Markup();
}

using System.Text.RegularExpressions;

namespace Dmarc.Text;

/// <summary>
/// Shows domains with A-labels in sentences in readable form, followed by the A-labels, if the domain stands for
/// itself. In text to be copied (a record, an address, a URL, a command) the domain is unchanged.
/// </summary>
internal static class ReadableNames
{
    private const string Prefix = "xn--";
    private const string Separator = ", ";

    /// <summary>Characters before a domain that must not change its form.</summary>
    private const string Before = "@/:=.+-~_?!\\$%";

    /// <summary>Characters after such a domain.</summary>
    private const string After = "@/=+-_\\";

    /// <summary>Characters after such a domain if more text follows; otherwise they end the sentence.</summary>
    private const string Ends = ".:";

    /// <summary>A placeholder without a format, or a literal brace, which is doubled.</summary>
    private static readonly Regex Placeholder = new("{{|{(?<number>[0-9]+)}", RegexOptions.CultureInvariant);

    /// <summary>True if a value may be a domain with A-labels. Few are.</summary>
    public static bool AreIn(object?[] values)
    {
        foreach (object? value in values)
        {
            if (value is not null and not IFormattable && value.ToString()?.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes a sentence show its domains: adds readable forms to the values and refers to them.</summary>
    public static (string Format, object?[] Values) Show(string format, object?[] values)
    {
        object?[] all = new object?[values.Length * 2];
        values.CopyTo(all, 0);
        for (int index = 0; index < values.Length; index++)
        {
            all[values.Length + index] = values[index] is null or IFormattable ? values[index] : Of(values[index]!.ToString() ?? "");
        }

        string shown = Placeholder.Replace(format, match => match.Groups["number"] is { Success: true } number
            && StandsForItself(format, match.Index, match.Index + match.Length)
                ? Sentences.Insert("{{{0}}}", int.Parse(number.Value, CultureInfo.InvariantCulture) + values.Length)
                : match.Value);
        return (shown, all);
    }

    /// <summary>A domain, or each of a list of domains, in readable form; any other text unchanged.</summary>
    private static string Of(string text) => string.Join(Separator, text.Split([Separator], StringSplitOptions.None)
        .Select(item => item.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase) >= 0 ? DomainDisplay.Of(item) : item));

    /// <summary>True if the placeholder is a word of the sentence and not part of text to be copied.</summary>
    private static bool StandsForItself(string format, int start, int end)
    {
        bool isAfterPart = start > 0 && IsPart(format[start - 1], Before);
        bool isBeforePart = end < format.Length
            && (IsPart(format[end], After)
                || (Ends.IndexOf(format[end]) >= 0 && end + 1 < format.Length && IsPart(format[end + 1], Before)));
        return !isAfterPart
            && !isBeforePart
            && !IsQuotedWithMore(format, start, end)
            && !IsArgument(format.Substring(0, start));
    }

    private static bool IsPart(char character, string signs) =>
        character is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '{' or '}' || signs.IndexOf(character) >= 0;

    /// <summary>True within quotation marks that contain other text too: a record or a line of a file.</summary>
    private static bool IsQuotedWithMore(string format, int start, int end) =>
        format.Take(start).Count(character => character == '"') % 2 == 1
        && !(format[start - 1] == '"' && end < format.Length && format[end] == '"');

    /// <summary>True after a command or a parameter, as in <c>Test-SpfRecord {0}</c>.</summary>
    private static bool IsArgument(string before)
    {
        if (before.Length == 0 || before[before.Length - 1] != ' ')
        {
            return false;
        }

        string word = before.Substring(before.TrimEnd().LastIndexOf(' ') + 1).TrimEnd();
        int hyphen = word.IndexOf('-');
        return hyphen == 0
            || (hyphen > 1 && hyphen + 2 < word.Length && char.IsLower(word[hyphen - 1]) && char.IsUpper(word[hyphen + 1]) && char.IsLower(word[hyphen + 2]));
    }
}

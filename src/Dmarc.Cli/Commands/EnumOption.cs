using System.CommandLine;
using System.Text;

namespace Dmarc.Cli.Commands;

/// <summary>Options whose values are a closed set, written in kebab-case: <c>--stage quarantine-test</c>.</summary>
internal static class EnumOption
{
    /// <summary>An option that may be left out.</summary>
    public static Option<T?> Optional<T>(string name, string description)
        where T : struct, Enum
    {
        Option<T?> option = new(name)
        {
            Description = description,
            CustomParser = result => Read<T>(result.Tokens[0].Value) ?? Fail(result),
        };
        option.CompletionSources.Add([.. Names<T>()]);
        option.HelpName = string.Join("|", Names<T>());
        return option;

        T? Fail(System.CommandLine.Parsing.ArgumentResult result)
        {
            result.AddError(string.Format(
                System.Globalization.CultureInfo.InvariantCulture, Strings.Cli_NotAChoice, result.Tokens[0].Value, name, string.Join(", ", Names<T>())));
            return null;
        }
    }

    /// <summary>A value from its name, in kebab-case or as the cmdlets spell it.</summary>
    private static T? Read<T>(string text)
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .Where(value => string.Equals(Kebab(value.ToString()), text, StringComparison.OrdinalIgnoreCase)
                || string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
            .Select(value => (T?)value)
            .FirstOrDefault();

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(Kebab);

    private static string Kebab(string name)
    {
        StringBuilder text = new();
        foreach (char character in name)
        {
            if (char.IsAsciiLetterUpper(character) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}

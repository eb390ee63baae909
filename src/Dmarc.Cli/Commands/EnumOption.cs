using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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
            CustomParser = result => Read<T>(result.Tokens[0].Value) ?? Fail<T>(result, result.Tokens[0].Value, name),
        };
        option.CompletionSources.Add([.. Names<T>()]);
        option.HelpName = string.Join("|", Names<T>());
        return option;
    }

    /// <summary>An option of several values joined by commas, which may be left out.</summary>
    public static Option<T?> OptionalFlags<T>(string name, string description)
        where T : struct, Enum
    {
        Option<T?> option = new(name) { Description = description, HelpName = string.Join(",", Names<T>()) };
        option.CompletionSources.Add([.. Names<T>()]);
        option.CustomParser = result =>
        {
            long flags = 0;
            foreach (string part in result.Tokens[0].Value.Split(','))
            {
                if (Read<T>(part.Trim()) is not { } flag)
                {
                    return Fail<T>(result, part, name);
                }

                flags |= Convert.ToInt64(flag, CultureInfo.InvariantCulture);
            }

            return (T)Enum.ToObject(typeof(T), flags);
        };
        return option;
    }

    /// <summary>An option of several values in an order, joined by commas or given one by one, which may be left out.</summary>
    public static Option<T[]?> OptionalList<T>(string name, string description)
        where T : struct, Enum
    {
        Option<T[]?> option = new(name) { Description = description, HelpName = string.Join(",", Names<T>()) };
        option.CompletionSources.Add([.. Names<T>()]);
        option.CustomParser = result =>
        {
            List<T> values = [];
            foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
            {
                if (Read<T>(part.Trim()) is { } value)
                {
                    values.Add(value);
                }
                else
                {
                    Fail<T>(result, part, name);
                    return null;
                }
            }

            return [.. values];
        };
        return option;
    }

    private static T? Fail<T>(ArgumentResult result, string text, string name)
        where T : struct, Enum
    {
        result.AddError(string.Format(CultureInfo.InvariantCulture, Strings.Cli_NotAChoice, text, name, string.Join(", ", Names<T>())));
        return null;
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

namespace Dmarc.Build.Help;

/// <summary>Keeps help complete: what is missing is an error of the build.</summary>
internal static class HelpCheck
{
    private const int MinimumExamples = 4;

    public static IEnumerable<string> Check(IReadOnlyList<CommandSignature> commands, HelpPageFolder pages)
    {
        foreach (CommandSignature command in commands)
        {
            if (!pages.Pages.TryGetValue(command.Name, out HelpPage? page))
            {
                yield return $"docs/commands/{command.Name}.md : error HELP002: {command.Name} has no help page.";
                continue;
            }

            foreach (string problem in CheckPage(command, page, pages))
            {
                yield return $"{page.File}(1): error HELP003: {problem}";
            }
        }

        foreach (HelpPage page in pages.Pages.Values)
        {
            if (commands.All(command => !string.Equals(command.Name, page.Title, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"{page.File}(1): error HELP004: There is no cmdlet '{page.Title}'.";
            }
        }
    }

    private static IEnumerable<string> CheckPage(CommandSignature command, HelpPage page, HelpPageFolder pages)
    {
        if (page.Synopsis.Count != 1)
        {
            yield return "The synopsis must be one paragraph under the title.";
        }

        if (page.Description.Count == 0)
        {
            yield return "The section Description is missing or empty.";
        }

        foreach (ParameterSignature parameter in command.Parameters)
        {
            if (pages.Describe(command.Name, parameter.Name) is not { Count: > 0 })
            {
                yield return $"The parameter -{parameter.Name} is not described.";
            }
        }

        foreach (string name in page.Parameters.Keys)
        {
            if (command.Parameters.All(parameter => !string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"There is no parameter -{name}.";
            }
        }

        foreach (string type in command.OutputTypes)
        {
            if (page.Outputs.All(output => output.Type != type))
            {
                yield return $"The output type {type} is not described.";
            }
        }

        if (page.Inputs.Count == 0)
        {
            yield return "The section Inputs is missing or empty.";
        }

        int examples = page.Examples.Count(example => example.Code.Length > 0 && example.Remarks.Count > 0);
        if (examples < MinimumExamples)
        {
            yield return $"There are {examples} examples with code and a remark; at least {MinimumExamples} are wanted.";
        }
    }
}

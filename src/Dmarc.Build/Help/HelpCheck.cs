namespace Dmarc.Build.Help;

/// <summary>Ensures that help is complete: missing content is a build error.</summary>
internal static class HelpCheck
{
    private const int MinimumExamples = 4;

    public static IEnumerable<string> Check(IReadOnlyList<CommandSignature> commands, HelpPageFolder pages)
    {
        foreach (CommandSignature command in commands)
        {
            if (!pages.Pages.TryGetValue(command.Name, out HelpPage? page))
            {
                yield return $"docs/{pages.Language.Pages}/{command.Name}.md : error HELP002: {command.Name} has no help page.";
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

    /// <summary>The differences of a translation from its original: the commands in examples must agree.</summary>
    public static IEnumerable<string> Compare(HelpPageFolder original, HelpPageFolder translation)
    {
        IEnumerable<HelpPage> pages = original.Pages.Values.Append(original.Common);
        foreach (HelpPage page in pages)
        {
            HelpPage? twin = page == original.Common ? translation.Common : translation.Pages.GetValueOrDefault(page.Title);
            string[] differences = twin is null ? [] : [.. Differences(page, twin)];
            foreach (string difference in differences)
            {
                yield return $"{twin!.File}(1): error HELP005: {difference} differ from those of {page.File}.";
            }
        }
    }

    private static IEnumerable<string> Differences(HelpPage page, HelpPage twin)
    {
        (string What, Func<HelpPage, IEnumerable<string>> Read)[] shared =
        [
            ("The parameters", item => item.Parameters.Keys),
            ("The types of Inputs", item => item.Inputs.Select(entry => entry.Type)),
            ("The types of Outputs", item => item.Outputs.Select(entry => entry.Type)),
            ("The commands of the examples", item => item.Examples.Select(example => example.Code)),
            ("The files of the links", item => item.Links.Select(link => Path.GetFileName(link.Uri))),
        ];
        return shared.Where(part => !part.Read(page).SequenceEqual(part.Read(twin))).Select(part => part.What);
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

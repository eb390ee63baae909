namespace Dmarc.Build.Help;

/// <summary>The declaration of a cmdlet in its attributes.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Noun">The noun.</param>
/// <param name="DefaultParameterSet">The default set if the arguments fit several; may be empty.</param>
/// <param name="SupportsShouldProcess">True if it has -WhatIf and -Confirm.</param>
/// <param name="OutputTypes">The full names of the output types.</param>
/// <param name="Parameters">Its own parameters, in order of declaration.</param>
internal sealed record CommandSignature(
    string Verb,
    string Noun,
    string DefaultParameterSet,
    bool SupportsShouldProcess,
    IReadOnlyList<string> OutputTypes,
    IReadOnlyList<ParameterSignature> Parameters)
{
    public const string AllSets = "__AllParameterSets";

    public string Name => Verb + "-" + Noun;

    /// <summary>The names of the parameter sets, the default one first.</summary>
    public IReadOnlyList<string> ParameterSets
    {
        get
        {
            string[] named = [.. Parameters
                .SelectMany(parameter => parameter.Sets.Select(set => set.Name))
                .Where(name => name != AllSets)
                .Distinct()
                .OrderByDescending(name => name == DefaultParameterSet)];
            return named.Length == 0 ? [AllSets] : named;
        }
    }
}

/// <summary>A parameter.</summary>
/// <param name="Name">The name without the hyphen.</param>
/// <param name="Type">The type.</param>
/// <param name="Aliases">The aliases.</param>
/// <param name="Values">The allowed values if they are a closed set.</param>
/// <param name="SupportsWildcards">True if a value may contain wildcards.</param>
/// <param name="Sets">Its properties in each of its parameter sets.</param>
internal sealed record ParameterSignature(
    string Name,
    Type Type,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values,
    bool SupportsWildcards,
    IReadOnlyList<ParameterSetMembership> Sets)
{
    public bool IsSwitch => Type.Name == "SwitchParameter";

    /// <summary>The type in PowerShell notation: <c>String[]</c>, <c>DmarcPolicy</c>.</summary>
    public string TypeName
    {
        get
        {
            Type type = Nullable.GetUnderlyingType(Type) ?? Type;
            return type.Name;
        }
    }

    public ParameterSetMembership? In(string set) =>
        Sets.FirstOrDefault(membership => membership.Name == set)
        ?? Sets.FirstOrDefault(membership => membership.Name == CommandSignature.AllSets);
}

/// <summary>The properties of a parameter in one parameter set.</summary>
/// <param name="Name">The set.</param>
/// <param name="Mandatory">True if it is mandatory.</param>
/// <param name="Position">The position from 0; null if it must be named.</param>
/// <param name="ByValue">True if it accepts piped objects.</param>
/// <param name="ByPropertyName">True if it accepts properties of piped objects.</param>
internal sealed record ParameterSetMembership(string Name, bool Mandatory, int? Position, bool ByValue, bool ByPropertyName)
{
    /// <summary>The pipeline input in the notation of help.</summary>
    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}

namespace Dmarc.Build.Help;

/// <summary>A cmdlet as its attributes declare it.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Noun">The noun.</param>
/// <param name="DefaultParameterSet">The set that is taken where the arguments fit several; empty if none is named.</param>
/// <param name="SupportsShouldProcess">True if it has -WhatIf and -Confirm.</param>
/// <param name="OutputTypes">The full names of the types that it writes.</param>
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
/// <param name="Name">Its name without the hyphen.</param>
/// <param name="Type">Its type.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Values">The values that it may have, where these are a closed set.</param>
/// <param name="SupportsWildcards">True if a value may hold wildcards.</param>
/// <param name="Sets">What it is in each parameter set that it belongs to.</param>
internal sealed record ParameterSignature(
    string Name,
    Type Type,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values,
    bool SupportsWildcards,
    IReadOnlyList<ParameterSetMembership> Sets)
{
    public bool IsSwitch => Type.Name == "SwitchParameter";

    /// <summary>The type as PowerShell writes it: <c>String[]</c>, <c>DmarcPolicy</c>.</summary>
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

/// <summary>What a parameter is in one parameter set.</summary>
/// <param name="Name">The set.</param>
/// <param name="Mandatory">True if it must be given.</param>
/// <param name="Position">Its position from 0; null if it must be named.</param>
/// <param name="ByValue">True if it takes objects of the pipeline.</param>
/// <param name="ByPropertyName">True if it takes properties of the pipeline's objects.</param>
internal sealed record ParameterSetMembership(string Name, bool Mandatory, int? Position, bool ByValue, bool ByPropertyName)
{
    /// <summary>How help writes the use of the pipeline.</summary>
    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}

namespace Dmarc.Tests.Support;

/// <summary>Tests that measure: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GrowthTestsAlone
{
    public const string Name = "Growth";
}

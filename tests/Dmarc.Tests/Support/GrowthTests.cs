using Xunit.Sdk;

namespace Dmarc.Tests.Support;

/// <summary>What measures growth tells work in proportion to its input from work in proportion to its square.</summary>
[Collection(GrowthTestsAlone.Name)]
public class GrowthTests
{
    [Fact]
    public void Work_in_proportion_passes() => Growth.IsLinear(100_000, size => size, size => (object)Count(size));

    [Fact]
    public void Work_in_proportion_to_the_square_fails() =>
        Assert.Throws<XunitException>(() => Growth.IsLinear(300, size => size, size => (object)Count((long)size * size)));

    [Fact]
    public void A_single_jump_passes() => Growth.IsLinear(100_000, size => size, size => (object)Count(size == 100_000 ? size : size * 3L));

    private static ulong Count(long steps)
    {
        ulong value = 1;
        for (long step = 0; step < steps; step++)
        {
            value = (value * 6364136223846793005) + 1442695040888963407;
        }

        return value;
    }
}

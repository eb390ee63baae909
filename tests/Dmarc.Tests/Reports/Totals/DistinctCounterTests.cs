using System.Globalization;
using Dmarc.Reports.Totals;

namespace Dmarc.Tests.Reports.Totals;

/// <summary>Counting different values.</summary>
public class DistinctCounterTests
{
    private static DistinctCounter Count(int from, int to)
    {
        DistinctCounter counter = new();
        for (int repeat = 0; repeat < 2; repeat++)
        {
            for (int number = from; number < to; number++)
            {
                counter.Add(DistinctCounter.Hash(number.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return counter;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1000)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(50_000)]
    [InlineData(200_000)]
    public void Is_exact(int number) => Assert.Equal(number, Count(0, number).Count);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(100, 150, 150)]
    public void Two_become_one(int first, int second, int expected)
    {
        DistinctCounter counter = Count(0, first);
        counter.Add(Count(0, second));

        Assert.Equal(expected, counter.Count);
    }

    [Theory]
    [InlineData(0, 40_000, 30_000, 60_000, 60_000)]
    [InlineData(0, 10, 0, 40_000, 40_000)]
    [InlineData(0, 40_000, 39_000, 40_010, 40_010)]
    public void Two_large_ones_become_one(int from, int to, int otherFrom, int otherTo, int expected)
    {
        DistinctCounter counter = Count(from, to);
        counter.Add(Count(otherFrom, otherTo));

        Assert.Equal(expected, counter.Count);
    }

    /// <summary>What a million addresses take is what the documentation says.</summary>
    [Fact]
    public void A_million_take_sixteen_mebibytes()
    {
        DistinctCounter counter = new();
        for (int number = 0; number < 1_000_000; number++)
        {
            counter.Add(DistinctCounter.Hash(number.ToString(CultureInfo.InvariantCulture)));
        }

        Assert.Equal((1_000_000, 16 << 20), (counter.Count, counter.Bytes));
    }
}

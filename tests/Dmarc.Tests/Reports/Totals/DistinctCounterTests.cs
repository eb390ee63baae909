using System.Globalization;
using Dmarc.Reports.Totals;

namespace Dmarc.Tests.Reports.Totals;

/// <summary>Counting different values in bounded memory.</summary>
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
    [InlineData(DistinctCounter.MaximumExact)]
    public void Is_exact_up_to_a_limit(int number) => Assert.Equal(number, Count(0, number).Count);

    [Theory]
    [InlineData(DistinctCounter.MaximumExact + 1)]
    [InlineData(50_000)]
    [InlineData(200_000)]
    public void Is_close_beyond_it(int number) => Assert.InRange(Count(0, number).Count, number * 0.97, number * 1.03);

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
    public void Two_become_one_beyond_the_limit(int from, int to, int otherFrom, int otherTo, int expected)
    {
        DistinctCounter counter = Count(from, to);
        counter.Add(Count(otherFrom, otherTo));

        Assert.InRange(counter.Count, expected * 0.97, expected * 1.03);
    }
}

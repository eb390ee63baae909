using System.Diagnostics;

namespace Dmarc.Tests.Support;

/// <summary>Tests that measure: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GrowthTestsAlone
{
    public const string Name = "Growth";
}

/// <summary>
/// Checks that work takes time in proportion to its input: the size is doubled four times, and no step may take three times as long as
/// the one before in the mean of the four. Times are medians of processor time, so that what else runs on the machine does not count.
/// </summary>
internal static class Growth
{
    private const int Steps = 4;
    private const int Rounds = 5;
    private const double MaximumRatio = 3;

    /// <summary>Below that a ratio says nothing.</summary>
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(20);

    public static void Check<T>(Func<int, T> make, Func<T, object?> work, int size)
    {
        _ = work(make(size));
        for (int again = 0; ; again++)
        {
            TimeSpan[] times = [.. Enumerable.Range(0, Steps + 1).Select(step => Median(make(size << step), work))];
            TimeSpan first = times[0] > Floor ? times[0] : Floor;
            if (times[Steps].Ticks < first.Ticks * Math.Pow(MaximumRatio, Steps))
            {
                return;
            }

            // A second look, before an accident of measurement is taken for growth.
            Assert.True(again < 2, $"From {size} to {size << Steps} the time grew so: {string.Join(", ", times.Select(time => time.TotalMilliseconds))} ms");
        }
    }

    private static TimeSpan Median<T>(T input, Func<T, object?> work)
    {
        TimeSpan[] times = new TimeSpan[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan start = Now();
            _ = work(input);
            times[round] = Now() - start;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }

    /// <summary>The processor time of this process, in which nothing else runs (<see cref="GrowthTestsAlone"/>).</summary>
    private static TimeSpan Now()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}

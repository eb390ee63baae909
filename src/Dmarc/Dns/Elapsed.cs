using System.Diagnostics;

namespace Dmarc.Dns;

/// <summary>Time since a reading of <see cref="Stopwatch.GetTimestamp"/>.</summary>
internal static class Elapsed
{
    // TimeSpan.FromSeconds of the .NET Framework rounds to milliseconds, and an answer of a server near by takes less.
    private static readonly double Tick = TimeSpan.TicksPerSecond / (double)Stopwatch.Frequency;

    /// <summary>The time since then.</summary>
    public static TimeSpan Since(long start) => TimeSpan.FromTicks((long)((Stopwatch.GetTimestamp() - start) * Tick));
}

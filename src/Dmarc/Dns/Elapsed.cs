using System.Diagnostics;

namespace Dmarc.Dns;

/// <summary>Time since a reading of <see cref="Stopwatch.GetTimestamp"/>.</summary>
internal static class Elapsed
{
    // TimeSpan.FromSeconds of .NET Framework rounds to milliseconds, and a nearby server answers faster.
    private static readonly double Tick = TimeSpan.TicksPerSecond / (double)Stopwatch.Frequency;

    /// <summary>The time since a timestamp.</summary>
    public static TimeSpan Since(long start) => TimeSpan.FromTicks((long)((Stopwatch.GetTimestamp() - start) * Tick));
}

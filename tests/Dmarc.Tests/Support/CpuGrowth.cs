using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Xunit.Sdk;

namespace Dmarc.Tests.Support;

/// <summary>
/// How the time of a piece of work grows with its input. Each size is measured several times in the CPU time of the thread, so that what else
/// the machine does counts little; the work has to stay on its thread.
/// </summary>
internal static class CpuGrowth
{
    private const int Doublings = 4;
    private const int Runs = 5;
    private const int Retries = 3;
    private const int ThreadCpuTime = 3;

    /// <summary>
    /// Doubles the size four times and fails if a step takes three times as long as the one before it, in the mean of the four: linear work
    /// takes 16 times as long in all, quadratic work 256 times.
    /// </summary>
    /// <param name="size">The first size: large enough to take a millisecond.</param>
    /// <param name="prepare">Makes the input of a size, which is not measured, and gives the work.</param>
    public static void IsLinear(int size, Func<int, Action> prepare)
    {
        prepare(size)();
        for (int again = 0; ; again++)
        {
            double[] times = [.. Enumerable.Range(0, Doublings + 1).Select(step => Measure(prepare(size << step)))];
            if (times[Doublings] < times[0] * Math.Pow(3, Doublings))
            {
                return;
            }

            if (again == Retries)
            {
                throw new XunitException($"From {size} to {size << Doublings} the time grew so: {string.Join(", ", times.Select(time => time.ToString("F2", CultureInfo.InvariantCulture)))} ms.");
            }
        }
    }

    private static double Measure(Action work)
    {
        double[] times = new double[Runs];
        for (int run = 0; run < Runs; run++)
        {
            double start = Now();
            work();
            times[run] = Now() - start;
        }

        Array.Sort(times);
        return Math.Max(times[Runs / 2], 0.5);
    }

    /// <summary>Milliseconds of the thread where the system tells them, else of the clock.</summary>
    private static double Now() =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && clock_gettime(ThreadCpuTime, out Timespec time) == 0
            ? (time.Seconds * 1_000.0) + (time.Nanoseconds / 1_000_000.0)
            : Stopwatch.GetTimestamp() * 1_000.0 / Stopwatch.Frequency;

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}

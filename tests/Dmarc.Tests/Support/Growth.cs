using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using Xunit.Sdk;

namespace Dmarc.Tests.Support;

/// <summary>
/// Checks that work takes time in proportion to its input: the size is doubled four times, and no step may take three times as long as the
/// one before it. Linear work doubles at each step, quadratic work takes four times as long.
/// </summary>
/// <remarks>
/// What is measured is the processor time of this process, in which nothing else runs (<see cref="GrowthTestsAlone"/>), so that what else
/// the machine does counts little. Quick work is repeated until it can be measured. The sizes are measured in turn, and the ratio of a step
/// is the median of those of several turns: a machine that is slow for a while is slow for both sizes of a step. Where that is too much, the
/// best times of both sizes decide: others can make work slower, by its memory that they push out of the caches, but not faster. A single
/// jump, as where memory is from then on taken in another way, is no growth if the sizes behind it make up for it.
/// </remarks>
internal static class Growth
{
    private const int Doublings = 4;
    private const int Turns = 3;
    private const int MoreTurns = 5;
    private const int Repetitions = 4;
    private const double MaximumRatio = 3;

    /// <summary>What a measurement lasts at least, in milliseconds of the processor.</summary>
    private const double MinimumDuration = 10;

    /// <summary>What work may allocate, in bytes, before garbage is collected.</summary>
    private const long Memory = 200_000_000;

    /// <summary>The clock of the process, in <c>clock_gettime</c> of Linux.</summary>
    private const int ProcessCpuTime = 2;

    /// <summary>Fails if a doubling makes the work take three times as long.</summary>
    /// <param name="size">The first size. The last is 16 times as large: large enough that growth shows, which takes milliseconds.</param>
    /// <param name="make">Makes the input of a size, which is not measured.</param>
    /// <param name="work">The work, which may be done any number of times on the same input.</param>
    public static void IsLinear<T>(int size, Func<int, T> make, Func<T, object?> work) => IsLinear(size, count =>
    {
        T input = make(count);
        return () => _ = work(input);
    });

    /// <summary>Fails if a doubling makes the work take three times as long.</summary>
    /// <param name="size">The first size. The last is 16 times as large: large enough that growth shows, which takes milliseconds.</param>
    /// <param name="prepare">Makes the input of a size, which is not measured, and gives the work.</param>
    public static void IsLinear(int size, Func<int, Action> prepare)
    {
        // What earlier tests left behind is not collected at the cost of this one.
        GC.Collect();
        Sample[] samples = [.. Enumerable.Range(0, Doublings + 1).Select(step => new Sample(prepare(size << step)))];
        double[][] turns = [.. Enumerable.Range(0, Turns).Select(_ => samples.Select(sample => sample.Measure()).ToArray())];
        for (int step = 0; step < Doublings; step++)
        {
            double ratio = Median(turns.Select(turn => turn[step + 1] / turn[step]));

            // Another look, before an accident of measurement is taken for growth.
            for (int again = 0; ratio >= MaximumRatio && again < Repetitions; again++)
            {
                ratio = Math.Min(ratio, Again(samples[step], samples[step + 1]));
            }

            double growth = samples[Doublings].Best / samples[step].Best;
            if (ratio >= MaximumRatio && growth >= Math.Pow(MaximumRatio, Doublings - step))
            {
                IEnumerable<string> times = Enumerable.Range(0, samples.Length)
                    .Select(at => Median(turns.Select(turn => turn[at])).ToString("F3", CultureInfo.InvariantCulture));
                throw new XunitException(FormattableString.Invariant(
                    $"From {size << step} to {size << (step + 1)} it took {ratio:F1} times as long. From {size} in doublings: {string.Join(", ", times)} ms."));
            }
        }
    }

    private static double Again(Sample smaller, Sample larger)
    {
        double median = Median([.. Enumerable.Range(0, MoreTurns).Select(_ => Ratio())]);
        return Math.Min(median, larger.Best / smaller.Best);

        double Ratio()
        {
            double before = smaller.Measure();
            return larger.Measure() / before;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.OrderBy(value => value)];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Milliseconds of the processor that this process has had.</summary>
    private static double Now()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && clock_gettime(ProcessCpuTime, out Timespec time) == 0)
        {
            return (time.Seconds * 1_000.0) + (time.Nanoseconds / 1_000_000.0);
        }

        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }

    /// <summary>Work on one size, and how often it has to be done so that it can be measured.</summary>
    private sealed class Sample
    {
        private readonly Action _work;
        private readonly int _rounds = 1;

        public Sample(Action work)
        {
            _work = work;
            _work();
            while (Run() is double time && time < MinimumDuration)
            {
                _rounds = (int)Math.Min(_rounds * Math.Max(2, 1.2 * MinimumDuration / Math.Max(time, 0.1)), 1_000_000);
            }
        }

        /// <summary>The least that <see cref="Measure"/> has given.</summary>
        public double Best { get; private set; } = double.PositiveInfinity;

        /// <summary>Milliseconds for the work done once.</summary>
        public double Measure()
        {
            double time = Run() / _rounds;
            Best = Math.Min(Best, time);
            return time;
        }

        private double Run()
        {
            // What lives is moved only once there is much of it: collections cost the larger sizes alone, and say nothing of the work.
            bool isQuiet = GC.TryStartNoGCRegion(Memory);
            double start = Now();
            for (int round = 0; round < _rounds; round++)
            {
                _work();
            }

            double time = Now() - start;
            if (isQuiet && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }

            return time;
        }
    }
}

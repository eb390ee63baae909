using System.Diagnostics;
using System.Globalization;

namespace Dmarc.Fuzz;

/// <summary>What an input did that it must not.</summary>
/// <param name="Target">The entry point.</param>
/// <param name="Input">The input.</param>
/// <param name="What">What happened.</param>
internal sealed record FuzzFault(FuzzTarget Target, byte[] Input, string What);

/// <summary>Runs a target over its seeds and what is made of them, and watches what each input costs.</summary>
internal sealed class FuzzRun(FuzzTarget target, int number)
{
    /// <summary>No input may keep a target for longer: then it is taken to hang.</summary>
    public static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(60);

    /// <summary>Processor time that any input may cost, besides what its length may.</summary>
    public static readonly TimeSpan FixedTime = TimeSpan.FromMilliseconds(500);

    /// <summary>Processor time for each byte of an input.</summary>
    public static readonly TimeSpan TimePerByte = TimeSpan.FromMicroseconds(20);

    /// <summary>Bytes of memory that any input may ask for, besides what its length may.</summary>
    public const long FixedMemory = 192L * 1024 * 1024;

    /// <summary>Bytes of memory for each byte of an input.</summary>
    public const long MemoryPerByte = 4096;

    /// <summary>How many inputs were tried.</summary>
    public long Count { get; private set; }

    /// <summary>The input that cost most for its length.</summary>
    public (TimeSpan Time, byte[] Input) Slowest { get; private set; } = (TimeSpan.Zero, []);

    /// <summary>Runs the seeds, then inputs made of them until the time is over. Ends at the first fault.</summary>
    /// <param name="time">How long.</param>
    public FuzzFault? Run(TimeSpan time)
    {
        IReadOnlyList<byte[]> seeds = target.ReadSeeds();
        Mutator mutator = new(seeds, number);
        Stopwatch watch = Stopwatch.StartNew();
        foreach (byte[] seed in seeds)
        {
            if (Try(seed) is { } fault)
            {
                return fault;
            }
        }

        while (watch.Elapsed < time)
        {
            if (Try(mutator.Next()) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private FuzzFault? Try(byte[] input)
    {
        Count++;
        string? what = Cost(input, out TimeSpan cost);
        if (what is null && cost > Allowed(input))
        {
            // Once may be the machine: only what is slow each time is slow.
            for (int again = 0; again < 3 && cost > Allowed(input); again++)
            {
                Cost(input, out cost);
            }

            what = cost > Allowed(input) ? Sentence($"It took {cost.TotalMilliseconds:0} ms for {input.Length} bytes.") : null;
        }

        if (cost > Slowest.Time)
        {
            Slowest = (cost, input);
        }

        return what is null ? null : new FuzzFault(target, input, what);
    }

    private string? Cost(byte[] input, out TimeSpan cost)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long memory = GC.GetTotalAllocatedBytes();
        Exception? thrown = null;
        Thread thread = new(() =>
        {
            try
            {
                target.Run(input);
            }
            catch (Exception exception)
            {
                thrown = exception;
            }
        })
        { IsBackground = true };
        thread.Start();
        bool ended = thread.Join(HangsAfter);
        process.Refresh();
        cost = process.TotalProcessorTime - before;
        memory = GC.GetTotalAllocatedBytes() - memory;
        return !ended ? "It hangs."
            : thrown is not null ? thrown.ToString()
            : memory > FixedMemory + (MemoryPerByte * input.Length) ? Sentence($"It asked for {memory} bytes of memory for {input.Length} bytes.")
            : null;
    }

    private static TimeSpan Allowed(byte[] input) => FixedTime + (TimePerByte * input.Length);

    private static string Sentence(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

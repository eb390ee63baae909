using Dmarc.Alignment;
using Dmarc.Cli.Output;
using Dmarc.Diagnostics;
using Dmarc.Views;

namespace Dmarc.Cli;

/// <summary>The command line asks for something that cannot be done.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>One run of a command: where its results and messages go, and the exit code that they add up to.</summary>
internal sealed class CommandRun(Terminal terminal, ResultWriter results)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private bool _findings;
    private bool _failed;

    /// <summary>The exit code for what was written.</summary>
    public int ExitCode => _failed ? Cli.ExitCode.Failure : _findings ? Cli.ExitCode.Findings : Cli.ExitCode.Success;

    /// <summary>Writes a result.</summary>
    public void Result(object result, IEnumerable<Finding>? findings = null)
    {
        results.Write(result);
        _findings |= findings?.Any(finding => finding.Severity == Severity.Error) == true;
    }

    /// <summary>What is written goes on with a file that has its header already.</summary>
    public void ContinueTable() => results.SkipHeader();

    /// <summary>Writes a message to standard error, from any thread.</summary>
    public void Message(string message)
    {
        lock (_gate)
        {
            terminal.Error.WriteLine(PrintableText.Escape(message));
        }
    }

    /// <summary>Writes what failed to standard error.</summary>
    public void Failure(string message)
    {
        _failed = true;
        lock (_gate)
        {
            terminal.Error.WriteLine(terminal.Colour("dmarc: " + PrintableText.Escape(message), ViewTone.Bad));
        }
    }

    /// <summary>Writes what belongs after the last result.</summary>
    public void Complete()
    {
        results.Complete();
        terminal.Output.Flush();
    }

    /// <summary>
    /// Runs work for each input, so many at once, and writes what it yields in the order of the input as soon as it is there.
    /// Where inputs are weighed, no more are taken before those in flight are done once they hold
    /// <see cref="MessageFileReader.MostBytesInFlight"/>.
    /// </summary>
    public static void ForEach<TInput>(
        IEnumerable<TInput> inputs,
        int throttleLimit,
        Func<TInput, OrderedPump<Action>.Lane, CancellationToken, Task> work,
        CancellationToken cancellationToken,
        Func<TInput, long>? weigh = null)
    {
        long bytes = 0;
        using OrderedPump<Action> pump = new(throttleLimit, 512, cancellationToken);
        foreach (TInput input in inputs)
        {
            pump.Add((lane, token) => work(input, lane, token));
            while (WriteNext(pump, pump.IsFull ? Patience : TimeSpan.Zero) == PumpSignal.Item || pump.IsFull)
            {
            }

            bytes += weigh?.Invoke(input) ?? 0;
            if (bytes >= MessageFileReader.MostBytesInFlight)
            {
                WriteRest(pump);
                bytes = 0;
            }
        }

        WriteRest(pump);
    }

    private static void WriteRest(OrderedPump<Action> pump)
    {
        while (WriteNext(pump, Patience) != PumpSignal.Done)
        {
        }
    }

    private static PumpSignal WriteNext(OrderedPump<Action> pump, TimeSpan patience)
    {
        PumpSignal signal = pump.Take(patience, out Action? write);
        if (signal == PumpSignal.Item)
        {
            write!();
        }

        return signal;
    }
}

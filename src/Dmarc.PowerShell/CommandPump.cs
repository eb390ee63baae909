using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using Dmarc.Text;

namespace Dmarc.PowerShell;

/// <summary>
/// The one way from asynchronous work to the pipeline: runs work on other threads and writes what it yields on the
/// pipeline's, in input order, as soon as it is there. Shows progress once the work has taken a second.
/// </summary>
internal sealed class CommandPump : IDisposable
{
    private const int LaneCapacity = 512;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ProgressAfter = TimeSpan.FromSeconds(1);

    private readonly DmarcCommand _cmdlet;
    private readonly string _activity;
    private readonly CancellationToken _cancellationToken;
    private readonly OrderedPump<PipelineRecord> _pump;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _nextProgress = ProgressAfter;
    private bool _progressShown;

    /// <param name="cmdlet">The cmdlet that writes.</param>
    /// <param name="activity">What it does, for the progress bar.</param>
    /// <param name="throttleLimit">How many pieces of work run at once at the most.</param>
    /// <param name="cancellationToken">Cancelled when the pipeline stops.</param>
    /// <param name="isBusy">True while what the work needs has enough to do; null if nothing is ever busy.</param>
    public CommandPump(
        DmarcCommand cmdlet,
        string activity,
        int throttleLimit,
        CancellationToken cancellationToken,
        Func<bool>? isBusy = null)
    {
        _cmdlet = cmdlet;
        _activity = activity;
        _cancellationToken = cancellationToken;
        _pump = new OrderedPump<PipelineRecord>(throttleLimit, LaneCapacity, cancellationToken, isBusy);
    }

    /// <summary>The progress in words; by default the number of pieces done, and of all where that is known.</summary>
    public Func<string>? Status { get; init; }

    /// <summary>How many pieces of work there will be in all; null as long as nobody knows, as with input that is still coming.</summary>
    public int? Total { get; set; }

    /// <summary>Writes a result, on the pipeline's thread; the cmdlet's own way by default.</summary>
    public Action<object>? Output { get; init; }

    /// <summary>Adds a piece of work and writes what is ready; waits while too much is pending.</summary>
    /// <param name="work">The work.</param>
    /// <param name="target">What it is about, for the error if it fails in a way that nobody thought of.</param>
    public void Add(Func<PipelineWriter, CancellationToken, Task> work, object? target = null)
    {
        _pump.Add(async (lane, token) =>
        {
            PipelineWriter writer = new(lane, token);
            try
            {
                await work(writer, token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // One input that fails in a way nobody thought of must not take the others with it.
            catch (Exception exception) when (!token.IsCancellationRequested)
#pragma warning restore CA1031
            {
                writer.Error(ErrorRecords.Unexpected(exception, target));
            }
        });

        while (_pump.IsFull)
        {
            WriteNext(Tick);
        }

        WriteReady();
    }

    /// <summary>Adds the work for a domain, which keeps its row whatever is thrown in it.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="work">The work.</param>
    /// <param name="makeRow">Makes the row of a domain whose work failed in a way that nobody thought of, with what is to be said of it.</param>
    public void Add(string domain, Func<PipelineWriter, CancellationToken, Task> work, Func<string, string, object> makeRow) => Add(async (writer, token) =>
    {
        try
        {
            await work(writer, token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // An exception that nobody thought of costs this domain, never its row or another domain.
        catch (Exception exception) when (!token.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ErrorRecord error = ErrorRecords.Unexpected(exception, domain, domain);
            writer.Error(error);
            writer.Output(makeRow(domain, error.Exception.Message));
        }
    });

    /// <summary>Writes a verbose message from any thread, as soon as the pipeline's thread comes by.</summary>
    public void PostVerbose(string message) => _pump.Post(new PipelineRecord(PipelineStream.Verbose, message));

    /// <summary>Adds records that are there already; they keep their place among the results.</summary>
    public void Add(params PipelineRecord[] records) => Add((writer, _) =>
    {
        foreach (PipelineRecord record in records)
        {
            writer.Write(record);
        }

        return Task.CompletedTask;
    });

    /// <summary>Writes what is ready without waiting.</summary>
    public void WriteReady()
    {
        while (WriteNext(TimeSpan.Zero) == PumpSignal.Item)
        {
        }
    }

    /// <summary>Waits for the work that was added and writes what it yields; more may be added afterwards.</summary>
    public void WriteRest()
    {
        while (WriteNext(Tick) != PumpSignal.Done)
        {
        }
    }

    /// <summary>Waits for all work and writes the rest.</summary>
    public void Complete()
    {
        Total = _pump.Added;
        WriteRest();

        if (_progressShown)
        {
            _cmdlet.WriteProgress(new ProgressRecord(0, _activity, Strings.Commands_ProgressDone) { RecordType = ProgressRecordType.Completed });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _pump.Dispose();

    private PumpSignal WriteNext(TimeSpan patience)
    {
        PumpSignal signal;
        PipelineRecord record;
        try
        {
            signal = _pump.Take(patience, out record);
        }
        catch (OperationCanceledException) when (_cancellationToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        if (_clock.Elapsed >= _nextProgress && signal != PumpSignal.Done)
        {
            WriteProgress();
        }

        if (signal == PumpSignal.Item)
        {
            Write(record);
        }

        return signal;
    }

    private void WriteProgress()
    {
        _nextProgress = _clock.Elapsed + Tick;
        _progressShown = true;
        int done = _pump.Completed;
        double rate = done / _clock.Elapsed.TotalSeconds;
        string status = Status?.Invoke()
            ?? (Total is null
                ? string.Format(CultureInfo.CurrentCulture, Strings.Commands_ProgressOpen, done, rate)
                : string.Format(CultureInfo.CurrentCulture, Strings.Commands_Progress, done, Total, rate));
        ProgressRecord progress = new(0, _activity, status);
        if (Total is int total && total > 0)
        {
            progress.PercentComplete = (int)Math.Min(100, 100L * done / total);
            progress.SecondsRemaining = rate > 0 ? (int)Math.Min(int.MaxValue, (total - done) / rate) : -1;
        }

        _cmdlet.WriteProgress(progress);
    }

    private void Write(PipelineRecord record)
    {
        switch (record.Stream)
        {
            case PipelineStream.Verbose:
                _cmdlet.WriteVerbose((string)record.Value);
                break;
            case PipelineStream.Warning:
                _cmdlet.WriteWarning((string)record.Value);
                break;
            case PipelineStream.Error:
                _cmdlet.WriteError((ErrorRecord)record.Value);
                break;
            case PipelineStream.Output when Output is not null:
                Output(record.Value);
                break;
            default:
                _cmdlet.WriteObject(record.Value);
                break;
        }
    }
}

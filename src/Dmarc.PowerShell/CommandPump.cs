using System.Diagnostics;

namespace Dmarc.PowerShell;

/// <summary>
/// The only bridge from asynchronous work to the pipeline: runs work on other threads and writes its results on the
/// pipeline thread, in input order, as soon as they are available. Shows progress after one second.
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
    /// <param name="activity">The activity, for the progress bar.</param>
    /// <param name="throttleLimit">The maximum number of pieces of work that run at once.</param>
    /// <param name="cancellationToken">Cancelled when the pipeline stops.</param>
    /// <param name="isBusy">True while the resource that the work needs is busy; null if it never is.</param>
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

    /// <summary>The progress in words; by default the number of completed pieces, and the total if known.</summary>
    public Func<string>? Status { get; init; }

    /// <summary>The total number of pieces of work; null while unknown, as with input that is still arriving.</summary>
    public int? Total { get; set; }

    /// <summary>Writes a result on the pipeline thread; by default to the cmdlet's output.</summary>
    public Action<object>? Output { get; init; }

    /// <summary>Adds a piece of work and writes available results; waits while too much is pending.</summary>
    /// <param name="work">The work.</param>
    /// <param name="target">The target object of the error if the work fails unexpectedly.</param>
    public void Add(Func<PipelineWriter, CancellationToken, Task> work, object? target = null)
    {
        _pump.Add(async (lane, token) =>
        {
            PipelineWriter writer = new(lane, token);
            try
            {
                await work(writer, token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // One input that fails unexpectedly must not affect the others.
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

    /// <summary>Adds the work for a domain, which gets a row even if the work throws.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="work">The work.</param>
    /// <param name="makeRow">Makes the row of a domain whose work failed unexpectedly, from domain and message.</param>
    public void Add(string domain, Func<PipelineWriter, CancellationToken, Task> work, Func<string, string, object> makeRow) =>
        Add(async (writer, token) =>
        {
            try
            {
                await work(writer, token).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // An unexpected exception costs only this domain's result, never its row.
            catch (Exception exception) when (!token.IsCancellationRequested)
#pragma warning restore CA1031
            {
                ErrorRecord error = ErrorRecords.Unexpected(exception, domain, domain);
                writer.Error(error);
                writer.Output(makeRow(domain, error.Exception.Message));
            }
        });

    /// <summary>Writes a verbose message from any thread; the pipeline thread writes it next.</summary>
    public void PostVerbose(string message) => _pump.Post(new PipelineRecord(PipelineStream.Verbose, message));

    /// <summary>Adds available records, which keep their place among the results.</summary>
    public void Add(params PipelineRecord[] records) => Add((writer, _) =>
    {
        foreach (PipelineRecord record in records)
        {
            writer.Write(record);
        }

        return Task.CompletedTask;
    });

    /// <summary>Writes available results without waiting.</summary>
    public void WriteReady()
    {
        while (WriteNext(TimeSpan.Zero) == PumpSignal.Item)
        {
        }
    }

    /// <summary>Waits for the added work and writes its results; more may be added afterwards.</summary>
    public void WriteRest()
    {
        while (WriteNext(Tick) != PumpSignal.Done)
        {
        }
    }

    /// <summary>Waits for all work and writes the remaining results.</summary>
    public void Complete()
    {
        Total = _pump.Added;
        WriteRest();

        if (_progressShown)
        {
            ProgressRecord done = new(0, _activity, Strings.Commands_ProgressDone) { RecordType = ProgressRecordType.Completed };
            _cmdlet.WriteProgress(done);
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

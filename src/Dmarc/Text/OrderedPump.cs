using System.Runtime.ExceptionServices;

namespace Dmarc.Text;

/// <summary>What <see cref="OrderedPump{T}.Take"/> brought.</summary>
internal enum PumpSignal
{
    /// <summary>An item.</summary>
    Item,

    /// <summary>Nothing within the time given; there is work left.</summary>
    Idle,

    /// <summary>Nothing, and no work is left.</summary>
    Done,
}

/// <summary>
/// Runs pieces of work at the same time and hands what they yield to one thread, in the order in which the work was
/// added: all of the first piece's items, as soon as they are there, then all of the second's. Both surfaces take their
/// results through it. Work and results wait in bounded numbers: <see cref="Add"/> never blocks, but whoever adds takes
/// items while <see cref="IsFull"/>.
/// </summary>
/// <typeparam name="T">What is handed over: results, but also messages and errors, which then keep their place.</typeparam>
internal sealed class OrderedPump<T> : IDisposable
{
    /// <summary>So many pieces of work run, however busy everything is: none may wait for one that is slow.</summary>
    private const int MinimumRunning = 8;

    private readonly object _gate = new();
    private readonly Queue<Lane> _lanes = new();
    private readonly Queue<Lane> _waiting = new();
    private readonly Queue<T> _posted = new();
    private readonly int _throttleLimit;
    private readonly Func<bool> _isBusy;
    private readonly int _laneCapacity;
    private readonly CancellationTokenSource _cancellation;
    private readonly CancellationTokenRegistration _wake;
    private int _running;
    private bool _disposed;

    /// <param name="throttleLimit">How many pieces of work run at once at the most; at least 1.</param>
    /// <param name="laneCapacity">How many items a piece of work may yield ahead of the reader before it has to wait.</param>
    /// <param name="cancellationToken">Ends all work and every wait.</param>
    /// <param name="isBusy">
    /// True while what the work needs has enough to do: then hardly any work is begun, because it would only wait and take memory. Called
    /// from any thread; null if nothing is ever busy.
    /// </param>
    public OrderedPump(int throttleLimit, int laneCapacity, CancellationToken cancellationToken, Func<bool>? isBusy = null)
    {
        if (throttleLimit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(throttleLimit));
        }

        if (laneCapacity < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(laneCapacity));
        }

        _throttleLimit = throttleLimit;
        _laneCapacity = laneCapacity;
        _isBusy = isBusy ?? (static () => false);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _wake = _cancellation.Token.Register(WakeAll);
    }

    /// <summary>How many pieces of work were added.</summary>
    public int Added { get; private set; }

    /// <summary>How many pieces of work have ended.</summary>
    public int Completed { get; private set; }

    /// <summary>
    /// True while as much work is pending as should be: four times what runs at once, so that one slow piece at the
    /// head does not leave the others idle.
    /// </summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Count >= _throttleLimit * 4;
            }
        }
    }

    /// <summary>Adds a piece of work; it starts now or as soon as another one ends.</summary>
    /// <param name="work">Writes its items to the lane. What it throws is thrown to the reader in its turn.</param>
    public void Add(Func<Lane, CancellationToken, Task> work)
    {
        Lane lane = new(this, work);
        lock (_gate)
        {
            Added++;
            _lanes.Enqueue(lane);
            _waiting.Enqueue(lane);
            StartNext();
        }
    }

    /// <summary>Hands over an item out of turn, from any thread: the next one that the reader takes.</summary>
    public void Post(T item)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _posted.Enqueue(item);
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Takes the next item. Only one thread reads.</summary>
    /// <param name="patience">How long to wait for one; zero not to wait.</param>
    /// <param name="item">The item, where there was one.</param>
    /// <exception cref="OperationCanceledException">The pump was cancelled.</exception>
    public PumpSignal Take(TimeSpan patience, out T? item)
    {
        DateTime deadline = DateTime.UtcNow + patience;
        lock (_gate)
        {
            while (true)
            {
                _cancellation.Token.ThrowIfCancellationRequested();
                if (_posted.Count > 0)
                {
                    item = _posted.Dequeue();
                    return PumpSignal.Item;
                }

                while (_lanes.Count > 0)
                {
                    Lane head = _lanes.Peek();
                    if (head.Items.Count > 0)
                    {
                        item = head.Items.Dequeue();
                        if (head.Items.Count == _laneCapacity - 1)
                        {
                            Monitor.PulseAll(_gate);
                        }

                        return PumpSignal.Item;
                    }

                    if (!head.Ended)
                    {
                        break;
                    }

                    _lanes.Dequeue();
                    head.Failure?.Throw();
                }

                item = default;
                if (_lanes.Count == 0)
                {
                    return PumpSignal.Done;
                }

                // What was busy when the last piece ended may no longer be.
                StartNext();
                TimeSpan left = deadline - DateTime.UtcNow;
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    return PumpSignal.Idle;
                }
            }
        }
    }

    /// <summary>Cancels what still runs and drops what was not taken. Does not wait for work that ignores its token.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _waiting.Clear();
            _lanes.Clear();
            _posted.Clear();
        }

        _cancellation.Cancel();
        _wake.Dispose();
        _cancellation.Dispose();
    }

    /// <summary>Begins the next piece of work if there is one and it may begin. The gate is held.</summary>
    private void StartNext()
    {
        if (_waiting.Count > 0 && _running < _throttleLimit && (_running < MinimumRunning || !_isBusy()))
        {
            _running++;
            Start(_waiting.Dequeue());
        }
    }

    private void Start(Lane lane)
    {
        CancellationToken token;
        try
        {
            token = _cancellation.Token;
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        _ = Task.Run(() => RunAsync(lane, token), CancellationToken.None);
    }

    private async Task RunAsync(Lane lane, CancellationToken token)
    {
        ExceptionDispatchInfo? failure = null;
        try
        {
            token.ThrowIfCancellationRequested();
            await lane.Work(lane, token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the work throws is the reader's to see.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        lock (_gate)
        {
            lane.Failure = failure;
            lane.Ended = true;
            Completed++;
            _running--;

            // Two for one, so that as many run again as may once nothing is busy any more; not all at once, because work makes
            // itself felt late.
            StartNext();
            StartNext();
            Monitor.PulseAll(_gate);
        }
    }

    private void WakeAll()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Write(Lane lane, T item, CancellationToken token)
    {
        lock (_gate)
        {
            while (lane.Items.Count >= _laneCapacity && !_disposed && !token.IsCancellationRequested)
            {
                Monitor.Wait(_gate);
            }

            token.ThrowIfCancellationRequested();
            if (_disposed)
            {
                throw new OperationCanceledException();
            }

            lane.Items.Enqueue(item);
            if (lane.Items.Count == 1)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Where one piece of work leaves its items.</summary>
    internal sealed class Lane(OrderedPump<T> pump, Func<Lane, CancellationToken, Task> work)
    {
        internal Func<Lane, CancellationToken, Task> Work { get; } = work;

        internal Queue<T> Items { get; } = new();

        internal bool Ended { get; set; }

        internal ExceptionDispatchInfo? Failure { get; set; }

        /// <summary>Yields an item; waits while the reader is behind.</summary>
        /// <exception cref="OperationCanceledException">Nobody reads any more.</exception>
        public void Write(T item, CancellationToken cancellationToken) => pump.Write(this, item, cancellationToken);
    }
}

using System.Runtime.ExceptionServices;

namespace Dmarc.Text;

/// <summary>The result of <see cref="OrderedPump{T}.Take"/>.</summary>
internal enum PumpSignal
{
    /// <summary>An item.</summary>
    Item,

    /// <summary>No item within the given time; work is left.</summary>
    Idle,

    /// <summary>No item, and no work is left.</summary>
    Done,
}

/// <summary>
/// Runs pieces of work concurrently and passes their items to one thread in the order in which the work was added: all
/// items of the first piece as they arrive, then all items of the second. Both surfaces take their results through it.
/// Work and results wait in bounded numbers: <see cref="Add"/> never blocks, but the caller that adds takes items
/// while <see cref="IsFull"/>.
/// </summary>
/// <typeparam name="T">The item: a result, but also a message or an error, which then keeps its place.</typeparam>
internal sealed class OrderedPump<T> : IDisposable
{
    /// <summary>At least this much work runs even if the resolver is busy: none may wait for a slow piece.</summary>
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

    /// <param name="throttleLimit">The maximum number of pieces of work that run at once; at least 1.</param>
    /// <param name="laneCapacity">The number of items that work may yield ahead of the reader before it waits.</param>
    /// <param name="cancellationToken">Ends all work and every wait.</param>
    /// <param name="isBusy">
    /// True while the resource that the work needs is busy: little new work is then started, because it would only wait
    /// and take memory. Called from any thread; null if the resource is never busy.
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

    /// <summary>The number of pieces of work added.</summary>
    public int Added { get; private set; }

    /// <summary>The number of pieces of work completed.</summary>
    public int Completed { get; private set; }

    /// <summary>
    /// True if enough work is pending: four times the number that runs at once, so that one slow piece at the head does
    /// not leave the others idle.
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

    /// <summary>Adds a piece of work; it starts now or when another one ends.</summary>
    /// <param name="work">Writes its items to the lane. Its exception is thrown to the reader in turn.</param>
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

    /// <summary>Adds an item out of turn, from any thread; the reader takes it next.</summary>
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
    /// <param name="patience">How long to wait for an item; zero not to wait.</param>
    /// <param name="item">The item, if there was one.</param>
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

                // The resource that was busy when the last piece ended may be free now.
                StartNext();
                TimeSpan left = deadline - DateTime.UtcNow;
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                {
                    return PumpSignal.Idle;
                }
            }
        }
    }

    /// <summary>Cancels running work and drops pending items. Does not wait for work that ignores its token.</summary>
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

    /// <summary>Starts the next piece of work if there is one and it may start. The caller holds the gate.</summary>
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
#pragma warning disable CA1031 // The reader receives every exception of the work.
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

            // Starts two for each that ended, so that the full number runs again once the resource is free.
            // Not all at once, because work takes effect late.
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

    /// <summary>The queue of items of one piece of work.</summary>
    internal sealed class Lane(OrderedPump<T> pump, Func<Lane, CancellationToken, Task> work)
    {
        internal Func<Lane, CancellationToken, Task> Work { get; } = work;

        internal Queue<T> Items { get; } = new();

        internal bool Ended { get; set; }

        internal ExceptionDispatchInfo? Failure { get; set; }

        /// <summary>Yields an item; waits while the reader is behind.</summary>
        /// <exception cref="OperationCanceledException">The reader has stopped.</exception>
        public void Write(T item, CancellationToken cancellationToken) => pump.Write(this, item, cancellationToken);
    }
}

namespace Dmarc.Mail.Mailboxes;

/// <summary>
/// Reads the messages of a mailbox ahead of the consumer, and carries out its orders on messages it has processed. Its
/// own thread talks to the server. It reconnects after a lost connection and resumes at the current message; a changed
/// UIDVALIDITY invalidates what depends on it.
/// </summary>
internal sealed class MailboxReader : IDisposable
{
    private const int BatchSize = 200;
    private const int MaximumHeldItems = 32;
    private const long MaximumHeldBytes = 64L << 20;

    private readonly object _gate = new();
    private readonly Queue<MailboxItem> _items = new();
    private readonly Queue<MailboxOrder> _orders = new();
    private readonly MailboxOptions _options;
    private readonly MailboxReadOptions _reading;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _wake;
    private readonly Thread _thread;

    // Used by the reader's thread only.
    private readonly MailboxSession _session;
    private readonly Queue<MailboxChange> _broken = new();

    private volatile bool _isRead;

    // Guarded by the gate.
    private long _heldBytes;
    private bool _isFinished;
    private bool _isEnded;
    private long _total;

    /// <summary>Begins to read.</summary>
    /// <param name="connector">Opens connections.</param>
    /// <param name="options">The mailbox.</param>
    /// <param name="reading">What to read from it.</param>
    /// <param name="cancellationToken">Ends reading. Earlier orders still run within the grace time.</param>
    public MailboxReader(
        IMailboxConnector connector,
        MailboxOptions options,
        MailboxReadOptions reading,
        CancellationToken cancellationToken)
    {
        _session = new MailboxSession(connector, options, reading);
        _options = options;
        _reading = reading;
        _cancellationToken = cancellationToken;
        _wake = cancellationToken.Register(Wake);
        _thread = new Thread(Run) { IsBackground = true, Name = "Dmarc mailbox" };
        _thread.Start();
    }

    /// <summary>The number of messages to read, as far as known.</summary>
    public long Total
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>Takes the next item.</summary>
    /// <param name="patience">The maximum wait.</param>
    /// <param name="isEnded">True if no more items follow; until <see cref="Finish"/>, failed orders may still.</param>
    /// <returns>The item; null if none arrived in time.</returns>
    public MailboxItem? Take(TimeSpan patience, out bool isEnded)
    {
        lock (_gate)
        {
            if (_items.Count == 0 && !_isEnded && patience > TimeSpan.Zero)
            {
                Monitor.Wait(_gate, patience);
            }

            isEnded = _items.Count == 0 && _isEnded;
            if (_items.Count == 0)
            {
                return null;
            }

            MailboxItem item = _items.Dequeue();
            _heldBytes -= item.Content?.Length ?? 0;
            Monitor.PulseAll(_gate);
            return item;
        }
    }

    /// <summary>Adds an order for a message.</summary>
    public void Order(MailboxOrder order)
    {
        lock (_gate)
        {
            _orders.Enqueue(order);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>True once every message was delivered: only orders remain.</summary>
    public bool IsRead => _isRead;

    /// <summary>Declares that no more orders will come. The reader ends once all are done.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            _isFinished = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until all orders are done, and closes the connection.</summary>
    public void Dispose()
    {
        Finish();
        lock (_gate)
        {
            // The consumer has stopped.
            _items.Clear();
            _heldBytes = 0;
        }

        // The wait for a silent server is limited.
        _thread.Join(_reading.Grace + _reading.Grace);
        _wake.Dispose();
    }

    private void Run()
    {
        try
        {
            ReadFolders();
            _isRead = true;
            Serve(untilFinished: true);
        }
        catch (OperationCanceledException)
        {
            // Remaining orders are settled below.
        }
#pragma warning disable CA1031 // Every failure must reach the consumer, not end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _session.HasGivenUp = true;
            Enqueue(new MailboxItem { Failure = AsFailure(exception) });
            _isRead = true;
        }

        try
        {
            Settle();
        }
        finally
        {
            _session.Drop();
            lock (_gate)
            {
                _isEnded = true;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private static MailboxException AsFailure(Exception exception) =>
        exception as MailboxException
        ?? new MailboxException(MailboxFailure.Connection, exception.GetType().Name + ": " + exception.Message, exception);

    private void ReadFolders()
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        HashSet<string> except =
            [.. _reading.Except.SelectMany(name => _session.Connected((connection, token) => Existing(connection, name, token), _cancellationToken))];
        foreach (string name in _reading.Folders)
        {
            IReadOnlyList<string> found;
            try
            {
                found = _session.Connected(
                    (connection, token) => connection.FindFolders(name, _reading.Recurse, token), _cancellationToken);
            }
            catch (MailboxException exception) when (exception.IsOfFolder)
            {
                Put(new MailboxItem { Address = name, Failure = exception });
                continue;
            }

            foreach (string folder in found)
            {
                if (known.Add(folder) && !except.Contains(folder))
                {
                    ReadFolder(folder);
                }
            }
        }
    }

    private static IReadOnlyList<string> Existing(IMailboxConnection connection, string name, CancellationToken cancellationToken)
    {
        try
        {
            return connection.FindFolders(name, recurse: false, cancellationToken);
        }
        catch (MailboxException exception) when (exception.IsOfFolder)
        {
            // A folder that does not exist yet need not be excluded.
            return [];
        }
    }

    private void ReadFolder(string folder)
    {
        try
        {
            IReadOnlyList<uint> uids = _session.InFolder(
                folder,
                null,
                (connection, token) => connection.Search(_reading.Since?.ToUniversalTime().AddDays(-1).Date, _reading.Unread, token),
                _cancellationToken);
            uint validity = _session.Validity;
            List<uint> gone = [];
            Count(uids.Count);
            for (int start = 0; start < uids.Count; start += BatchSize)
            {
                uint[] batch = [.. uids.Skip(start).Take(BatchSize)];
                Dictionary<uint, MailboxEntry> entries = [];
                foreach (MailboxEntry entry in
                    _session.InFolder(
                        folder, validity, (connection, token) => connection.Describe(batch, token), _cancellationToken))
                {
                    entries[entry.Uid] = entry;
                }

                foreach (uint uid in batch)
                {
                    if (!entries.TryGetValue(uid, out MailboxEntry? entry))
                    {
                        gone.Add(uid);
                    }
                    else if (entry.Received < _reading.Since)
                    {
                        Count(-1);
                    }
                    else if (!ReadMessage(new MailboxPlace(folder, validity, uid), entry))
                    {
                        gone.Add(uid);
                    }
                }
            }

            if (gone.Count > 0)
            {
                Count(-gone.Count);
                Put(new MailboxItem { Address = folder, Warning = Sentences.Fill(Strings.Mailbox_Gone, gone.Count, folder, gone[0]) });
            }
        }
        catch (MailboxException exception) when (exception.IsOfFolder)
        {
            Put(new MailboxItem { Address = folder, Failure = exception });
        }
    }

    /// <summary>Reads a message ahead.</summary>
    /// <returns>False if it is no longer there.</returns>
    private bool ReadMessage(MailboxPlace place, MailboxEntry entry)
    {
        MailboxItem item = new() { Place = place, Address = _options.AddressOf(place.Folder, place.Validity, place.Uid) };
        try
        {
            byte[]? content = entry.Size > _reading.MaximumMessageBytes
                ? throw new MailboxException(MailboxFailure.TooLarge, Strings.Reports_Limit_Held)
                : _session.Fetch(place, _cancellationToken);
            if (content is null)
            {
                return false;
            }

            Put(item with { Content = content });
        }
        catch (MailboxException exception) when (exception.Failure is MailboxFailure.TooLarge or MailboxFailure.Refused)
        {
            Put(item with { Failure = exception });
        }

        return true;
    }

    private void Count(int more)
    {
        lock (_gate)
        {
            _total += more;
        }
    }

    /// <summary>Delivers an item, and carries out orders while there is no room for it.</summary>
    private void Put(MailboxItem item)
    {
        Serve(untilFinished: false);
        lock (_gate)
        {
            while (!_isFinished && (_items.Count >= MaximumHeldItems || (_items.Count > 0 && _heldBytes >= MaximumHeldBytes)))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (_orders.Count == 0)
                {
                    Monitor.Wait(_gate);
                    continue;
                }

                Monitor.Exit(_gate);
                try
                {
                    Serve(untilFinished: false);
                }
                finally
                {
                    Monitor.Enter(_gate);
                }
            }

            Enqueue(item);
        }
    }

    private void Enqueue(MailboxItem item)
    {
        lock (_gate)
        {
            _items.Enqueue(item);
            _heldBytes += item.Content?.Length ?? 0;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Carries out orders.</summary>
    /// <param name="untilFinished">True to wait for more orders until the last one.</param>
    private void Serve(bool untilFinished)
    {
        while (true)
        {
            MailboxOrder[] orders;
            lock (_gate)
            {
                while (untilFinished && _orders.Count == 0 && !_isFinished)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    Monitor.Wait(_gate);
                }

                orders = TakeOrders();
            }

            if (orders.Length == 0)
            {
                return;
            }

            CarryOut(new MailboxChange(orders), _cancellationToken);
        }
    }

    /// <summary>Takes the next orders of one kind in one folder.</summary>
    private MailboxOrder[] TakeOrders()
    {
        List<MailboxOrder> orders = [];
        while (_orders.Count > 0 && orders.Count < BatchSize && (orders.Count == 0 || MailboxChange.IsAlike(orders[0], _orders.Peek())))
        {
            orders.Add(_orders.Dequeue());
        }

        return [.. orders];
    }

    private void CarryOut(MailboxChange change, CancellationToken cancellationToken)
    {
        try
        {
            _session.InFolder(
                change.Folder,
                change.Validity,
                (connection, token) =>
                {
                    connection.Apply(change, token);
                    return true;
                },
                cancellationToken);
            if (change.MayBeDouble)
            {
                Tell(change, null);
            }
        }
        catch (MailboxException exception) when (exception.Failure == MailboxFailure.Refused && change.Orders.Count > 1)
        {
            // Repeating them one by one shows which message fails.
            foreach (MailboxChange single in change.Each())
            {
                CarryOut(single, cancellationToken);
            }
        }
        catch (MailboxException exception)
        {
            Tell(change, exception);
            if (!exception.IsOfFolder && !_session.HasGivenUp)
            {
                throw;
            }
        }
        catch (OperationCanceledException)
        {
            // It is not lost: the grace time settles the remaining orders, this one first.
            _broken.Enqueue(change);
            throw;
        }
    }

    /// <summary>Reports each message that was not changed, or that may now exist twice.</summary>
    private void Tell(MailboxChange change, MailboxException? failure)
    {
        if (failure is not null && change.IsCopying)
        {
            string text = change.IsCopied ? Strings.Mailbox_CopiedOnly : Strings.Mailbox_PerhapsCopied;
            failure = new MailboxException(failure.Failure, Sentences.Fill(text, change.Target, failure.Message), failure);
        }

        lock (_gate)
        {
            foreach (MailboxOrder order in change.Orders)
            {
                MailboxItem item = new() { Place = order.Place, Address = order.Address, Action = order.Action };
                _items.Enqueue(failure is null
                    ? item with { Warning = Sentences.Fill(Strings.Mailbox_PerhapsDouble, order.Address, change.Target) }
                    : item with { Failure = failure });
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Carries out the remaining orders after reading has ended or was cancelled.</summary>
    private void Settle()
    {
        using CancellationTokenSource grace = new();
        bool isCancelled = _cancellationToken.IsCancellationRequested;
        if (isCancelled)
        {
            grace.CancelAfter(_reading.Grace);
        }

        while (true)
        {
            MailboxChange? change = _broken.Count > 0 ? _broken.Dequeue() : null;
            lock (_gate)
            {
                while (change is null && !isCancelled && _orders.Count == 0 && !_isFinished)
                {
                    Monitor.Wait(_gate);
                    isCancelled = _cancellationToken.IsCancellationRequested;
                }

                change ??= _orders.Count > 0 ? new MailboxChange(TakeOrders()) : null;
            }

            if (change is null)
            {
                return;
            }

            try
            {
                _session.HasGivenUp = true;
                CarryOut(change, grace.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or MailboxException)
            {
                return;
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}

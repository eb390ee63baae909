using Dmarc.Text;

namespace Dmarc.Mail.Mailboxes;

/// <summary>
/// Reads the messages of a mailbox ahead of whoever takes them, and does with them what is ordered once they have been dealt with. One
/// thread of its own speaks with the server. Where the connection is lost it connects anew, and goes on with the message that it was at;
/// what holds only under the validity of a folder ends with it.
/// </summary>
internal sealed class MailboxReader : IDisposable
{
    private const int BatchSize = 200;
    private const int MaximumHeldItems = 32;
    private const long MaximumHeldBytes = 64L << 20;

    private static readonly MailboxFailure[] OfFolder = [MailboxFailure.FolderMissing, MailboxFailure.FolderReadOnly, MailboxFailure.FolderChanged, MailboxFailure.Refused];

    private readonly object _gate = new();
    private readonly Queue<MailboxItem> _items = new();
    private readonly Queue<MailboxOrder> _orders = new();
    private readonly MailboxOptions _options;
    private readonly MailboxReadOptions _reading;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _wake;
    private readonly Thread _thread;

    // Of the reader's thread alone.
    private readonly MailboxSession _session;
    private readonly Queue<MailboxChange> _broken = new();

    private volatile bool _isRead;

    // Under the gate.
    private long _heldBytes;
    private bool _isFinished;
    private bool _isEnded;
    private long _total;

    /// <summary>Begins to read.</summary>
    /// <param name="connector">Opens connections.</param>
    /// <param name="options">Which mailbox.</param>
    /// <param name="reading">What of it.</param>
    /// <param name="cancellationToken">Ends the reading. What was ordered before is still done, within the grace time.</param>
    public MailboxReader(IMailboxConnector connector, MailboxOptions options, MailboxReadOptions reading, CancellationToken cancellationToken)
    {
        _session = new MailboxSession(connector, options, reading);
        _options = options;
        _reading = reading;
        _cancellationToken = cancellationToken;
        _wake = cancellationToken.Register(Wake);
        _thread = new Thread(Run) { IsBackground = true, Name = "Dmarc mailbox" };
        _thread.Start();
    }

    /// <summary>How many messages there are to read, as far as is known.</summary>
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
    /// <param name="patience">How long to wait for one.</param>
    /// <param name="isEnded">True if none will come any more. As long as <see cref="Finish"/> was not called, what could not be done may still come.</param>
    /// <returns>The item; null if there was none in time.</returns>
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

    /// <summary>Has something done with a message.</summary>
    public void Order(MailboxOrder order)
    {
        lock (_gate)
        {
            _orders.Enqueue(order);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>True once every message has been handed over: there are only orders to wait for.</summary>
    public bool IsRead => _isRead;

    /// <summary>Says that no order will come any more. The reader ends once all that it has is done.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            _isFinished = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until what was ordered is done, and closes the connection.</summary>
    public void Dispose()
    {
        Finish();
        lock (_gate)
        {
            // Nobody takes them any more.
            _items.Clear();
            _heldBytes = 0;
        }

        // A server that does not answer is not waited for without end.
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
            // What was ordered is settled below.
        }
#pragma warning disable CA1031 // Whatever it is must be told by whoever takes the items, not end the process.
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
        HashSet<string> except = [.. _reading.Except.SelectMany(name => _session.Connected((connection, token) => Existing(connection, name, token), _cancellationToken))];
        foreach (string name in _reading.Folders)
        {
            IReadOnlyList<string> found;
            try
            {
                found = _session.Connected((connection, token) => connection.FindFolders(name, _reading.Recurse, token), _cancellationToken);
            }
            catch (MailboxException exception) when (Array.IndexOf(OfFolder, exception.Failure) >= 0)
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
        catch (MailboxException exception) when (Array.IndexOf(OfFolder, exception.Failure) >= 0)
        {
            // What is not there yet need not be left out.
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
                foreach (MailboxEntry entry in _session.InFolder(folder, validity, (connection, token) => connection.Describe(batch, token), _cancellationToken))
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
        catch (MailboxException exception) when (Array.IndexOf(OfFolder, exception.Failure) >= 0)
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
                : Fetch(place);
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

    private byte[]? Fetch(MailboxPlace place)
    {
        int lost = 0;
        return _session.InFolder(
            place.Folder,
            place.Validity,
            (connection, token) =>
            {
                try
                {
                    return connection.Fetch(place.Uid, _reading.MaximumMessageBytes, token);
                }
                catch (MailboxException exception) when (exception.Failure == MailboxFailure.Connection && ++lost >= _reading.MaximumFetchTries)
                {
                    // This message alone must not keep the others from being read.
                    _session.Drop();
                    throw new MailboxException(
                        MailboxFailure.Refused,
                        Sentences.Fill(Strings.Mailbox_LostEachTime, lost, exception.Message),
                        exception);
                }
            },
            _cancellationToken);
    }

    private void Count(int more)
    {
        lock (_gate)
        {
            _total += more;
        }
    }

    /// <summary>Hands over an item, and does what is ordered while there is no room for it.</summary>
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

    /// <summary>Does what is ordered.</summary>
    /// <param name="untilFinished">True to wait for more, until none will come.</param>
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

    /// <summary>The next orders of one kind in one folder.</summary>
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
            // Which of them it is about, each by itself tells.
            foreach (MailboxChange single in change.Each())
            {
                CarryOut(single, cancellationToken);
            }
        }
        catch (MailboxException exception)
        {
            Tell(change, exception);
            if (Array.IndexOf(OfFolder, exception.Failure) < 0 && !_session.HasGivenUp)
            {
                throw;
            }
        }
        catch (OperationCanceledException)
        {
            // It is not lost: what is left is settled in the grace time, this first.
            _broken.Enqueue(change);
            throw;
        }
    }

    /// <summary>Tells of each message that it was not changed, or that it may now be there twice.</summary>
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

    /// <summary>Does what is still ordered after the reading has ended or was cancelled.</summary>
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

namespace Dmarc.Mail.Mailboxes;

/// <summary>A connection to a mailbox that reconnects after a loss and reopens its folder. For one thread.</summary>
/// <param name="connector">Opens connections.</param>
/// <param name="options">The mailbox.</param>
/// <param name="reading">How often to reconnect and to fetch a message, and whether folders are opened for changes.</param>
internal sealed class MailboxSession(IMailboxConnector connector, MailboxOptions options, MailboxReadOptions reading)
{
    private IMailboxConnection? _connection;
    private (string Name, uint Validity)? _open;
    private bool _hasConnected;

    /// <summary>True once it no longer reconnects.</summary>
    public bool HasGivenUp { get; set; }

    /// <summary>The UIDVALIDITY of the open folder.</summary>
    public uint Validity => _open!.Value.Validity;

    /// <summary>Works in a folder, and repeats the work after a lost connection while reconnecting succeeds.</summary>
    public T InFolder<T>(string folder, uint? validity, Func<IMailboxConnection, CancellationToken, T> work, CancellationToken cancellationToken) => Connected(
        (connection, token) =>
        {
            if (_open?.Name != folder)
            {
                _open = null;
                _open = (folder, connection.Open(folder, reading.Writable, token));
            }

            return validity is null || validity == _open.Value.Validity
                ? work(connection, token)
                : throw new MailboxException(MailboxFailure.FolderChanged, Sentences.Fill(Strings.Mailbox_FolderChanged, folder));
        },
        cancellationToken);

    /// <summary>The bytes of a message; null if it is no longer there. A message that costs the connection each time is given up.</summary>
    public byte[]? Fetch(MailboxPlace place, CancellationToken cancellationToken)
    {
        int lost = 0;
        return InFolder(
            place.Folder,
            place.Validity,
            (connection, token) =>
            {
                try
                {
                    return connection.Fetch(place.Uid, reading.MaximumMessageBytes, token);
                }
                catch (MailboxException exception) when (exception.Failure == MailboxFailure.Connection
                    && ++lost >= reading.MaximumFetchTries)
                {
                    // One faulty message must not block the others.
                    Drop();
                    throw new MailboxException(
                        MailboxFailure.Refused,
                        Sentences.Fill(Strings.Mailbox_LostEachTime, lost, exception.Message),
                        exception);
                }
            },
            cancellationToken);
    }

    /// <summary>Works with a connection, and repeats the work after a loss while reconnecting succeeds.</summary>
    public T Connected<T>(Func<IMailboxConnection, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                _connection ??= connector.Connect(options, cancellationToken);
                _hasConnected = true;
                return work(_connection, cancellationToken);
            }
            catch (MailboxException exception) when (exception.Failure is MailboxFailure.Connection or MailboxFailure.TooLarge)
            {
                Drop();
                if (exception.Failure == MailboxFailure.TooLarge || !_hasConnected || HasGivenUp || tries >= reading.Pauses.Count)
                {
                    throw;
                }

                TimeSpan pause = reading.Pauses[tries];
                options.Log?.Invoke(Sentences.Fill(Strings.Mailbox_Reconnecting, exception.Message, pause.TotalSeconds));
                if (cancellationToken.WaitHandle.WaitOne(pause))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
            catch (OperationCanceledException)
            {
                // A command was interrupted, so the connection is unusable.
                Drop();
                throw;
            }
        }
    }

    /// <summary>Closes the connection, if there is one.</summary>
    public void Drop()
    {
        _open = null;
        IMailboxConnection? connection = _connection;
        _connection = null;
        connection?.Dispose();
    }
}

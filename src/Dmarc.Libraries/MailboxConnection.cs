using Dmarc.Mail.Mailboxes;
using Dmarc.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace Dmarc.Libraries;

/// <summary>A mailbox over IMAP, using MailKit.</summary>
internal sealed class MailboxConnection(ImapClient client, MailboxWatch watch, MailboxOptions options) : IMailboxConnection
{
    /// <summary>The minimum rate of a message in bytes a second: a slower server is stalling.</summary>
    private const int SlowestRate = 8192;

    private const int MaximumFolders = 10_000;
    private const int MaximumMessages = 10_000_000;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IMailFolder> _targets = new(StringComparer.Ordinal);
    private IMailFolder? _open;

    /// <inheritdoc/>
    public IReadOnlyList<string> FindFolders(
        string name, bool recurse, CancellationToken cancellationToken) => Do(MailboxWatch.LongAnswer, token =>
    {
        IMailFolder folder = Find(name, token) ?? throw new MailboxException(
            MailboxFailure.FolderMissing,
            Sentences.Fill(Strings.Mailbox_FolderMissing, name));
        List<string> found = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        Stack<IMailFolder> open = new();
        open.Push(folder);
        while (open.Count > 0 && known.Count < MaximumFolders)
        {
            IMailFolder current = open.Pop();
            if (!known.Add(current.FullName))
            {
                continue;
            }

            if ((current.Attributes & (FolderAttributes.NoSelect | FolderAttributes.NonExistent)) == 0)
            {
                found.Add(current.FullName);
            }

            IEnumerable<IMailFolder> inside = recurse ? current.GetSubfolders(false, token) : [];
            foreach (IMailFolder below in inside.OrderByDescending(below => below.FullName, StringComparer.Ordinal))
            {
                open.Push(below);
            }
        }

        return found;
    }, cancellationToken);

    /// <inheritdoc/>
    public uint Open(string folder, bool writable, CancellationToken cancellationToken) => Do(MailboxWatch.SmallAnswer, token =>
    {
        _open = null;
        IMailFolder opened = client.GetFolder(folder, token);
        FolderAccess access = opened.Open(writable ? FolderAccess.ReadWrite : FolderAccess.ReadOnly, token);
        if (writable && access != FolderAccess.ReadWrite)
        {
            throw new MailboxException(MailboxFailure.FolderReadOnly, Sentences.Fill(Strings.Mailbox_FolderReadOnly, folder));
        }

        _open = opened;
        return opened.UidValidity;
    }, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<uint> Search(
        DateTime? since, bool unread, CancellationToken cancellationToken) => Do(MailboxWatch.LongAnswer, token =>
    {
        SearchQuery query = SearchQuery.NotDeleted;
        query = since is { } day ? query.And(SearchQuery.DeliveredAfter(day)) : query;
        query = unread ? query.And(SearchQuery.NotSeen) : query;
        IList<UniqueId> found = _open!.Search(query, token);
        if (found.Count > MaximumMessages)
        {
            throw new MailboxException(MailboxFailure.Refused, Strings.Mailbox_TooMuch);
        }

        uint[] uids = [.. found.Select(uid => uid.Id).Distinct()];
        Array.Sort(uids);
        return uids;
    }, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<MailboxEntry> Describe(
        IReadOnlyList<uint> uids, CancellationToken cancellationToken) => Do(MailboxWatch.SmallAnswer, token =>
        _open!.Fetch(ToSet(uids), MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate, token)
            .Where(summary => summary.UniqueId.IsValid)
            .Select(summary => new MailboxEntry(summary.UniqueId.Id, summary.Size ?? 0, summary.InternalDate))
            .ToList(), cancellationToken);

    /// <inheritdoc/>
    public byte[]? Fetch(uint uid, long maximumBytes, CancellationToken cancellationToken)
    {
        TimeSpan time = options.Timeout + options.Timeout + TimeSpan.FromSeconds(maximumBytes / SlowestRate);
        return watch.Do(time, maximumBytes + MailboxWatch.SmallAnswer, token =>
        {
            try
            {
                using Stream stream = _open!.GetStream(new UniqueId(uid), token);
                if (stream.Length > maximumBytes)
                {
                    throw new MailboxException(MailboxFailure.TooLarge, Strings.Mailbox_TooMuch);
                }

                byte[] bytes = new byte[stream.Length];
                int length = 0;
                for (int read = -1; read != 0 && length < bytes.Length; length += read)
                {
                    read = stream.Read(bytes, length, bytes.Length - length);
                }

                return bytes.Length > 0 || IsThere(uid, token) ? bytes : null;
            }
            catch (MessageNotFoundException)
            {
                return null;
            }
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public void Apply(MailboxChange change, CancellationToken cancellationToken) => Do(MailboxWatch.SmallAnswer, token =>
    {
        IList<UniqueId> set = ToSet(change.Uids);
        switch (change.Action)
        {
            case MailboxAction.MarkRead:
                _open!.AddFlags(set, MessageFlags.Seen, true, token);
                break;
            case MailboxAction.Move when (client.Capabilities & ImapCapabilities.Move) != 0:
                _open!.MoveTo(set, Target(change.Target!, token), token);
                break;
            case MailboxAction.Move:
                new MailboxCopy(
                    _open!,
                    set,
                    Target(change.Target!, token),
                    (client.Capabilities & ImapCapabilities.Status) != 0).Apply(change, token);
                break;
            default:
                _open!.AddFlags(set, MessageFlags.Deleted, true, token);
                _open!.Expunge(set, token);
                break;
        }

        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            using CancellationTokenSource farewell = new(Farewell);
            client.Disconnect(client.IsConnected, farewell.Token);
        }
#pragma warning disable CA1031 // The work is done, or the connection is lost: neither needs a logout.
        catch (Exception)
#pragma warning restore CA1031
        {
            // No result depends on it.
        }

        client.Dispose();
    }

    private T Do<T>(long bytes, Func<CancellationToken, T> work, CancellationToken cancellationToken) =>
        watch.Do(options.Timeout + options.Timeout + options.Timeout, bytes, work, cancellationToken);

    private static UniqueIdSet ToSet(IReadOnlyList<uint> uids)
    {
        UniqueIdSet set = new(SortOrder.Ascending);
        foreach (uint uid in uids)
        {
            set.Add(new UniqueId(uid));
        }

        return set;
    }

    /// <summary>False for a message removed by another client: some servers send it empty (RFC 9051 §7.5.1).</summary>
    private bool IsThere(uint uid, CancellationToken cancellationToken)
    {
        client.NoOp(cancellationToken);
        return _open!.Fetch([new UniqueId(uid)], MessageSummaryItems.UniqueId | MessageSummaryItems.Size, cancellationToken)
            .Any(summary => summary.UniqueId.Id == uid);
    }

    /// <summary>The target folder, created if it is missing.</summary>
    private IMailFolder Target(string name, CancellationToken cancellationToken)
    {
        if (_targets.TryGetValue(name, out IMailFolder? known))
        {
            return known;
        }

        IMailFolder? folder = Find(name, cancellationToken);
        if (folder is null)
        {
            // Each level separately: not every server creates parents.
            folder = client.PersonalNamespaces.Count > 0
                ? client.GetFolder(client.PersonalNamespaces[0])
                : throw new MailboxException(MailboxFailure.FolderMissing, Sentences.Fill(Strings.Mailbox_FolderMissing, name));
            foreach (string level in name.Split('/', folder.DirectorySeparator).Where(level => level.Length > 0))
            {
                IMailFolder above = folder;
                folder = above.FullName.Length == 0 && level.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? client.Inbox
                    : above.GetSubfolders(false, cancellationToken).FirstOrDefault(below => below.Name == level)
                    ?? above.Create(level, true, cancellationToken)
                    ?? throw new MailboxException(MailboxFailure.FolderMissing, Sentences.Fill(Strings.Mailbox_FolderMissing, name));
            }
        }

        _targets[name] = folder;
        return folder;
    }

    /// <summary>A folder by its usual name; null if it does not exist.</summary>
    private IMailFolder? Find(string name, CancellationToken cancellationToken)
    {
        if (name.Equals("INBOX", StringComparison.OrdinalIgnoreCase))
        {
            return client.Inbox;
        }

        FolderNamespace space = client.PersonalNamespaces.Count > 0 ? client.PersonalNamespaces[0] : new FolderNamespace('/', "");
        string own = name.Replace('/', space.DirectorySeparator);
        string prefix = space.Path.Length == 0 || space.Path[space.Path.Length - 1] == space.DirectorySeparator
            ? space.Path
            : space.Path + space.DirectorySeparator;
        foreach (string candidate in new[] { name, own, prefix + own }.Distinct())
        {
            try
            {
                IMailFolder folder = client.GetFolder(candidate, cancellationToken);
                if (folder.Exists)
                {
                    return folder;
                }
            }
            catch (FolderNotFoundException)
            {
                // The next form of the name may match.
            }
        }

        return null;
    }
}

namespace Dmarc.Mail.Mailboxes;

/// <summary>
/// What to do with messages of one folder, all alike. Where the connection is lost over it, the same change is given again: it knows how
/// far it came, so that a server that can only copy and remove holds no message twice.
/// </summary>
internal sealed class MailboxChange(IReadOnlyList<MailboxOrder> orders)
{
    /// <summary>What was ordered, at least one.</summary>
    public IReadOnlyList<MailboxOrder> Orders { get; } = orders;

    /// <summary>What to do with each.</summary>
    public MailboxAction Action => Orders[0].Action;

    /// <summary>The folder to move to; null for other actions.</summary>
    public string? Target => Orders[0].Target;

    /// <summary>The folder of the messages.</summary>
    public string Folder => Orders[0].Place.Folder;

    /// <summary>The validity under which their numbers hold.</summary>
    public uint Validity => Orders[0].Place.Validity;

    /// <summary>The numbers of the messages.</summary>
    public uint[] Uids { get; } = [.. orders.Select(order => order.Place.Uid)];

    /// <summary>True once the server was asked to copy the messages.</summary>
    public bool IsCopying { get; set; }

    /// <summary>The target before that: its validity and the number of its next message; null if the server does not tell.</summary>
    public (uint Validity, uint Next)? Before { get; set; }

    /// <summary>True once the copies are known to be in the target: the messages have only to be removed.</summary>
    public bool IsCopied { get; set; }

    /// <summary>True if the messages may be in the target twice.</summary>
    public bool MayBeDouble { get; set; }

    /// <summary>True where both do the same with messages of the same folder.</summary>
    public static bool IsAlike(MailboxOrder one, MailboxOrder other) =>
        one.Action == other.Action
        && one.Target == other.Target
        && one.Place.Folder == other.Place.Folder
        && one.Place.Validity == other.Place.Validity;

    /// <summary>The change for each message by itself, as far as this one came.</summary>
    public IEnumerable<MailboxChange> Each() =>
        Orders.Select(order => new MailboxChange([order]) { IsCopying = IsCopied, IsCopied = IsCopied, MayBeDouble = MayBeDouble });
}

namespace Dmarc.Mail.Mailboxes;

/// <summary>
/// One action on messages of one folder. After a lost connection the same change is applied again: it records its
/// progress, so that a server that can only copy and remove never keeps two copies.
/// </summary>
internal sealed class MailboxChange(IReadOnlyList<MailboxOrder> orders)
{
    /// <summary>The orders, at least one.</summary>
    public IReadOnlyList<MailboxOrder> Orders { get; } = orders;

    /// <summary>The action for each message.</summary>
    public MailboxAction Action => Orders[0].Action;

    /// <summary>The target folder of a move; null for other actions.</summary>
    public string? Target => Orders[0].Target;

    /// <summary>The folder of the messages.</summary>
    public string Folder => Orders[0].Place.Folder;

    /// <summary>The UIDVALIDITY of the UIDs.</summary>
    public uint Validity => Orders[0].Place.Validity;

    /// <summary>The UIDs of the messages.</summary>
    public uint[] Uids { get; } = [.. orders.Select(order => order.Place.Uid)];

    /// <summary>True once the server was told to copy the messages.</summary>
    public bool IsCopying { get; set; }

    /// <summary>
    /// The target before the copy: UIDVALIDITY and next UID; null if the server does not report them.
    /// </summary>
    public (uint Validity, uint Next)? Before { get; set; }

    /// <summary>True once the copies are known to be in the target: only removing the originals remains.</summary>
    public bool IsCopied { get; set; }

    /// <summary>True if the messages may be in the target twice.</summary>
    public bool MayBeDouble { get; set; }

    /// <summary>True if both apply the same action to messages of the same folder.</summary>
    public static bool IsAlike(MailboxOrder one, MailboxOrder other) =>
        one.Action == other.Action
        && one.Target == other.Target
        && one.Place.Folder == other.Place.Folder
        && one.Place.Validity == other.Place.Validity;

    /// <summary>Splits the change into one for each message, with the progress so far.</summary>
    public IEnumerable<MailboxChange> Each() =>
        Orders.Select(order => new MailboxChange([order]) { IsCopying = IsCopied, IsCopied = IsCopied, MayBeDouble = MayBeDouble });
}

using Dmarc.Mail.Mailboxes;
using Dmarc.Text;
using MailKit;

namespace Dmarc.Libraries;

/// <summary>
/// Moves messages on a server without MOVE (RFC 6851): copies and then removes them. A copy is atomic (RFC 9051
/// §6.4.7), so if the answer to it was lost, the target shows whether it was made.
/// </summary>
internal sealed class MailboxCopy(IMailFolder folder, IList<UniqueId> messages, IMailFolder target, bool hasStatus)
{
    /// <summary>Resumes the change where it stopped.</summary>
    public void Apply(MailboxChange change, CancellationToken cancellationToken)
    {
        if (change.IsCopying && !change.IsCopied)
        {
            bool? isThere = AreThere(change, cancellationToken);
            change.IsCopied = isThere == true;
            change.MayBeDouble |= isThere is null;
        }

        if (!change.IsCopied)
        {
            change.Before = Ask(cancellationToken);
            change.IsCopying = true;
            folder.CopyTo(messages, target, cancellationToken);
            change.IsCopied = true;
        }

        folder.AddFlags(messages, MessageFlags.Deleted, true, cancellationToken);
        folder.Expunge(messages, cancellationToken);
    }

    /// <summary>True if the copies are in the target, false if not, null if unknown.</summary>
    private bool? AreThere(MailboxChange change, CancellationToken cancellationToken)
    {
        if (change.Before is not { } before || Ask(cancellationToken) is not { } now || now.Validity != before.Validity)
        {
            return null;
        }

        if (now.Next == before.Next)
        {
            return false;
        }

        // The target has new messages. A copy has the size and the date of the message (RFC 9051 §6.4.7).
        List<(uint?, DateTimeOffset?)> wanted = Describe(folder, messages, cancellationToken);
        target.Open(FolderAccess.ReadOnly, cancellationToken);
        List<(uint?, DateTimeOffset?)> found =
            Describe(target, new UniqueIdRange(new UniqueId(before.Next), UniqueId.MaxValue), cancellationToken);
        folder.Open(FolderAccess.ReadWrite, cancellationToken);
        if (folder.UidValidity != change.Validity)
        {
            throw new MailboxException(MailboxFailure.FolderChanged, Sentences.Fill(Strings.Mailbox_FolderChanged, change.Folder));
        }

        int there = wanted.Count(found.Remove);
        return there == wanted.Count ? true : there == 0 ? false : null;
    }

    private static List<(uint? Size, DateTimeOffset? Date)> Describe(
        IMailFolder from, IList<UniqueId> which, CancellationToken cancellationToken) =>
        [.. from.Fetch(which, MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate, cancellationToken)
            .Where(summary => summary.UniqueId.IsValid)
            .Select(summary => (summary.Size, summary.InternalDate))];

    private (uint Validity, uint Next)? Ask(CancellationToken cancellationToken)
    {
        if (!hasStatus)
        {
            return null;
        }

        target.Status(StatusItems.UidNext | StatusItems.UidValidity, cancellationToken);
        return target.UidNext is { } next ? (target.UidValidity, next.Id) : null;
    }
}

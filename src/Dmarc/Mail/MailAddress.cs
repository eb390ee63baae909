using Dmarc.Text;

namespace Dmarc.Mail;

/// <summary>One mailbox of an address field (RFC 5322 §3.4).</summary>
/// <param name="DisplayName">The name beside the address, its quotes taken off and its encoded words read; empty if there is none.</param>
/// <param name="LocalPart">What stands before the last at sign, quotes taken off; empty if there is no address.</param>
/// <param name="Domain">What stands after the last at sign, as it is written; empty if there is none. May be an address literal in brackets.</param>
/// <param name="Group">The name of the group that the mailbox is a member of; empty if it is of none.</param>
public sealed record MailAddress(string DisplayName, string LocalPart, string Domain, string Group = "")
{
    /// <summary>Local part and domain with the at sign between; the local part alone where there is no domain.</summary>
    public string Address => Domain.Length == 0 ? LocalPart : LocalPart + "@" + Domain;

    /// <summary>
    /// Reads the mailboxes of a field, those in groups included. Nothing is refused: an entry without an address gives
    /// one without a domain, so that it is not overlooked.
    /// </summary>
    /// <param name="text">The unfolded value of the field, its encoded words not yet read; null gives none.</param>
    public static PrintableList<MailAddress> ParseList(string? text) => new MailAddressParser(text ?? "").Parse().ToPrintableList();

    /// <summary>The same, and whether the text leaves open which addresses it names, as where a comma is missing between two of them.</summary>
    internal static PrintableList<MailAddress> ParseList(string? text, out bool isAmbiguous)
    {
        MailAddressParser parser = new(text ?? "");
        PrintableList<MailAddress> addresses = parser.Parse().ToPrintableList();
        isAmbiguous = parser.IsAmbiguous;
        return addresses;
    }

    /// <summary>The address; the name before it if there is one.</summary>
    public override string ToString() => DisplayName.Length == 0 ? Address : DisplayName + " <" + Address + ">";
}

namespace Dmarc.Mail;

/// <summary>One mailbox of an address field (RFC 5322 §3.4).</summary>
/// <param name="DisplayName">The display name, unquoted and with encoded words decoded; may be empty.</param>
/// <param name="LocalPart">The text before the last at sign, unquoted; empty if there is no address.</param>
/// <param name="Domain">The text after the last at sign, or an address literal in brackets; may be empty.</param>
/// <param name="Group">The name of the group that contains the mailbox; empty if there is none.</param>
public sealed record MailAddress(string DisplayName, string LocalPart, string Domain, string Group = "")
{
    /// <summary>Local part and domain joined by an at sign; only the local part if there is no domain.</summary>
    public string Address => Domain.Length == 0 ? LocalPart : LocalPart + "@" + Domain;

    /// <summary>
    /// Reads the mailboxes of a field, including those in groups. Nothing is refused: an entry without an address
    /// becomes a mailbox without a domain, so that it is not overlooked.
    /// </summary>
    /// <param name="text">The unfolded value of the field, with encoded words; null yields an empty list.</param>
    public static PrintableList<MailAddress> ParseList(string? text) => new MailAddressParser(text ?? "").Parse().ToPrintableList();

    /// <summary>Also reports if the addresses are ambiguous, for example if a comma between two is missing.</summary>
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

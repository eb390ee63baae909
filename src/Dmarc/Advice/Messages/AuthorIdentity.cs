using Dmarc.Mail;

namespace Dmarc.Advice.Messages;

/// <summary>Why a message does not have exactly one Author Domain.</summary>
internal enum AuthorProblem
{
    None,
    NoField,
    NoDomain,
    SeveralFields,
    SeveralDomains,
    Ambiguous,
}

/// <summary>The author of a message (RFC 9989 §5.3.1).</summary>
internal sealed record AuthorIdentity
{
    /// <summary>The maximum number of domains examined.</summary>
    public const int MaximumDomains = 5;

    /// <summary>Separators between several domains given as the author.</summary>
    private static readonly char[] Separators = [',', ';', ' ', '\t'];

    /// <summary>The addresses as written, joined by commas.</summary>
    public string Text { get; init; } = "";

    /// <summary>The distinct domains, in order.</summary>
    public PrintableList<DomainName> Domains { get; init; } = PrintableList<DomainName>.Empty;

    public AuthorProblem Problem { get; init; }

    /// <summary>The Author Domain; null if there is not exactly one.</summary>
    public DomainName? Domain => Problem == AuthorProblem.None ? Domains[0] : null;

    /// <summary>
    /// Reads the author of a message. A repeated field makes the message invalid even if both have the same domain (RFC
    /// 5322 §3.6, RFC 9989 §4.4); several mailboxes of one domain in one field are one Author Domain.
    /// </summary>
    public static AuthorIdentity Read(MailMessage message)
    {
        bool isAmbiguous = false;
        foreach (MailHeader header in message.GetHeaders("From"))
        {
            _ = MailAddress.ParseList(header.Value, out bool isOpen);
            isAmbiguous |= isOpen;
        }

        return Read(message.From, message.GetHeaders("From").Count(), isAmbiguous);
    }

    /// <summary>Reads an author as in a From field or as a domain; several domains are several addresses.</summary>
    public static AuthorIdentity Read(string from)
    {
        if (from.IndexOf('@') >= 0 && MailAddress.ParseList(from, out bool isAmbiguous) is { Count: > 0 } addresses)
        {
            return addresses.Count > 1 || isAmbiguous
                ? Read(addresses, 1, isAmbiguous)
                : ReadOne(addresses[0].Address, addresses[0].Domain);
        }

        string[] parts = from.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        DomainName[] domains =
            [.. parts.Select(part => DomainInput.TryRead(part, out DomainName? domain, out _) && domain.LabelCount > 1 ? domain : null).OfType<DomainName>()];
        return parts.Length > 1 && domains.Length == parts.Length
            ? Read(domains.Select(domain => new MailAddress("", "", domain.ToString())).ToPrintableList(), 1, false)
                with { Text = string.Join(", ", parts.Take(MaximumDomains)) }
            : ReadOne(from.Trim(), from);
    }

    private static AuthorIdentity Read(PrintableList<MailAddress> addresses, int fields, bool isAmbiguous)
    {
        List<DomainName> domains = [];
        bool unreadable = false;
        foreach (MailAddress address in addresses)
        {
            if (DomainName.TryParse(address.Domain, out DomainName? domain) && !AddressText.IsAddress(domain.ToString()))
            {
                if (!domains.Contains(domain) && domains.Count < MaximumDomains)
                {
                    domains.Add(domain);
                }
            }
            else
            {
                unreadable = true;
            }
        }

        return new AuthorIdentity
        {
            Text = string.Join(", ", addresses.Take(MaximumDomains).Select(address => address.Address)),
            Domains = domains.ToPrintableList(),
            Problem = fields == 0 ? AuthorProblem.NoField
                : fields > 1 ? AuthorProblem.SeveralFields
                : domains.Count == 0 ? AuthorProblem.NoDomain
                : domains.Count > 1 || (unreadable && !isAmbiguous) ? AuthorProblem.SeveralDomains
                : isAmbiguous ? AuthorProblem.Ambiguous
                : AuthorProblem.None,
        };
    }

    private static AuthorIdentity ReadOne(string text, string host) =>
        DomainInput.TryRead(host, out DomainName? domain, out _) && !AddressText.IsAddress(domain.ToString())
        ? new AuthorIdentity { Text = text, Domains = [domain] }
        : new AuthorIdentity { Text = text, Problem = AuthorProblem.NoDomain };
}

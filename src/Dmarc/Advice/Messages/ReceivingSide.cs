using System.Net;
using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;
using Dmarc.Text;

namespace Dmarc.Advice.Messages;

/// <summary>One Received field, and where it stands.</summary>
/// <param name="Field">The field.</param>
/// <param name="Index">Its place among all fields, from 0 at the top.</param>
internal sealed record ReceivedHop(ReceivedHeader Field, int Index);

/// <summary>
/// The part of a header that the receiver's own servers wrote. Servers write on top, so it ends at the Received field by
/// which the first of them took the message from outside: what stands below that may be the sender's (RFC 8601 §5, §7.1).
/// </summary>
internal sealed record ReceivingSide
{
    /// <summary>Operators whose servers write their results below their own Received field, and take away what bears their name there.</summary>
    private static readonly DomainName[] WritingBelow = [.. new[] { "google.com", "amazonaws.com", "amazonses.com" }.Select(DomainName.Parse)];

    private static readonly string[] WrittenBelow = ["Authentication-Results", "Received-SPF", "X-SES-", "ARC-", "X-Google-"];

    public static ReceivingSide Unknown { get; } = new();

    /// <summary>The Received fields, from the top.</summary>
    public PrintableList<ReceivedHop> Hops { get; init; } = PrintableList<ReceivedHop>.Empty;

    /// <summary>The hop from outside; null if none shows.</summary>
    public ReceivedHop? EdgeHop { get; init; }

    /// <summary>The hop by which a server of one's own in front handed the message on; null if none did.</summary>
    public ReceivedHop? Gateway { get; init; }

    /// <summary>
    /// The client of the hop from outside where it is a mail exchanger of a domain that only the sender names as a recipient's: it may be a
    /// gateway, or the sender's own host.
    /// </summary>
    public DomainName? PossibleGatewayDomain { get; init; }

    /// <summary>
    /// True if a mail exchanger of the recipient's domain handed the message to Microsoft 365, but does not say from whom it took it: it may
    /// have written the message itself.
    /// </summary>
    public bool IsFromOwnExchange { get; init; }

    /// <summary>The place from which on a field may be the sender's.</summary>
    public int End { get; init; } = int.MaxValue;

    /// <summary>True where Exchange took the message in, so that the fields of Exchange in it are not a stranger's: Exchange takes those away.</summary>
    public bool IsExchange => Hops.Count == 0 || Hops.Where(hop => hop.Index <= End).Any(hop => IsOfExchange(hop.Field));

    /// <summary>True for a field that the receiver's servers can have written.</summary>
    public bool Holds(MailMessage message, MailHeader field, string server, IOrganizationalDomainSource suffixes) =>
        field.Index < End || IsWrittenBelow(message, field, server, suffixes);

    /// <summary>True for an address of the gateway, of which SPF says nothing about the sender.</summary>
    public bool IsGateway(IPAddress? address) => Gateway is not null && (address is null || address.Equals(Gateway.Field.ClientAddress));

    /// <summary>The side by the Received fields alone: a server of one's own in front is not known as such.</summary>
    public static ReceivingSide Read(MailMessage message, MessageTraits traits, IOrganizationalDomainSource suffixes)
    {
        PrintableList<ReceivedHop> hops = message.GetHeaders("Received")
            .Zip(traits.Received, (header, field) => new ReceivedHop(field, header.Index))
            .ToPrintableList();
        return new ReceivingSide { Hops = hops }.WithBorder(FindBorder(hops, 0, suffixes));
    }

    /// <summary>The side with the hop at a place as its edge; without one where that is negative.</summary>
    public ReceivingSide WithBorder(int position) =>
        position < 0 ? this with { EdgeHop = null, End = int.MaxValue } : this with { EdgeHop = Hops[position], End = Hops[position].Index };

    public static bool IsOfExchange(ReceivedHeader hop) =>
        ServerGroup.IsMicrosoft(hop.By)
        || hop.With?.StartsWith("Microsoft SMTP", StringComparison.OrdinalIgnoreCase) == true
        || string.Equals(hop.With, "mapi", StringComparison.OrdinalIgnoreCase);

    /// <summary>The place of the first hop from outside, from a place on; -1 where there is none.</summary>
    public static int FindBorder(PrintableList<ReceivedHop> hops, int start, IOrganizationalDomainSource suffixes)
    {
        for (int i = start; i < hops.Count; i++)
        {
            ReceivedHeader hop = hops[i].Field;
            if (hop.ClientAddress is { } address ? PublicAddress.Is(address) && !IsInternal(hop, suffixes) : IsFromElsewhere(hop, suffixes))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>True if the server says of the reverse name that it does not lead back to the address, so that whoever owns that made it up: Sendmail's words.</summary>
    public static bool IsDoubted(ReceivedHeader hop) =>
        hop.Comments.Any(comment => comment.IndexOf("may be forged", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>True for a server of an operator whose outgoing mail comes back to it as everybody's does.</summary>
    public static bool IsShared(DomainName host) => ServerGroup.IsOfManyCustomers(host) || ServerGroup.IsMicrosoft(host.ToString());

    private static bool IsInternal(ReceivedHeader hop, IOrganizationalDomainSource suffixes) =>
        !(DomainName.TryParse(hop.By, out DomainName? by) && ServerGroup.IsOfManyCustomers(by))
        && ServerGroup.IsSame(hop.By, hop.ReverseName ?? hop.From, suffixes)
        && !ServerGroup.IsOfCustomer(hop.ReverseName ?? hop.From, hop.ClientAddress)
        && ((hop.ReverseName is not null && !IsDoubted(hop)) || !SaysOnlyHelo(hop) || ServerGroup.IsSameNetwork(hop));

    /// <summary>True for a hop without an address whose client has the name of another organisation: what it handed over is not the receiver's.</summary>
    private static bool IsFromElsewhere(ReceivedHeader hop, IOrganizationalDomainSource suffixes) =>
        DomainName.TryParse(hop.ReverseName ?? hop.From, out DomainName? from)
        && DomainName.TryParse(hop.By, out DomainName? by)
        && from.LabelCount > 1
        && by.LabelCount > 1
        && !from.ToString().StartsWith("localhost.", StringComparison.Ordinal)
        && !AddressText.IsAddress(hop.From)
        && !IsLocalProtocol(hop.With)
        && !ServerGroup.IsSame(by, from, suffixes);

    private static bool IsLocalProtocol(string? with) =>
        with is not null
        && (with.StartsWith("HTTP", StringComparison.OrdinalIgnoreCase)
            || with.StartsWith("LMTP", StringComparison.OrdinalIgnoreCase)
            || with.StartsWith("local", StringComparison.OrdinalIgnoreCase)
            || string.Equals(with, "mapi", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// True if the name of the client can be what it called itself: Exchange writes no reverse name, and neither do some others.
    /// Whoever connects can greet with a name of the receiver's. Exim puts a name there only once it has verified it, and what comes
    /// over HTTP does not greet.
    /// </summary>
    private static bool SaysOnlyHelo(ReceivedHeader hop) =>
        hop.With?.StartsWith("HTTP", StringComparison.OrdinalIgnoreCase) != true
        && !hop.Comments.Any(comment => comment.StartsWith("Exim", StringComparison.OrdinalIgnoreCase));

    /// <summary>The first field of a kind directly below the edge's own, of an operator that writes there.</summary>
    private bool IsWrittenBelow(MailMessage message, MailHeader field, string server, IOrganizationalDomainSource suffixes)
    {
        if (EdgeHop is not { } edge
            || !DomainName.TryParse(edge.Field.By, out DomainName? by)
            || !Array.Exists(WritingBelow, by.IsEqualToOrBelow)
            || !ServerGroup.IsSame(server, edge.Field.By, suffixes))
        {
            return false;
        }

        for (int i = edge.Index + 1; i < field.Index; i++)
        {
            MailHeader between = message.Headers[i];
            if (between.IsNamed(field.Name) || !Array.Exists(WrittenBelow, name => between.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }
        }

        return true;
    }
}

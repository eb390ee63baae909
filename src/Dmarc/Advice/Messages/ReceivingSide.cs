using System.Net;
using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>One Received field and its position.</summary>
/// <param name="Field">The field.</param>
/// <param name="Index">The index among all fields, from 0 at the top.</param>
internal sealed record ReceivedHop(ReceivedHeader Field, int Index);

/// <summary>
/// The part of a header written by the receiver's own servers. Servers write on top, so it ends at the Received field
/// by which the first of them accepted the message from outside: the sender may have written everything below (RFC 8601
/// §5, §7.1).
/// </summary>
internal sealed record ReceivingSide
{
    /// <summary>The fields that Google's and Amazon's servers write below their own Received field.</summary>
    private static readonly string[] WrittenBelow = ["Authentication-Results", "Received-SPF", "X-SES-", "ARC-", "X-Google-"];

    public static ReceivingSide Unknown { get; } = new();

    /// <summary>The Received fields, from the top.</summary>
    public PrintableList<ReceivedHop> Hops { get; init; } = PrintableList<ReceivedHop>.Empty;

    /// <summary>The hop from outside; null if there is none.</summary>
    public ReceivedHop? EdgeHop { get; init; }

    /// <summary>The hop by which one's own gateway forwarded the message; null if there is none.</summary>
    public ReceivedHop? Gateway { get; init; }

    /// <summary>
    /// The client of the hop from outside if it is a mail exchange of a domain that only the sender names as a
    /// recipient: it may be a gateway, or the sender's own host.
    /// </summary>
    public DomainName? PossibleGatewayDomain { get; init; }

    /// <summary>
    /// True if a mail exchange of the recipient's domain sent the message to Microsoft 365 without naming its own
    /// client: it may be the origin of the message.
    /// </summary>
    public bool IsFromOwnExchange { get; init; }

    /// <summary>The index from which a field may be the sender's.</summary>
    public int End { get; init; } = int.MaxValue;

    /// <summary>True if Exchange received the message: its fields are genuine, as Exchange removes others.</summary>
    public bool IsExchange => Hops.Count == 0 || Hops.Where(hop => hop.Index <= End).Any(hop => IsOfExchange(hop.Field));

    /// <summary>True for a field that the receiver's servers may have written.</summary>
    public bool Holds(MailMessage message, MailHeader field, string server, IOrganizationalDomainSource suffixes) =>
        field.Index < End || IsWrittenBelow(message, field, server, suffixes);

    /// <summary>True for an address of the gateway, whose SPF result says nothing about the sender.</summary>
    public bool IsGateway(IPAddress? address) => Gateway is not null && (address is null || address.Equals(Gateway.Field.ClientAddress));

    /// <summary>The side according to the Received fields only, without detecting one's own gateway.</summary>
    public static ReceivingSide Read(MailMessage message, MessageTraits traits, IOrganizationalDomainSource suffixes)
    {
        PrintableList<ReceivedHop> hops = message.GetHeaders("Received")
            .Zip(traits.Received, (header, field) => new ReceivedHop(field, header.Index))
            .ToPrintableList();
        return new ReceivingSide { Hops = hops }.WithBorder(FindBorder(hops, 0, suffixes));
    }

    /// <summary>The side with the hop at a position as its edge; without an edge if negative.</summary>
    public ReceivingSide WithBorder(int position) =>
        position < 0 ? this with { EdgeHop = null, End = int.MaxValue } : this
            with { EdgeHop = Hops[position], End = Hops[position].Index };

    public static bool IsOfExchange(ReceivedHeader hop) =>
        ServerGroup.IsMicrosoft(hop.By)
        || hop.With?.StartsWith("Microsoft SMTP", StringComparison.OrdinalIgnoreCase) == true
        || string.Equals(hop.With, "mapi", StringComparison.OrdinalIgnoreCase);

    /// <summary>The position of the first hop from outside, from a start position; -1 if there is none.</summary>
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

    /// <summary>True if the server reports an unconfirmed reverse name (Sendmail's words): may be forged.</summary>
    public static bool IsDoubted(ReceivedHeader hop) =>
        hop.Comments.Any(comment => comment.IndexOf("may be forged", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>True for a server of an operator whose outgoing mail returns to it like anyone's.</summary>
    public static bool IsShared(DomainName host) => ServerGroup.IsOfManyCustomers(host) || ServerGroup.IsMicrosoft(host.ToString());

    private static bool IsInternal(ReceivedHeader hop, IOrganizationalDomainSource suffixes) =>
        !(DomainName.TryParse(hop.By, out DomainName? by) && ServerGroup.IsOfManyCustomers(by))
        && ServerGroup.IsSame(hop.By, hop.ReverseName ?? hop.From, suffixes)
        && !ServerGroup.IsOfCustomer(hop.ReverseName ?? hop.From, hop.ClientAddress)
        && ((hop.ReverseName is not null && !IsDoubted(hop)) || !SaysOnlyHelo(hop) || ServerGroup.IsSameNetwork(hop));

    /// <summary>True for a hop without an address whose client is named after another organisation.</summary>
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
    /// True if the name of the client may only be its HELO name: Exchange and some others write no reverse name, and a
    /// client can greet with a receiver's name. Exim writes a name only after verifying it, and mail over HTTP has no
    /// greeting.
    /// </summary>
    private static bool SaysOnlyHelo(ReceivedHeader hop) =>
        hop.With?.StartsWith("HTTP", StringComparison.OrdinalIgnoreCase) != true
        && !hop.Comments.Any(comment => comment.StartsWith("Exim", StringComparison.OrdinalIgnoreCase));

    /// <summary>The first field of a kind directly below the edge's own, if its operator writes there.</summary>
    private bool IsWrittenBelow(MailMessage message, MailHeader field, string server, IOrganizationalDomainSource suffixes)
    {
        return EdgeHop is { } edge
            && DomainName.TryParse(edge.Field.By, out DomainName? by)
            && ServerGroup.IsGoogleOrAmazon(by)
            && ServerGroup.IsSame(server, edge.Field.By, suffixes)
            && message.Headers.Take(field.Index).Skip(edge.Index + 1).All(between => !between.IsNamed(field.Name)
                && Array.Exists(
                    WrittenBelow, name => between.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
    }
}

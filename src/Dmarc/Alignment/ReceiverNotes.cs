using System.Net;
using Dmarc.AuthenticationResults;
using Dmarc.Domains;
using Dmarc.Mail;
using Dmarc.Spf;

namespace Dmarc.Alignment;

/// <summary>What the receiving server wrote into a message, and whether it is believed.</summary>
internal sealed record ReceiverNotes
{
    public static ReceiverNotes None { get; } = new();

    /// <summary>Every Authentication-Results field, from the top.</summary>
    public PrintableList<AuthenticationResultsHeader> All { get; init; } = PrintableList<AuthenticationResultsHeader>.Empty;

    /// <summary>
    /// The results of the fields that are used: those of the trusted server; where none is named, of the top-most one that
    /// stands where the receiver writes.
    /// </summary>
    public PrintableList<AuthenticationResult> Results { get; init; } = PrintableList<AuthenticationResult>.Empty;

    /// <summary>The server of these fields.</summary>
    public string Server { get; init; } = "";

    /// <summary>True where it is one of those that are trusted.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The Received-SPF field that is used; null where there is none.</summary>
    public ReceivedSpf? ReceivedSpf { get; init; }

    /// <summary>True where a trusted server wrote that field.</summary>
    public bool IsReceivedSpfTrusted { get; init; }

    /// <summary>The field in which the server that took the message in from outside says so; null where that is not known.</summary>
    public ReceivedHeader? Border { get; init; }

    /// <summary>The first hop from outside by the Received fields alone, wherever the notes stand; null where that is not known.</summary>
    public ReceivedHeader? OutermostHop { get; init; }

    public ForefrontAntispamReport? Forefront { get; init; }

    public ExchangeAuthentication? Exchange { get; init; }

    /// <summary>Where results of this server come from.</summary>
    public EvidenceSource Source => IsTrusted ? EvidenceSource.TrustedReceiver : EvidenceSource.UnverifiedReceiver;

    /// <summary>The address of the client that the server saw; null where none is written.</summary>
    public IPAddress? ClientAddress =>
        Find(AuthenticationMethod.Spf)?.ClientAddress ?? ReceivedSpf?.ClientAddress ?? Forefront?.ConnectingAddress ?? Border?.ClientAddress;

    /// <summary>The first result of a method; null where there is none.</summary>
    public AuthenticationResult? Find(AuthenticationMethod method) => Results.FirstOrDefault(result => result.Method == method);

    /// <summary>Reads the notes.</summary>
    /// <param name="message">The message.</param>
    /// <param name="received">Its Received fields, read.</param>
    /// <param name="trusted">The servers that are trusted.</param>
    /// <param name="suffixes">Tells which hosts belong together.</param>
    public static ReceiverNotes Read(
        MailMessage message,
        PrintableList<ReceivedHeader> received,
        IReadOnlyList<string> trusted,
        IOrganizationalDomainSource suffixes)
    {
        List<(AuthenticationResultsHeader Header, string Server, int Index)> fields = [];
        foreach (MailHeader header in message.GetHeaders("Authentication-Results").Take(50))
        {
            AuthenticationResultsHeader parsed = AuthenticationResultsHeader.Parse(header.Value);
            fields.Add((parsed, parsed.AuthServId.Length > 0 ? parsed.AuthServId : ReceivedBelow(message, received, header.Index)?.By ?? "", header.Index));
        }

        (AuthenticationResultsHeader Header, string Server, int Index) chosen = fields.Find(field => IsNamed(field.Server, field.Header, trusted));
        bool isTrusted = chosen.Header is not null;
        ReceiverPlace place = new(message, received, suffixes);
        if (!isTrusted && trusted.Count == 0)
        {
            chosen = fields.Find(field => !field.Header.IsNone && field.Header.Results.Count > 0 && place.Accepts(field.Index, field.Server));
        }

        MailHeader? receivedSpf = null;
        bool isReceivedSpfTrusted = false;
        foreach (MailHeader header in message.GetHeaders("Received-SPF").Take(20))
        {
            ReceivedSpf parsed = ReceivedSpf.Parse(header.Value);
            bool named = parsed.Receiver is { } receiver && trusted.Contains(receiver, StringComparer.OrdinalIgnoreCase);
            bool accepted = named || (trusted.Count == 0 && place.Accepts(header.Index, parsed.Receiver ?? parsed.Comment.Split(':')[0].Trim()));
            if ((receivedSpf is null && accepted) || (named && !isReceivedSpfTrusted))
            {
                receivedSpf = header;
                isReceivedSpfTrusted = named;
            }
        }

        return new ReceiverNotes
        {
            All = fields.Select(field => field.Header).ToPrintableList(),
            Results = chosen.Header is null
                ? PrintableList<AuthenticationResult>.Empty
                : fields
                    .Where(field => string.Equals(field.Server, chosen.Server, StringComparison.OrdinalIgnoreCase)
                        && (isTrusted || place.Accepts(field.Index, field.Server)))
                    .SelectMany(field => field.Header.Results)
                    .ToPrintableList(),
            Server = chosen.Server ?? "",
            IsTrusted = isTrusted,
            ReceivedSpf = receivedSpf is null ? null : ReceivedSpf.Parse(receivedSpf.Value),
            IsReceivedSpfTrusted = isReceivedSpfTrusted,
            Border = FindBorder(message, received, chosen.Header is null ? receivedSpf?.Index : chosen.Index, suffixes),
            OutermostHop = FindBorder(message, received, null, suffixes),
            Forefront = message.GetHeader("X-Forefront-Antispam-Report") is { } report ? ForefrontAntispamReport.Parse(report.Value) : null,
            Exchange = ExchangeAuthentication.Read(message.Headers.Select(header => new KeyValuePair<string, string>(header.Name, header.Value))) is { IsPresent: true } exchange
                ? exchange
                : null,
        };
    }

    /// <summary>
    /// A field that names its server must name exactly the trusted one. One that names none, as Microsoft's, counts as
    /// that of the host in the Received field below it, and a trusted name may be a domain above that.
    /// </summary>
    private static bool IsNamed(string server, AuthenticationResultsHeader header, IReadOnlyList<string> trusted)
    {
        foreach (string name in trusted)
        {
            if (string.Equals(server, name, StringComparison.OrdinalIgnoreCase)
                || (header.AuthServId.Length == 0 && server.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    private static ReceivedHeader? ReceivedBelow(MailMessage message, PrintableList<ReceivedHeader> received, int index)
    {
        int position = 0;
        foreach (MailHeader header in message.GetHeaders("Received").Take(received.Count))
        {
            if (header.Index > index)
            {
                return received[position];
            }

            position++;
        }

        return null;
    }

    /// <summary>
    /// The first hop from outside: the one below the server's notes, or else the top-most one whose client has a public
    /// address and is not of the organisation of the server.
    /// </summary>
    private static ReceivedHeader? FindBorder(
        MailMessage message,
        PrintableList<ReceivedHeader> received,
        int? notes,
        IOrganizationalDomainSource suffixes)
    {
        if (notes is { } index && ReceivedBelow(message, received, index) is { ClientAddress: { } below } hop && PublicAddress.Is(below))
        {
            return hop;
        }

        foreach (ReceivedHeader candidate in received)
        {
            if (candidate.ClientAddress is { } address && PublicAddress.Is(address) && !IsInternal(candidate, suffixes))
            {
                return candidate;
            }
        }

        return null;
    }

    private static bool IsInternal(ReceivedHeader hop, IOrganizationalDomainSource suffixes) =>
        DomainName.TryParse(hop.By, out DomainName? by)
        && DomainName.TryParse(hop.ReverseName ?? hop.From, out DomainName? from)
        && ServerGroup.IsSame(by, from, suffixes)
        && ((hop.ReverseName is not null && !IsDoubted(hop)) || !SaysOnlyHelo(hop) || ServerGroup.IsSameNetwork(hop));

    /// <summary>True where the server says of the reverse name that it does not lead back to the address, so that whoever owns that made it up: Sendmail's words.</summary>
    private static bool IsDoubted(ReceivedHeader hop) =>
        hop.Comments.Any(comment => comment.IndexOf("may be forged", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>
    /// True where the name of the client can be what it called itself: Exchange writes no reverse name, and neither do some others.
    /// Whoever connects can greet with a name of the receiver's. Exim puts a name there only once it has verified it, and what comes
    /// over HTTP does not greet.
    /// </summary>
    private static bool SaysOnlyHelo(ReceivedHeader hop) =>
        hop.With?.StartsWith("HTTP", StringComparison.OrdinalIgnoreCase) != true
        && !hop.Comments.Any(comment => comment.StartsWith("Exim", StringComparison.OrdinalIgnoreCase));
}

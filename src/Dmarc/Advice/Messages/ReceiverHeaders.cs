using System.Net;
using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>The fields that the receiving server wrote, and whether they are trusted.</summary>
internal sealed record ReceiverHeaders
{
    private const int MaximumFields = 50;

    public static ReceiverHeaders None { get; } = new();

    /// <summary>Every Authentication-Results field, from the top.</summary>
    public PrintableList<AuthenticationResultsHeader> All { get; init; } = PrintableList<AuthenticationResultsHeader>.Empty;

    /// <summary>
    /// The results of the fields used: of the trusted server and others of its operator, as far as they are above the
    /// receiver's border; without a trusted server, of the operator of the top-most field there.
    /// </summary>
    public PrintableList<MethodResult> Results { get; init; } = PrintableList<MethodResult>.Empty;

    /// <summary>The server of these fields.</summary>
    public string Server { get; init; } = "";

    /// <summary>True if the server is trusted.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The Received-SPF field used; null if there is none.</summary>
    public ReceivedSpf? ReceivedSpf { get; init; }

    /// <summary>True if a trusted server wrote that field.</summary>
    public bool IsReceivedSpfTrusted { get; init; }

    /// <summary>Trusted or receiving servers with results that the sender may have written; may be empty.</summary>
    public PrintableList<string> OutOfPlace { get; init; } = PrintableList<string>.Empty;

    /// <summary>Findings about unused results on the receiver's side with an unknown version.</summary>
    public PrintableList<Finding> OfUnknownVersion { get; init; } = PrintableList<Finding>.Empty;

    /// <summary>The border of the receiver's own servers.</summary>
    public ReceivingSide Side { get; init; } = ReceivingSide.Unknown;

    /// <summary>The Received field of the server that accepted the message from outside; null if unknown.</summary>
    public ReceivedHeader? EdgeHop => Side.EdgeHop?.Field;

    public ForefrontAntispamReport? Forefront { get; init; }

    public ExchangeAuthentication? Exchange { get; init; }

    /// <summary>The source of this server's results.</summary>
    public EvidenceSource Source => IsTrusted ? EvidenceSource.TrustedReceiver : EvidenceSource.UnverifiedReceiver;

    /// <summary>The client's address according to the server; null if missing.</summary>
    public IPAddress? ClientAddress =>
        Find(AuthenticationMethod.Spf)?.ClientAddress
        ?? ReceivedSpf?.ClientAddress
        ?? (Side.Gateway is null ? Forefront?.ConnectingAddress : null)
        ?? EdgeHop?.ClientAddress;

    /// <summary>The client's HELO name; null if missing.</summary>
    public string? Helo => ReceivedSpf?.Helo ?? EdgeHop?.Helo ?? (Side.Gateway is null ? Forefront?.Helo : null);

    /// <summary>The first result of a method; null if there is none.</summary>
    public MethodResult? Find(AuthenticationMethod method) => Results.FirstOrDefault(result => result.Method == method);

    /// <summary>Reads the headers.</summary>
    /// <param name="message">The message.</param>
    /// <param name="side">The border of the receiver's servers.</param>
    /// <param name="trusted">The trusted servers.</param>
    /// <param name="suffixes">Determines which hosts belong together.</param>
    public static ReceiverHeaders Read(
        MailMessage message, ReceivingSide side, IReadOnlyList<string> trusted, IOrganizationalDomainSource suffixes)
    {
        List<Note> headers = [];
        foreach (MailHeader header in message.GetHeaders("Authentication-Results").Take(MaximumFields))
        {
            AuthenticationResultsHeader parsed = AuthenticationResultsHeader.Parse(header.Value);
            string server = parsed.AuthServId.Length > 0 ? parsed.AuthServId : ReceivedBelow(side, header.Index)?.By ?? "";
            bool isOwn = side.Holds(message, header, server, suffixes) && !IsOfServerBehind(server, header.Index, side, suffixes);
            headers.Add(new Note(parsed, server, header.Index, isOwn));
        }

        List<Note> own = [.. headers.Where(note => note.IsOwn && note.Header.Version == 1)];
        Note? chosen = trusted.Count > 0
            ? Choose(own.Where(note => IsNamed(note.Server, trusted, suffixes)), side)
            : Choose(own.Where(note => note.Header.KnownResults.Any()), side);
        List<string> outOfPlace = [.. headers.Where(note => !note.IsOwn).Select(note => note.Server)];
        (ReceivedSpf? receivedSpf, bool isReceivedSpfTrusted) = ReadReceivedSpf(message, side, trusted, suffixes, outOfPlace);
        return new ReceiverHeaders
        {
            All = headers.Select(note => note.Header).ToPrintableList(),
            Results = chosen is null
                ? PrintableList<MethodResult>.Empty
                : own
                    .Where(note => IsSameServer(note.Server, chosen.Server, suffixes))
                    .SelectMany(note => note.Header.KnownResults)
                    .Where(result =>
                        result.Method != AuthenticationMethod.Spf
                            || !side.IsGateway(result.ClientAddress)
                            || chosen.Index > side.Gateway!.Index)
                    .ToPrintableList(),
            Server = chosen?.Server ?? "",
            IsTrusted = chosen is not null && trusted.Count > 0,
            OutOfPlace = outOfPlace
                .Where(server => server.Length > 0
                    && (IsNamed(server, trusted, suffixes) || IsSameServer(server, side.EdgeHop?.Field.By ?? "", suffixes)))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .ToPrintableList(),
            OfUnknownVersion = headers
                .Where(note => note.IsOwn && (trusted.Count == 0 || IsNamed(note.Server, trusted, suffixes)))
                .SelectMany(note => note.Header.Findings)
                .Where(finding =>
                    finding.Code == AuthenticationResultsFindings.Version.Code
                        || finding.Code == AuthenticationResultsFindings.MethodVersion.Code)
                .Distinct()
                .ToPrintableList(),
            Side = side,
            ReceivedSpf = receivedSpf,
            IsReceivedSpfTrusted = isReceivedSpfTrusted,
            Forefront = side.IsExchange && message.GetHeader("X-Forefront-Antispam-Report") is { } report
                ? ForefrontAntispamReport.Parse(report.Value)
                : null,
            Exchange = side.IsExchange ? ExchangeAuthentication.Read(message.Headers) : null,
        };
    }

    /// <summary>The field to use: a gateway's, which saw the sender, before that of the server behind it.</summary>
    private static Note? Choose(IEnumerable<Note> headers, ReceivingSide side)
    {
        Note[] found = [.. headers];
        return Array.Find(found, note => side.Gateway is { } gateway && note.Index > gateway.Index) ?? (found.Length > 0 ? found[0] : null);
    }

    private static (ReceivedSpf? Field, bool IsTrusted) ReadReceivedSpf(
        MailMessage message,
        ReceivingSide side,
        IReadOnlyList<string> trusted,
        IOrganizationalDomainSource suffixes,
        List<string> outOfPlace)
    {
        (ReceivedSpf? Field, bool IsTrusted) found = default;
        foreach (MailHeader header in message.GetHeaders("Received-SPF").Take(MaximumFields))
        {
            ReceivedSpf parsed = ReceivedSpf.Parse(header.Value);
            string receiver = parsed.Receiver ?? parsed.Comment.Split(':')[0].Trim();
            receiver = DomainName.TryParse(receiver, out DomainName? host) && host.LabelCount > 1
                ? receiver
                : ReceivedBelow(side, header.Index)?.By ?? receiver;
            bool isOfGateway = side.Gateway is { } gateway && header.Index < gateway.Index && side.IsGateway(parsed.ClientAddress);
            bool isNamed = IsNamed(receiver, trusted, suffixes);
            if (!side.Holds(message, header, receiver, suffixes) || IsOfServerBehind(receiver, header.Index, side, suffixes))
            {
                outOfPlace.Add(receiver);
            }
            else if (found.Field is null && !isOfGateway && (isNamed || trusted.Count == 0))
            {
                found = (parsed, isNamed);
            }
        }

        return found;
    }

    /// <summary>
    /// True if a server is trusted, or of the organisation of a trusted one, because operators use several. A field
    /// without a server name, such as Microsoft's, counts as that of the host in the Received field below it.
    /// </summary>
    private static bool IsNamed(string server, IReadOnlyList<string> trusted, IOrganizationalDomainSource suffixes) =>
        trusted.Any(name => IsSameServer(server, name, suffixes));

    private static bool IsSameServer(string one, string other, IOrganizationalDomainSource suffixes) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase)
        || (one.IndexOf('.') > 0 && other.IndexOf('.') > 0 && ServerGroup.IsSame(one, other, suffixes));

    /// <summary>True for a field below a gateway with the name of a server behind it, which writes above it.</summary>
    private static bool IsOfServerBehind(string server, int index, ReceivingSide side, IOrganizationalDomainSource suffixes) =>
        side.Gateway is { } gateway
        && index > gateway.Index
        && IsSameServer(server, gateway.Field.By ?? "", suffixes);

    private static ReceivedHeader? ReceivedBelow(ReceivingSide side, int index) =>
        side.Hops.FirstOrDefault(hop => hop.Index > index)?.Field;

    /// <summary>One Authentication-Results field.</summary>
    /// <param name="Header">The parsed field.</param>
    /// <param name="Server">The server.</param>
    /// <param name="Index">The index.</param>
    /// <param name="IsOwn">True if the receiver's servers may have written it.</param>
    private sealed record Note(AuthenticationResultsHeader Header, string Server, int Index, bool IsOwn);
}

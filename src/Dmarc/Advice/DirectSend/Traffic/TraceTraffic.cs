using System.Net;
using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Messages;
using Dmarc.Standards;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>
/// Reads rows of message traces: of Get-MessageTraceV2, Start-HistoricalSearch, and EmailEvents in advanced hunting. A
/// trace contains the envelope; only EmailEvents also contains authentication results and the connector.
/// </summary>
internal static class TraceTraffic
{
    private const int MaximumRecipients = 100;

    private static readonly string[] SenderNames = ["SenderAddress", "SenderMailFromAddress", "SenderMailFromDomain", "sender_address"];

    private static readonly string[] AuthorNames = ["SenderFromDomain", "SenderFromAddress"];

    private static readonly string[] RecipientNames =
        ["RecipientAddress", "RecipientEmailAddress", "recipient_address", "recipient_status"];

    private static readonly string[] AddressNames = ["FromIP", "SenderIPv4", "SenderIPv6", "original_client_ip", "client_ip"];

    private static readonly string[] ConnectorNames = ["Connectors", "ConnectorId", "Connector"];

    private static readonly string[] DirectionNames = ["EmailDirection", "Direction", "directionality"];

    private static readonly string[] StatusNames = ["Status", "DeliveryAction"];

    /// <summary>True if it has a recipient, or a column for one.</summary>
    public static bool IsRow(FactSource row) => Array.Exists(RecipientNames, name => row(name) is not null);

    /// <summary>True if there is a column for a recipient.</summary>
    public static bool IsHeader(IEnumerable<string> columns) =>
        columns.Any(column => RecipientNames.Contains(column, StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads a row; null if it is unusable.</summary>
    /// <param name="row">The properties of the row.</param>
    /// <param name="recipients">The domains of its recipients.</param>
    /// <param name="unreadable">The invalid address if only that makes it unusable; otherwise empty.</param>
    public static TrafficObservation? Read(FactSource row, out IReadOnlyList<DomainName> recipients, out string unreadable)
    {
        unreadable = "";
        recipients = [.. First(row, RecipientNames)
            .Split(';')
            .Take(MaximumRecipients)
            .Select(text => text.Split(["##"], StringSplitOptions.None)[0])
            .Select(EnvelopeAddress.DomainOf)
            .OfType<DomainName>()];
        DomainName? sender = EnvelopeAddress.DomainOf(First(row, SenderNames));
        DomainName? author = EnvelopeAddress.DomainOf(First(row, AuthorNames));
        if (recipients.Count == 0
            || (sender is null && author is null)
            || First(row, ConnectorNames).Length > 0
            || First(row, DirectionNames).ToUpperInvariant() is "OUTBOUND" or "ORIGINATING" or "2")
        {
            return null;
        }

        string text = First(row, AddressNames);
        if (!AddressText.TryRead(text, out IPAddress? address))
        {
            unreadable = text;
            return null;
        }

        if (!PublicAddress.Is(address))
        {
            return null;
        }

        string details = FactValues.Text(row("AuthenticationDetails"));
        AuthenticationResult? dkim = ResultOf(details, "DKIM");
        return new TrafficObservation
        {
            Kind = EvidenceKind.MessageTrace,
            SourceIP = AddressText.Plain(address).ToString(),
            Sender = sender,
            IsSenderKnown = sender is not null || First(row, SenderNames) is "<>",
            Author = author,
            Spf = ResultOf(details, "SPF"),
            IsSigned = dkim is null ? null : dkim == AuthenticationResult.Pass && ResultOf(details, "DMARC") == AuthenticationResult.Pass,
            IsCalledSpoof = ResultOf(details, "CompAuth") == AuthenticationResult.Fail,
            WasTaken = First(row, StatusNames).ToUpperInvariant() switch
            {
                "DELIVERED" or "EXPANDED" or "FILTEREDASSPAM" or "QUARANTINED" or "JUNKED" or "REPLACED" => true,
                "FAILED" or "BLOCKED" => false,
                _ => null,
            },
        };
    }

    private static string First(FactSource row, string[] names) =>
        names.Select(name => FactValues.Text(row(name))).FirstOrDefault(text => text.Length > 0) ?? "";

    /// <summary>The value of a member of <c>{"SPF":"pass","DKIM":"none",…}</c>; null if missing or unknown.</summary>
    private static AuthenticationResult? ResultOf(string details, string name)
    {
        int at = details.IndexOf("\"" + name + "\"", StringComparison.OrdinalIgnoreCase);
        int open = at < 0 ? -1 : details.IndexOf('"', at + name.Length + 2);
        int close = open < 0 ? -1 : details.IndexOf('"', open + 1);
        return close > open + 1 && char.IsLetter(details[open + 1])
            ? AuthenticationResultWords.Read(details.Substring(open + 1, close - open - 1).Trim()).StandardOrNull()
            : null;
    }
}

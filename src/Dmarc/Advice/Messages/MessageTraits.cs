using Dmarc.Mail;
using Dmarc.Standards.AuthenticationResults;

namespace Dmarc.Advice.Messages;

/// <summary>Facts in the header about the path of a message, apart from authentication.</summary>
internal sealed record MessageTraits
{
    private static readonly string[] ListFields = ["List-Post", "X-Mailman-Version", "X-BeenThere", "Mailing-List", "X-Mailing-List"];

    private static readonly string[] ForwardingFields =
        ["X-Forwarded-To", "X-Forwarded-For", "Resent-From", "Resent-To", "X-MS-Exchange-Inbox-Rules-Loop"];

    private static readonly string[] RecipientFields = ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"];

    /// <summary>The envelope sender in <c>Return-Path</c>; empty for the null sender, null if missing.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>The sign of a mailing list; null if there is none.</summary>
    public string? List { get; init; }

    /// <summary>The sign of forwarding; null if there is none.</summary>
    public string? Forwarding { get; init; }

    /// <summary>The domains of the recipients in the header.</summary>
    public PrintableList<DomainName> RecipientDomains { get; init; } = PrintableList<DomainName>.Empty;

    /// <summary>The <c>Received</c> fields, from the top.</summary>
    public PrintableList<ReceivedHeader> Received { get; init; } = PrintableList<ReceivedHeader>.Empty;

    /// <summary>The authentication results that handlers recorded for ARC, by instance.</summary>
    public PrintableList<AuthenticationResultsHeader> ArcResults { get; init; } = PrintableList<AuthenticationResultsHeader>.Empty;

    public static MessageTraits Read(MailMessage message)
    {
        MailHeader? returnPath = message.GetHeader("Return-Path");
        return new MessageTraits
        {
            ReturnPath = returnPath is null ? null : EnvelopeAddress.Read(returnPath.Value),
            List = FindList(message),
            Forwarding = FindForwarding(message),
            RecipientDomains = RecipientFields
                .SelectMany(message.GetHeaders)
                .Take(50)
                .SelectMany(header => MailAddress.ParseList(header.Value).Take(100))
                .Select(address => DomainName.TryParse(address.Domain, out DomainName? domain) ? domain : null)
                .OfType<DomainName>()
                .Distinct()
                .ToPrintableList(),
            Received = message.GetHeaders("Received").Take(100).Select(header => ReceivedHeader.Parse(header.Value)).ToPrintableList(),
            ArcResults = message.GetHeaders("ARC-Authentication-Results")
                .Take(50)
                .Select(header => AuthenticationResultsHeader.Parse(header.Value))
                .OrderBy(header => header.Instance ?? int.MaxValue)
                .ToPrintableList(),
        };
    }

    /// <summary>Newsletters have a List-Id too; only discussion lists have a posting address or program mark.</summary>
    private static string? FindList(MailMessage message)
    {
        MailHeader? mark = ListFields.Select(message.GetHeader)
            .FirstOrDefault(
                header => header is not null && !header.Value.StartsWith("NO", StringComparison.OrdinalIgnoreCase));
        bool isList = mark is not null
            || string.Equals(message.GetHeader("Precedence")?.Value, "list", StringComparison.OrdinalIgnoreCase);
        return isList ? message.GetHeader("List-Id")?.ToString() ?? mark?.ToString() : null;
    }

    private static string? FindForwarding(MailMessage message) =>
        (ForwardingFields.Select(message.GetHeader).FirstOrDefault(header => header is not null)
            ?? (message.GetHeader("Auto-Submitted") is { } submitted
                && submitted.Value.StartsWith("auto-forwarded", StringComparison.OrdinalIgnoreCase)
                ? submitted
                : null))?.ToString();
}

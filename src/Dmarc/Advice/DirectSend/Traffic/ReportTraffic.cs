using Dmarc.Advice.DirectSend.Tenant;
using Dmarc.Advice.Messages;
using Dmarc.Reports.Aggregate;
using Dmarc.Standards;

namespace Dmarc.Advice.DirectSend.Traffic;

/// <summary>
/// Reads aggregate report rows about mail to the tenant itself. Microsoft reports mail to its customers with the
/// recipient's domain in <c>envelope_to</c>; a recipient in the author's own organisation indicates mail from outside
/// in its own name.
/// </summary>
internal static class ReportTraffic
{
    public static FactSource SourceOf(AggregateReportRow row) => name => name switch
    {
        "OrganizationName" => row.OrganizationName,
        "OrganizationEmail" => row.OrganizationEmail,
        "ReportId" => row.ReportId,
        "SourceIP" => row.SourceIP,
        "Count" => row.Count,
        "HeaderFrom" => row.HeaderFrom,
        "EnvelopeFrom" => row.EnvelopeFrom,
        "EnvelopeTo" => row.EnvelopeTo,
        "Disposition" => row.Disposition,
        "SpfAligned" => row.SpfAligned,
        "DkimAligned" => row.DkimAligned,
        "SpfOfMailFrom" => row.Spf.FirstOrDefault(spf => spf.Scope == ReportedSpfScope.MailFrom)?.Result,
        "SpfDomain" => row.Spf.FirstOrDefault(spf => spf.Scope == ReportedSpfScope.MailFrom)?.Domain,
        _ => null,
    };

    /// <summary>True if it has the two properties of every row.</summary>
    public static bool IsRow(FactSource row) => row("HeaderFrom") is not null && row("SourceIP") is not null;

    public static TrafficObservation? Read(FactSource row, out DomainName? recipient, out long count, out string source)
    {
        recipient = EnvelopeAddress.DomainOf(FactValues.Text(row("EnvelopeTo")));
        source = FactValues.Text(row("OrganizationName")) + " " + FactValues.Text(row("ReportId"));
        count = long.TryParse(FactValues.Text(row("Count")), NumberStyles.None, CultureInfo.InvariantCulture, out long read) ? read : 0;
        DomainName? author = EnvelopeAddress.DomainOf(FactValues.Text(row("HeaderFrom")));
        string address = FactValues.Text(row("SourceIP"));
        if (recipient is null || author is null || address.Length == 0 || !IsMicrosoft(row))
        {
            return null;
        }

        string sender = FactValues.Text(row("EnvelopeFrom"));
        sender = sender.Length > 0 ? sender : FactValues.Text(row("SpfDomain"));
        bool isSpfAligned = FactValues.Truth(row("SpfAligned")) == true;
        return new TrafficObservation
        {
            Kind = EvidenceKind.Report,
            SourceIP = address,
            Author = author,
            Sender = EnvelopeAddress.DomainOf(sender),
            IsSenderKnown = sender.Length > 0,
            Spf = isSpfAligned ? AuthenticationResult.Pass
                : AuthenticationResultWords.Read(FactValues.Text(row("SpfOfMailFrom"))).StandardOrNull(),
            IsSigned = FactValues.Truth(row("DkimAligned")),
            WasTaken = FactValues.Text(row("Disposition")).ToUpperInvariant() switch
            {
                "REJECT" => false,
                "NONE" or "PASS" or "QUARANTINE" => true,
                _ => null,
            },
        };
    }

    private static bool IsMicrosoft(FactSource row) =>
        EnvelopeAddress.DomainOf(FactValues.Text(row("OrganizationEmail"))) is { } domain
            ? domain.IsEqualToOrBelow(DomainName.Parse("microsoft.com"))
            : FactValues.Text(row("OrganizationName")).IndexOf("Outlook", StringComparison.OrdinalIgnoreCase) >= 0;
}

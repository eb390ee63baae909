namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>
/// Converts the output of Exchange Online's cmdlets, in any form, to typed facts; null for an object of another kind.
/// </summary>
internal static class TenantFactReader
{
    /// <summary>Properties that identify an organisation configuration too old to have the switch.</summary>
    private static readonly string[] OrganizationProperties = ["OAuth2ClientProfileEnabled", "MailTipsAllTipsEnabled", "IsDehydrated"];

    /// <summary>
    /// Many objects have a name; without these properties it is another object, and not an unknown switch.
    /// </summary>
    public static OrganizationFacts? ReadOrganization(FactSource source)
    {
        bool? rejects = FactValues.Truth(source("RejectDirectSend"));
        return rejects is null && !Array.Exists(OrganizationProperties, property => source(property) is not null)
            ? null
            : new OrganizationFacts(rejects);
    }

    /// <summary>Reads an inbound connector. Unlike outbound connectors, inbound ones have sender domains.</summary>
    public static InboundConnectorFacts? ReadConnector(FactSource source)
    {
        bool? enabled = FactValues.Truth(source("Enabled"));
        string[] domains =
            [.. FactValues.Texts(source("SenderDomains")).Select(FactValues.SenderDomain).Where(domain => domain.Length > 0)];
        return enabled is null || domains.Length == 0 ? null : new InboundConnectorFacts
        {
            Name = FactValues.Name(source),
            Enabled = enabled.Value,
            Type = FactValues.Text(source("ConnectorType")).ToUpperInvariant() switch
            {
                "PARTNER" or "2" => InboundConnectorType.Partner,
                "ONPREMISES" or "1" => InboundConnectorType.OnPremises,
                _ => InboundConnectorType.Unknown,
            },
            SenderDomains = domains.ToPrintableList(),
            AcceptedDomains = FactValues.Texts(source("AssociatedAcceptedDomains"))
                .Select(text => FactValues.SenderDomain(text.Substring(text.LastIndexOf('/') + 1)))
                .Where(text => text.Length > 0)
                .ToPrintableList(),
            SenderIPAddresses = FactValues.Texts(source("SenderIPAddresses")).ToPrintableList(),
            RestrictsToAddresses = FactValues.Truth(source("RestrictDomainsToIPAddresses")) ?? false,
            RestrictsToCertificate = FactValues.Truth(source("RestrictDomainsToCertificate")) ?? false,
            CertificateName = FactValues.Text(source("TlsSenderCertificateName")),
            TreatsMessagesAsInternal = FactValues.Truth(source("TreatMessagesAsInternal")) ?? false,
        };
    }

    /// <summary>Only the domain name counts: names of organisations and connectors may look like a domain.</summary>
    public static AcceptedDomainFacts? ReadAcceptedDomain(FactSource source)
    {
        object? value = source("DomainName");
        string text = FactValues.Text(value);
        bool isWildcard = text.StartsWith("*.", StringComparison.Ordinal);
        bool below = isWildcard
            || (value is FactSource nested && FactValues.Truth(nested("IncludeSubDomains")) == true)
            || FactValues.Truth(source("MatchSubDomains")) == true;
        return DomainName.TryParse(isWildcard ? text.Substring(2) : text, out DomainName? domain)
            && domain.LabelCount > 1
            ? new AcceptedDomainFacts(domain, below)
            {
                SendingDisabled = FactValues.Truth(source("SendingFromDomainDisabled")),
            }
            : null;
    }

    /// <summary>Reads the DKIM signing of a domain (<c>Get-DkimSigningConfig</c>).</summary>
    public static DkimSigningFacts? ReadDkimSigning(FactSource source)
    {
        string text = FactValues.Text(source("Domain"));
        text = text.Length > 0 ? text : FactValues.Text(source("Name"));
        string first = FactValues.Text(source("Selector1CNAME"));
        string second = FactValues.Text(source("Selector2CNAME"));
        return FactValues.Truth(source("Enabled")) is { } enabled
            && (first.Length > 0 || second.Length > 0 || source("Status") is not null)
            && source("SenderDomains") is null
            && DomainName.TryParse(text, out DomainName? domain)
            && domain.LabelCount > 1
            ? new DkimSigningFacts(
                domain,
                enabled,
                FactValues.Text(source("Status")),
                first.TrimEnd('.').ToLowerInvariant(),
                second.TrimEnd('.').ToLowerInvariant())
            : null;
    }
}

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>Converts the output of Exchange Online's cmdlets, in any form, to typed facts.</summary>
internal static class TenantFactReader
{
    /// <summary>Properties that identify an organisation configuration too old to have the switch.</summary>
    private static readonly string[] OrganizationProperties = ["OAuth2ClientProfileEnabled", "MailTipsAllTipsEnabled", "IsDehydrated"];

    /// <summary>Reads the configuration of an organisation.</summary>
    /// <param name="source">The properties.</param>
    /// <returns>Null if the object is not such a configuration.</returns>
    public static OrganizationFacts? ReadOrganization(FactSource source)
    {
        bool? rejects = FactValues.Truth(Require(source)("RejectDirectSend"));
        if (rejects is null && !Array.Exists(OrganizationProperties, property => source(property) is not null))
        {
            // Many objects have a name; without these properties it is another object, and not an unknown switch.
            return null;
        }

        string name = FactValues.Text(source("Name"));
        name = name.Length > 0 ? name : FactValues.Text(source("Identity"));
        return new OrganizationFacts { Name = name, RejectDirectSend = rejects };
    }

    /// <summary>Reads an inbound connector.</summary>
    /// <param name="source">The properties.</param>
    /// <returns>Null for another object: unlike outbound connectors, inbound ones have sender domains.</returns>
    public static InboundConnectorFacts? ReadConnector(FactSource source)
    {
        string type = FactValues.Text(Require(source)("ConnectorType"));
        bool? enabled = FactValues.Truth(source("Enabled"));
        string[] domains =
            [.. FactValues.Texts(source("SenderDomains")).Select(FactValues.SenderDomain).Where(domain => domain.Length > 0)];
        if (enabled is null || domains.Length == 0)
        {
            return null;
        }

        string name = FactValues.Text(source("Name"));
        return new InboundConnectorFacts
        {
            Name = name.Length > 0 ? name : FactValues.Text(source("Identity")),
            Enabled = enabled.Value,
            Type = type.ToUpperInvariant() switch
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

    /// <summary>Reads an accepted domain.</summary>
    /// <param name="source">The properties.</param>
    /// <returns>Null for another object.</returns>
    public static AcceptedDomainFacts? ReadAcceptedDomain(FactSource source)
    {
        // Only this property counts: names of organisations and connectors may look like a domain.
        object? value = Require(source)("DomainName");
        string text = FactValues.Text(value);
        bool below = text.StartsWith("*.", StringComparison.Ordinal)
            || (value is FactSource nested && FactValues.Truth(nested("IncludeSubDomains")) == true);
        return DomainName.TryParse(
            text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text, out DomainName? domain)
            && domain.LabelCount > 1
            ? new AcceptedDomainFacts(domain, below || FactValues.Truth(source("MatchSubDomains")) == true)
            {
                SendingDisabled = FactValues.Truth(source("SendingFromDomainDisabled")),
            }
            : null;
    }

    /// <summary>Reads a mail flow rule.</summary>
    /// <param name="source">The properties.</param>
    /// <returns>Null for another object.</returns>
    public static TransportRuleFacts? ReadTransportRule(FactSource source) => TransportRuleReader.Read(Require(source));

    /// <summary>Reads the DKIM signing of a domain.</summary>
    /// <param name="source">The properties of a <c>Get-DkimSigningConfig</c> object.</param>
    /// <returns>Null for another object.</returns>
    public static DkimSigningFacts? ReadDkimSigning(FactSource source)
    {
        string text = FactValues.Text(Require(source)("Domain"));
        text = text.Length > 0 ? text : FactValues.Text(source("Name"));
        string[] targets = [FactValues.Text(source("Selector1CNAME")), FactValues.Text(source("Selector2CNAME"))];
        bool? enabled = FactValues.Truth(source("Enabled"));
        return enabled is { } isOn
            && (targets[0].Length > 0 || targets[1].Length > 0 || source("Status") is not null)
            && source("SenderDomains") is null
            && DomainName.TryParse(text, out DomainName? domain)
            && domain.LabelCount > 1
            ? new DkimSigningFacts
            {
                Domain = domain,
                Enabled = isOn,
                Status = FactValues.Text(source("Status")),
                Selector1 = targets[0].TrimEnd('.').ToLowerInvariant(),
                Selector2 = targets[1].TrimEnd('.').ToLowerInvariant(),
            }
            : null;
    }

    private static FactSource Require(FactSource source) => source ?? throw new ArgumentNullException(nameof(source));
}

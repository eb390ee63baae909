using Dmarc.Domains;

namespace Dmarc.Posture.DirectSend.Tenant;

/// <summary>Makes typed facts of what Exchange Online's cmdlets gave, whatever form that has come in.</summary>
public static class TenantFactReader
{
    /// <summary>Reads the configuration of an organisation.</summary>
    /// <param name="source">Its properties.</param>
    /// <returns>Null where the object has nothing of such a configuration.</returns>
    public static OrganizationFacts? ReadOrganization(FactSource source)
    {
        bool? rejects = FactValues.Truth(Require(source)("RejectDirectSend"));
        string name = FactValues.Text(source("Name"));
        name = name.Length > 0 ? name : FactValues.Text(source("Identity"));
        return rejects is null && name.Length == 0 ? null : new OrganizationFacts { Name = name, RejectDirectSend = rejects };
    }

    /// <summary>Reads an inbound connector.</summary>
    /// <param name="source">Its properties.</param>
    /// <returns>Null where the object is none.</returns>
    public static InboundConnectorFacts? ReadConnector(FactSource source)
    {
        string type = FactValues.Text(Require(source)("ConnectorType"));
        string[] domains = [.. FactValues.Texts(source("SenderDomains")).Select(FactValues.SenderDomain).Where(domain => domain.Length > 0)];
        if (type.Length == 0 && domains.Length == 0)
        {
            return null;
        }

        string name = FactValues.Text(source("Name"));
        return new InboundConnectorFacts
        {
            Name = name.Length > 0 ? name : FactValues.Text(source("Identity")),
            Enabled = FactValues.Truth(source("Enabled")) ?? true,
            Type = type.ToUpperInvariant() switch
            {
                "PARTNER" => InboundConnectorType.Partner,
                "ONPREMISES" => InboundConnectorType.OnPremises,
                _ => InboundConnectorType.Unknown,
            },
            SenderDomains = domains.ToPrintableList(),
            SenderIPAddresses = FactValues.Texts(source("SenderIPAddresses")).ToPrintableList(),
            RestrictsToAddresses = FactValues.Truth(source("RestrictDomainsToIPAddresses")) ?? false,
            RestrictsToCertificate = FactValues.Truth(source("RestrictDomainsToCertificate")) ?? false,
            CertificateName = FactValues.Text(source("TlsSenderCertificateName")),
            TreatsMessagesAsInternal = FactValues.Truth(source("TreatMessagesAsInternal")) ?? false,
        };
    }

    /// <summary>Reads an accepted domain.</summary>
    /// <param name="source">Its properties.</param>
    /// <returns>Null where the object is none.</returns>
    public static AcceptedDomainFacts? ReadAcceptedDomain(FactSource source)
    {
        foreach (string property in new[] { "DomainName", "Name", "Id", "Domain" })
        {
            object? value = Require(source)(property);
            string text = FactValues.Text(value);
            bool below = text.StartsWith("*.", StringComparison.Ordinal)
                || (value is FactSource nested && FactValues.Truth(nested("IncludeSubDomains")) == true);
            if (DomainName.TryParse(text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text, out DomainName? domain) && domain.LabelCount > 1)
            {
                return new AcceptedDomainFacts(domain, below || FactValues.Truth(source("MatchSubDomains")) == true);
            }
        }

        return null;
    }

    private static FactSource Require(FactSource source) => source ?? throw new ArgumentNullException(nameof(source));
}

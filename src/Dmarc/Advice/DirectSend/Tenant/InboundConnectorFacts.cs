using System.Net;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The kinds of inbound connectors.</summary>
internal enum InboundConnectorType
{
    /// <summary>Missing, or another value.</summary>
    Unknown,

    /// <summary>For an external organisation.</summary>
    Partner,

    /// <summary>For the organisation's own servers.</summary>
    OnPremises,
}

/// <summary>The relevant properties of a <c>Get-InboundConnector</c> object.</summary>
internal sealed record InboundConnectorFacts
{
    public string Name { get; init; } = "";

    public bool Enabled { get; init; } = true;

    public InboundConnectorType Type { get; init; }

    /// <summary>The sender domains without <c>smtp:</c> and <c>;1</c>; <c>*</c> means all.</summary>
    public PrintableList<string> SenderDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The accepted domains it is limited to (<c>AssociatedAcceptedDomains</c>); empty for all.</summary>
    public PrintableList<string> AcceptedDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The sender addresses.</summary>
    public PrintableList<string> SenderIPAddresses { get; init; } = PrintableList<string>.Empty;

    /// <summary>True to refuse mail of <see cref="SenderDomains"/> from other addresses.</summary>
    public bool RestrictsToAddresses { get; init; }

    /// <summary>True to refuse mail of <see cref="SenderDomains"/> without <see cref="CertificateName"/>.</summary>
    public bool RestrictsToCertificate { get; init; }

    /// <summary>The name in the sender's certificate; empty if none is required.</summary>
    public string CertificateName { get; init; } = "";

    /// <summary>True if its mail counts as internal.</summary>
    public bool TreatsMessagesAsInternal { get; init; }

    /// <summary>True if it covers all senders. One limited to accepted domains may not cover others' mail.</summary>
    public bool IsForAllSenders => SenderDomains.Contains("*") && AcceptedDomains.Count == 0;

    /// <summary>True if it refuses unknown senders.</summary>
    public bool IsRestricted =>
        (RestrictsToAddresses && SenderIPAddresses.Count > 0 && !SenderRanges.AreTooWide(SenderIPAddresses))
        || (RestrictsToCertificate && NamesCertificate);

    /// <summary>
    /// True if it locks the endpoint against unknown senders: a partner connector for all senders that refuses other
    /// addresses or certificates. Both restrictions exist only for partner connectors.
    /// </summary>
    public bool IsLock => Enabled && Type != InboundConnectorType.OnPremises && IsForAllSenders && IsRestricted;

    /// <summary>True if it matches by the sender domain alone, which anyone can use.</summary>
    public bool TakesAnybody => !IsRestricted
        && !NamesCertificate
        && (SenderIPAddresses.Count == 0 || SenderRanges.AreTooWide(SenderIPAddresses));

    /// <summary>True if it lists an address, directly or in a block.</summary>
    public bool Knows(IPAddress address) => SenderIPAddresses.Any(text =>
        AddressBlock.TryParse(text, out AddressBlock block)
        && AddressSet.Of(block).Contains(AddressNumber.From(address)));

    /// <summary>True unless anyone can have such a certificate: wildcard for all names, top-level domain.</summary>
    private bool NamesCertificate => CertificateName.Length > 0
        && (CertificateName[0] != '*' || CertificateName.TrimStart('*', '.').IndexOf('.') > 0);

    /// <summary>True if it covers mail of a domain.</summary>
    public bool IsFor(DomainName domain) => Names(SenderDomains, domain) && (AcceptedDomains.Count == 0 || Names(AcceptedDomains, domain));

    /// <summary>
    /// True if a list contains a domain. A wildcard covers the domain and all below, as Microsoft documents.
    /// </summary>
    private static bool Names(PrintableList<string> list, DomainName domain) => list.Any(text =>
    {
        bool below = text.StartsWith("*.", StringComparison.Ordinal);
        return text == "*"
            || (DomainName.TryParse(below ? text.Substring(2) : text, out DomainName? named)
                && (domain == named || (below && domain.IsBelow(named))));
    });
}

using System.Net;
using Dmarc.Domains;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend.Tenant;

/// <summary>The kinds of inbound connectors.</summary>
internal enum InboundConnectorType
{
    /// <summary>It is not told, or is none of these.</summary>
    Unknown,

    /// <summary>For an organisation outside.</summary>
    Partner,

    /// <summary>For servers of the organisation's own.</summary>
    OnPremises,
}

/// <summary>What matters here of an object of <c>Get-InboundConnector</c>.</summary>
internal sealed record InboundConnectorFacts
{
    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>True if it is in force.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The kind.</summary>
    public InboundConnectorType Type { get; init; }

    /// <summary>The sender domains that it is for, without the <c>smtp:</c> and <c>;1</c> around them; <c>*</c> is all.</summary>
    public PrintableList<string> SenderDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The accepted domains of the tenant that it is only for (<c>AssociatedAcceptedDomains</c>); empty for all.</summary>
    public PrintableList<string> AcceptedDomains { get; init; } = PrintableList<string>.Empty;

    /// <summary>The addresses that it is for.</summary>
    public PrintableList<string> SenderIPAddresses { get; init; } = PrintableList<string>.Empty;

    /// <summary>True where mail of <see cref="SenderDomains"/> from other addresses is refused.</summary>
    public bool RestrictsToAddresses { get; init; }

    /// <summary>True where mail of <see cref="SenderDomains"/> without <see cref="CertificateName"/> is refused.</summary>
    public bool RestrictsToCertificate { get; init; }

    /// <summary>The name in the certificate of the sender; empty if none is asked for.</summary>
    public string CertificateName { get; init; } = "";

    /// <summary>True if what comes through counts as mail from inside.</summary>
    public bool TreatsMessagesAsInternal { get; init; }

    /// <summary>True if it is for all senders. One that is tied to accepted domains may leave senders of other domains alone.</summary>
    public bool IsForAllSenders => SenderDomains.Contains("*") && AcceptedDomains.Count == 0;

    /// <summary>True if it refuses senders that it does not know.</summary>
    public bool IsRestricted =>
        (RestrictsToAddresses && SenderIPAddresses.Count > 0 && !SenderRanges.AreTooWide(SenderIPAddresses))
        || (RestrictsToCertificate && NamesCertificate);

    /// <summary>
    /// True if it locks the endpoint for everybody that it does not know: a partner connector for all senders that refuses
    /// other addresses or certificates. The two restrictions exist for partner connectors only.
    /// </summary>
    public bool IsLock => Enabled && Type != InboundConnectorType.OnPremises && IsForAllSenders && IsRestricted;

    /// <summary>True if nothing but the sender domain tells whom it is for: then anybody matches it.</summary>
    public bool TakesAnybody => !IsRestricted
        && !NamesCertificate
        && (SenderIPAddresses.Count == 0 || SenderRanges.AreTooWide(SenderIPAddresses));

    /// <summary>True if it names an address, alone or in a block.</summary>
    /// <param name="address">The address.</param>
    public bool Knows(IPAddress address) => address is not null
        && SenderIPAddresses.Any(text => AddressBlock.TryParse(text, out AddressBlock block) && AddressSet.Of(block).Contains(AddressNumber.From(address)));

    /// <summary>True if a certificate with the name is not one that anybody can have: a wildcard for all names, or for those of a top-level domain, is.</summary>
    private bool NamesCertificate => CertificateName.Length > 0
        && (CertificateName[0] != '*' || CertificateName.TrimStart('*', '.').IndexOf('.') > 0);

    /// <summary>True if it is for mail of a domain.</summary>
    /// <param name="domain">The domain.</param>
    public bool IsFor(DomainName domain) => Names(SenderDomains, domain) && (AcceptedDomains.Count == 0 || Names(AcceptedDomains, domain));

    /// <summary>True if a list names a domain. A wildcard stands for the domain behind it and all below that, as Microsoft documents it.</summary>
    private static bool Names(PrintableList<string> list, DomainName domain) => list.Any(text =>
    {
        bool below = text.StartsWith("*.", StringComparison.Ordinal);
        return text == "*"
            || (DomainName.TryParse(below ? text.Substring(2) : text, out DomainName? named)
                && (domain == named || (below && domain is not null && domain.IsBelow(named))));
    });

    /// <summary>The name and the sender domains.</summary>
    public override string ToString() => Name + " (" + SenderDomains + ")";
}

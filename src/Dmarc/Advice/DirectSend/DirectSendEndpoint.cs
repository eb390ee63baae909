using Dmarc.Dns;

namespace Dmarc.Advice.DirectSend;

/// <summary>How an endpoint was found.</summary>
public enum EndpointSource
{
    /// <summary>It is a mail exchange of the domain.</summary>
    MailExchange,

    /// <summary>Derived from the domain's name: <c>contoso-com.mail.protection.outlook.com</c>.</summary>
    Derived,

    /// <summary>The mail exchange of the tenant's <c>onmicrosoft.com</c> domain, found by a DKIM alias.</summary>
    TenantDomain,
}

/// <summary>A host at which Microsoft 365 accepts mail for a tenant.</summary>
/// <param name="Host">The name.</param>
/// <param name="Source">How it was found.</param>
/// <param name="Status">The status of the look-up of its address.</param>
public sealed record DirectSendEndpoint(string Host, EndpointSource Source, DnsStatus Status)
{
    /// <summary>Its addresses; empty if it has none, or the look-up failed.</summary>
    public PrintableList<string> Addresses { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if it has an address; null if unknown because the look-up failed.</summary>
    public bool? Resolves => Addresses.Count > 0 ? true : Status.IsAnswer() ? false : null;

    /// <summary>The name, its source and status.</summary>
    public override string ToString() => Host + " (" + Source + ", " + Status + ")";
}

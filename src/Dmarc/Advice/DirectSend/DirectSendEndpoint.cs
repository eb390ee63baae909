using Dmarc.Dns;
using Dmarc.Text;

namespace Dmarc.Advice.DirectSend;

/// <summary>How an endpoint came to be known.</summary>
public enum EndpointSource
{
    /// <summary>It is a mail exchange of the domain.</summary>
    MailExchange,

    /// <summary>It is made of the domain's name: <c>contoso-com.mail.protection.outlook.com</c>.</summary>
    Derived,

    /// <summary>It is the mail exchange of the tenant's first domain (<c>contoso.onmicrosoft.com</c>), which a DKIM alias names.</summary>
    TenantDomain,
}

/// <summary>A host at which Microsoft 365 takes mail for a tenant.</summary>
/// <param name="Host">The name.</param>
/// <param name="Source">How it came to be known.</param>
/// <param name="Status">How the look-up of its address ended.</param>
public sealed record DirectSendEndpoint(string Host, EndpointSource Source, DnsStatus Status)
{
    /// <summary>Its addresses; empty if it has none, or the look-up failed.</summary>
    public PrintableList<string> Addresses { get; init; } = PrintableList<string>.Empty;

    /// <summary>True if it has an address; null if that is not known, because the look-up failed.</summary>
    public bool? Resolves => Addresses.Count > 0 ? true : Status.IsAnswer() ? false : null;

    /// <summary>The name, where it comes from and whether it is there.</summary>
    public override string ToString() => Host + " (" + Source + ", " + Status + ")";
}

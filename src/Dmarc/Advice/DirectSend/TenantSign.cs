namespace Dmarc.Advice.DirectSend;

/// <summary>The kinds of signs of Microsoft 365 in DNS.</summary>
public enum TenantSignKind
{
    /// <summary>A mail exchange.</summary>
    MailExchange,

    /// <summary>The derived endpoint has an address.</summary>
    Endpoint,

    /// <summary>A DKIM selector is an alias of a tenant's name.</summary>
    DkimAlias,

    /// <summary>The SPF record includes Microsoft's record.</summary>
    SpfInclude,

    /// <summary>Autodiscover sends Outlook to Microsoft for its settings.</summary>
    Autodiscover,

    /// <summary>A TXT record <c>MS=…</c> proves the domain to Microsoft, but says nothing about mail.</summary>
    Verification,
}

/// <summary>One sign.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The queried name.</param>
/// <param name="Value">The value found.</param>
public sealed record TenantSign(TenantSignKind Kind, string Name, string Value)
{
    /// <summary>True if only a domain with mail in Microsoft 365 has this sign.</summary>
    public bool IsOfMail => Kind != TenantSignKind.Verification;

    /// <summary>The sign in one line.</summary>
    public override string ToString() => Kind + ": " + Name + " " + Value;
}

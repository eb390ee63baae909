namespace Dmarc.Advice.DirectSend;

/// <summary>What in DNS says that a domain has to do with Microsoft 365.</summary>
public enum TenantSignKind
{
    /// <summary>A mail exchange.</summary>
    MailExchange,

    /// <summary>The derived endpoint has an address.</summary>
    Endpoint,

    /// <summary>A DKIM selector is an alias of a name of the tenant.</summary>
    DkimAlias,

    /// <summary>The SPF record includes Microsoft's.</summary>
    SpfInclude,

    /// <summary>Outlook is sent to Microsoft for its settings.</summary>
    Autodiscover,

    /// <summary>The domain was proven to Microsoft by a TXT record <c>MS=…</c>, which says nothing about mail.</summary>
    Verification,
}

/// <summary>One such sign.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The name that was asked.</param>
/// <param name="Value">What was found there.</param>
public sealed record TenantSign(TenantSignKind Kind, string Name, string Value)
{
    /// <summary>True where only a domain that sends or takes mail in Microsoft 365 has this sign.</summary>
    public bool IsOfMail => Kind != TenantSignKind.Verification;

    /// <summary>The sign in one line.</summary>
    public override string ToString() => Kind + ": " + Name + " " + Value;
}

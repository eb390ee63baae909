namespace Dmarc.Advice.DirectSend;

/// <summary>The road that mail to a domain takes, as its MX records and its Microsoft 365 endpoint show it.</summary>
public enum MailRoute
{
    /// <summary>It is not known, because a look-up failed.</summary>
    Unknown,

    /// <summary>All mail exchanges are the Microsoft 365 endpoint.</summary>
    ExchangeOnlineDirect,

    /// <summary>The mail exchanges are somebody else's, and there is a Microsoft 365 endpoint behind them.</summary>
    ThirdPartyGateway,

    /// <summary>The mail exchanges are the domain's own, and there is a Microsoft 365 endpoint behind or beside them.</summary>
    Hybrid,

    /// <summary>Some of the mail exchanges are the Microsoft 365 endpoint, and others are not.</summary>
    Mixed,

    /// <summary>Mail goes elsewhere: there is no Microsoft 365 endpoint, or the mail exchanges are those of another mailbox service.</summary>
    NotMicrosoft,

    /// <summary>The domain says that it takes no mail (RFC 7505).</summary>
    NullMx,

    /// <summary>There is no MX record.</summary>
    NoMx,
}

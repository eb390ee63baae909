namespace Dmarc.Advice.DirectSend;

/// <summary>The route of mail to a domain, according to its MX records and its Microsoft 365 endpoint.</summary>
public enum MailRoute
{
    /// <summary>Unknown because a look-up failed.</summary>
    Unknown,

    /// <summary>All mail exchanges are the Microsoft 365 endpoint.</summary>
    ExchangeOnlineDirect,

    /// <summary>The mail exchanges belong to a third party, with a Microsoft 365 endpoint behind them.</summary>
    ThirdPartyGateway,

    /// <summary>The mail exchanges are the domain's own, with a Microsoft 365 endpoint behind or beside them.</summary>
    Hybrid,

    /// <summary>Only some of the mail exchanges are the Microsoft 365 endpoint.</summary>
    Mixed,

    /// <summary>Mail goes elsewhere: no Microsoft 365 endpoint, or mail exchanges of a mailbox service.</summary>
    NotMicrosoft,

    /// <summary>The domain declares that it accepts no mail (RFC 7505).</summary>
    NullMx,

    /// <summary>There is no MX record.</summary>
    NoMx,
}

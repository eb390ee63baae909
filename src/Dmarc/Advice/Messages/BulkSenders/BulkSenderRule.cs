namespace Dmarc.Advice.Messages.BulkSenders;

/// <summary>The requirements of large mailbox providers for bulk senders.</summary>
public enum BulkSenderRule
{
    /// <summary>SPF passes for the envelope sender.</summary>
    Spf,

    /// <summary>A DKIM signature is valid.</summary>
    Dkim,

    /// <summary>The domain has a DMARC record, at least with p=none.</summary>
    DmarcRecord,

    /// <summary>The author's domain is aligned with SPF or DKIM.</summary>
    Alignment,

    /// <summary>The sending address has a forward-confirmed reverse DNS name.</summary>
    ReverseDns,

    /// <summary>The message was delivered with TLS.</summary>
    Tls,

    /// <summary>The message offers one-click unsubscribe, covered by a signature (RFC 8058).</summary>
    OneClickUnsubscribe,

    /// <summary>The author's address is not at a mailbox provider from which the message did not come.</summary>
    AuthorNotImpersonated,

    /// <summary>The header satisfies RFC 5322 §3.6: one From, one Date, one Message-ID.</summary>
    MessageFormat,
}

/// <summary>A mailbox provider with rules for bulk senders.</summary>
public enum MailboxProvider
{
    /// <summary>Gmail.</summary>
    Google,

    /// <summary>Yahoo and AOL.</summary>
    Yahoo,

    /// <summary>Outlook.com, Hotmail, Live and MSN.</summary>
    Microsoft,
}

/// <summary>Whether a rule is satisfied.</summary>
public enum BulkSenderOutcome
{
    /// <summary>The rule is satisfied.</summary>
    Pass,

    /// <summary>The rule is violated.</summary>
    Fail,

    /// <summary>The message does not show it.</summary>
    Unknown,

    /// <summary>The rule does not apply to this message.</summary>
    NotApplicable,
}
